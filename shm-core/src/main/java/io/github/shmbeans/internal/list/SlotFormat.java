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

package io.github.shmbeans.internal.list;

/**
 * The formats of {@code struct} that a list stores, each held as the little-endian word
 * that its NUL-padded 8 bytes make.
 */
final class SlotFormat {

	/** {@code q}. */
	static final long INT = 0x71L;

	/** {@code d}. */
	static final long FLOAT = 0x64L;

	/** {@code xxxxxxx?}. */
	static final long BOOL = 0x3F78_7878_7878_7878L;

	/** {@code xxxxxx?x}. */
	static final long NONE = 0x783F_7878_7878_7878L;

	/** The widest slot whose {@code Ns} fits 8 bytes. */
	static final int MAX_WIDTH = 9_999_992;

	/** No format: 8 NULs. */
	static final long UNKNOWN = 0L;

	/** What {@link #textLength(long)} returns for a format that is not {@code Ns}. */
	static final int NOT_TEXT = -1;

	private SlotFormat() {
	}

	/**
	 * Spell {@code Ns}.
	 * @param length the N, from 0 to {@link #MAX_WIDTH}
	 * @return the format
	 */
	static long text(int length) {
		long format = 's';
		int digits = length;
		do {
			format = (format << Byte.SIZE) | ('0' + digits % 10);
			digits /= 10;
		}
		while (digits > 0);
		return format;
	}

	/**
	 * Read the N of {@code Ns}.
	 * @param format the format
	 * @return the N, or {@link #NOT_TEXT}
	 */
	static int textLength(long format) {
		int length = 0;
		long rest = format;
		while (true) {
			int digit = ((int) rest & 0xFF) - '0';
			if (digit < 0 || digit > 9) {
				return (rest == 's' && format != 's') ? length : NOT_TEXT;
			}
			length = length * 10 + digit;
			rest >>>= Byte.SIZE;
		}
	}

	/**
	 * Spell a format for people; bytes that are not printable ASCII are escaped.
	 * @param format the format, of whatever bytes
	 * @return its characters without the NUL padding
	 */
	static String describe(long format) {
		StringBuilder text = new StringBuilder(Long.BYTES);
		for (long rest = format; rest != 0; rest >>>= Byte.SIZE) {
			int character = (int) rest & 0xFF;
			if (character > ' ' && character < 0x7F) {
				text.append((char) character);
			}
			else {
				text.append("\\x%02x".formatted(character));
			}
		}
		return text.toString();
	}

}
