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

import io.github.shmbeans.error.InvalidOptionException;

/**
 * Reads the permission bits of a segment. Text is read as octal digits, with or without a
 * leading zero. A decimal number is taken for the bits themselves, since YAML reads
 * {@code 0600} as 384; no decimal number of valid bits reads as octal digits of valid
 * bits.
 */
final class FilePermissions {

	private static final Pattern OCTAL = Pattern.compile("(0o?)?[0-7]{3}");

	private static final Pattern DECIMAL = Pattern.compile("\\d{3}");

	private FilePermissions() {
	}

	/**
	 * Convert a text.
	 * @param text octal digits, or what YAML has made of them
	 * @return the bits, {@code 0600} to {@code 0666}
	 */
	static int of(String text) {
		String digits = text.trim();
		if (OCTAL.matcher(digits).matches()) {
			int bits = Integer.parseInt(digits.substring(digits.length() - 3), 8);
			if (isValid(bits)) {
				return bits;
			}
		}
		if (DECIMAL.matcher(digits).matches() && isValid(Integer.parseInt(digits))) {
			return Integer.parseInt(digits);
		}
		throw new InvalidOptionException("permissions",
				"Expected permissions of 0600 to 0666 with read and write for the owner, found '%s'".formatted(text),
				"Use 0600, 0660 or the like");
	}

	private static boolean isValid(int bits) {
		return (bits & ~0666) == 0 && (bits & 0600) == 0600;
	}

}
