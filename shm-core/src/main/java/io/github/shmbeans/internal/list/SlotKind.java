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

import io.github.shmbeans.error.InvalidSegmentException;
import org.jspecify.annotations.Nullable;

/**
 * The types of CPython that a slot can hold.
 */
enum SlotKind {

	INT("int", SlotFormat.INT, 0),

	FLOAT("float", SlotFormat.FLOAT, 0),

	BOOL("bool", SlotFormat.BOOL, 0),

	NONE("None", SlotFormat.NONE, 3),

	STR("str", SlotFormat.UNKNOWN, 1),

	BYTES("bytes", SlotFormat.UNKNOWN, 2);

	static final String REMEDY = "Write the item again, or stop the users of the segment and remove its file";

	private static final int BOOL_SHIFT = 56;

	private final String pythonName;

	private final long format;

	private final byte code;

	SlotKind(String pythonName, long format, int code) {
		this.pythonName = pythonName;
		this.format = format;
		this.code = (byte) code;
	}

	/**
	 * The kind that a slot's format and code mean together. As in CPython, the code of
	 * None prevails over any known format.
	 * @param index the slot's index
	 * @param format the slot's format
	 * @param code the slot's code
	 * @param width the slot's width in bytes
	 * @return the kind
	 * @throws InvalidSegmentException if they make no sense in such a slot
	 */
	static SlotKind of(int index, long format, byte code, int width) {
		if (code == STR.code && isText(format, width)) {
			return STR;
		}
		if (code == BYTES.code && isText(format, width)) {
			return BYTES;
		}
		if (code == NONE.code && isKnown(format, width)) {
			return NONE;
		}
		SlotKind number = (code == INT.code && width >= Long.BYTES) ? number(format) : null;
		if (number == null) {
			throw invalid(index, format, code, width);
		}
		return number;
	}

	/**
	 * The error of a slot whose format and code make no sense.
	 * @param index the slot's index
	 * @param format the slot's format
	 * @param code the slot's code
	 * @param width the slot's width in bytes
	 * @return the exception
	 */
	static InvalidSegmentException invalid(int index, long format, byte code, int width) {
		return new InvalidSegmentException(
				"Expected item %d, in a slot of %d bytes, to have format q, d or xxxxxxx? with code 0, ".formatted(
						index, width) + "Ns that fits with code 1 or 2, or any of these or xxxxxx?x with code 3, "
						+ "found format '%s' with code %d".formatted(SlotFormat.describe(format), code),
				REMEDY);
	}

	/**
	 * Whether a format is one that a list can have.
	 * @param format the slot's format
	 * @param width the slot's width in bytes
	 * @return whether CPython could have written it to such a slot
	 */
	static boolean isKnown(long format, int width) {
		return format == NONE.format || number(format) != null || isText(format, width);
	}

	private static boolean isText(long format, int width) {
		int length = SlotFormat.textLength(format);
		return length != SlotFormat.NOT_TEXT && length <= width;
	}

	private static @Nullable SlotKind number(long format) {
		if (format == SlotFormat.INT) {
			return INT;
		}
		if (format == SlotFormat.FLOAT) {
			return FLOAT;
		}
		return (format == SlotFormat.BOOL) ? BOOL : null;
	}

	/**
	 * Whether a slot has this kind's format and code as this library writes them.
	 * @param slotFormat the slot's format
	 * @param slotCode the slot's code
	 * @param width the slot's width in bytes
	 * @return whether an item of this kind can be stored without changing them
	 */
	boolean matches(long slotFormat, byte slotCode, int width) {
		return slotCode == this.code && slotFormat == format(width);
	}

	/**
	 * The format that a slot of this kind is given.
	 * @param width the slot's width in bytes
	 * @return the format
	 */
	long format(int width) {
		return (this.format != SlotFormat.UNKNOWN) ? this.format : SlotFormat.text(width);
	}

	byte code() {
		return this.code;
	}

	/**
	 * The item that a word of this kind stands for.
	 * @param word the slot's first 8 bytes
	 * @return the item
	 */
	@Nullable Object toObject(long word) {
		return switch (this) {
			case INT -> word;
			case FLOAT -> Double.longBitsToDouble(word);
			case BOOL -> toBoolean(word);
			default -> null;
		};
	}

	static boolean toBoolean(long word) {
		return word >>> BOOL_SHIFT != 0;
	}

	static long toWord(boolean value) {
		return (value ? 1L : 0L) << BOOL_SHIFT;
	}

	@Override
	public String toString() {
		return this.pythonName;
	}

}
