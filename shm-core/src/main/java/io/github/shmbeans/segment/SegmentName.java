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

package io.github.shmbeans.segment;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Names of segments: the part behind {@code /dev/shm/}.
 */
public final class SegmentName {

	/** The directory that holds the segments, as for {@code shm_open}. */
	public static final String DIRECTORY = "/dev/shm";

	private static final int LONGEST = 250;

	private SegmentName() {
	}

	/**
	 * Check a name.
	 * @param name the name
	 * @return the name
	 * @throws IllegalArgumentException if it is not valid
	 */
	public static String require(String name) {
		if (!isValid(name)) {
			throw new IllegalArgumentException(
					"Expected a segment name of 1 to 250 characters A-Z a-z 0-9 . _ - without leading dot, found '%s' (%d characters). Choose another key, namespace or segment name"
						.formatted(name, name.length()));
		}
		return name;
	}

	/**
	 * A loop, for it is asked twice for each of thousands of segments while an
	 * application starts and hardly anything is compiled.
	 */
	private static boolean isValid(String name) {
		boolean valid = !name.isEmpty() && name.length() <= LONGEST && name.charAt(0) != '.';
		for (int i = 0; valid && i < name.length(); i++) {
			valid = isAllowed(name.charAt(i));
		}
		return valid;
	}

	private static boolean isAllowed(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || character == '.' || character == '_' || character == '-';
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
