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

/**
 * Where the segments of a name are, and names of our own making.
 */
public final class SegmentName {

	/** The directory that holds the segments, as for {@code shm_open}. */
	public static final String DIRECTORY = "/dev/shm";

	private SegmentName() {
	}

	/**
	 * Make up a name: {@code shm_} and 8 hexadecimal digits.
	 * @return the name; it may be taken
	 */
	public static String random() {
		return "shm_%08x".formatted(ThreadLocalRandom.current().nextInt());
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
