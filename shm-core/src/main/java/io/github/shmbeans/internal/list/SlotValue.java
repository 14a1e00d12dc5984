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

import java.math.BigInteger;

import io.github.shmbeans.error.ValueOutOfRangeException;
import org.jspecify.annotations.Nullable;

/**
 * An item that was found fit to be written, in the form that goes into a slot.
 */
sealed interface SlotValue permits WordValue, TextValue {

	/**
	 * Convert an item.
	 * @param value the item
	 * @return what goes into the slot
	 * @throws IllegalArgumentException if the list cannot hold such an item
	 */
	static SlotValue of(@Nullable Object value) {
		if (value == null) {
			return new WordValue(SlotKind.NONE, 0);
		}
		if (value instanceof String text) {
			return TextValue.of(text);
		}
		if (value instanceof byte[] bytes) {
			return TextValue.of(bytes);
		}
		if (value instanceof Boolean bool) {
			return new WordValue(SlotKind.BOOL, SlotKind.toWord(bool));
		}
		if (value instanceof Double || value instanceof Float) {
			return new WordValue(SlotKind.FLOAT, Double.doubleToRawLongBits(((Number) value).doubleValue()));
		}
		return new WordValue(SlotKind.INT, toInt(value));
	}

	private static long toInt(Object value) {
		if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
			return ((Number) value).longValue();
		}
		if (value instanceof BigInteger integer) {
			if (integer.bitLength() < Long.SIZE) {
				return integer.longValue();
			}
			throw new ValueOutOfRangeException("int", "-2^63 to 2^63-1", integer);
		}
		throw new IllegalArgumentException("Expected a list item of type Long, Integer, Short, Byte, BigInteger, "
				+ "Double, Float, Boolean, String, byte[] or null, found " + value.getClass().getTypeName());
	}

	SlotKind kind();

	/**
	 * The room that the item needs.
	 * @return its length in bytes
	 */
	int length();

	/**
	 * The width of the slot that CPython makes for the item.
	 * @return the width in bytes, a multiple of 8
	 */
	long slotWidth();

	/**
	 * Write the item to a slot that has the room for it.
	 * @param memory the slots
	 * @param index the slot's index
	 */
	void store(SlotMemory memory, int index);

	@Nullable Object toObject();

}
