/*
 * Copyright 2026-present the shmbeans authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.shmbeans.internal.segment;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.shmbeans.error.SegmentExistsException;

/**
 * Where the segments of a name are, and names of our own making.
 */
public final class SegmentName {

	/** The directory that holds the segments, as for {@code shm_open}. */
	public static final String DIRECTORY = "/dev/shm";

	private SegmentName() {
	}

	/**
	 * Create a segment under a name of our own making: {@code shm_} and 8 hexadecimal
	 * digits.
	 * @param <S> what is created
	 * @param creation creates it under a name, unless that is taken
	 * @return what was created, under the first name that was free
	 */
	public static <S> S random(Function<String, S> creation) {
		return firstFree(() -> "shm_%08x".formatted(ThreadLocalRandom.current().nextInt()), creation);
	}

	static <S> S firstFree(Supplier<String> names, Function<String, S> creation) {
		while (true) {
			try {
				return creation.apply(names.get());
			}
			catch (SegmentExistsException ex) {
				Thread.onSpinWait();
			}
		}
	}

	static String path(String name) {
		return DIRECTORY + "/" + name;
	}

	/**
	 * Where glibc keeps the named semaphore of a name.
	 */
	static String semaphorePath(String name) {
		return DIRECTORY + "/sem." + name;
	}

}
