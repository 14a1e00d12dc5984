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

package io.github.shmbeans.autoconfigure;

import java.util.regex.Pattern;

/**
 * The permission bits of a segment. Text is read as octal digits, with or without a
 * leading zero. A number is taken for the bits themselves, since YAML reads {@code 0600}
 * as 384; one that is written {@code 600} is no such set of bits, and read by its digits
 * too.
 *
 * @param bits the bits, {@code 0600} to {@code 0666}
 */
record FilePermissions(int bits) {

	private static final Pattern OCTAL = Pattern.compile("(0o?)?[0-7]{3}");

	FilePermissions {
		if (!isValid(bits)) {
			throw invalid("0%o".formatted(bits));
		}
	}

	/**
	 * Convert a text.
	 * @param text octal digits
	 * @return the permissions
	 */
	public static FilePermissions of(String text) {
		if (!OCTAL.matcher(text.trim()).matches()) {
			throw invalid("'" + text + "'");
		}
		String digits = text.trim();
		return new FilePermissions(Integer.parseInt(digits.substring(digits.length() - 3), 8));
	}

	/**
	 * Convert a number.
	 * @param number the bits, or their octal digits
	 * @return the permissions
	 */
	public static FilePermissions of(Integer number) {
		return isValid(number) ? new FilePermissions(number) : of(number.toString());
	}

	private static boolean isValid(int bits) {
		return (bits & ~0666) == 0 && (bits & 0600) == 0600;
	}

	private static IllegalArgumentException invalid(String found) {
		return new IllegalArgumentException(
				"Expected permissions of 0600 to 0666 with read and write for the owner, found " + found);
	}

}
