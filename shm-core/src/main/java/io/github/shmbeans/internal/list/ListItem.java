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

import org.jspecify.annotations.Nullable;

/**
 * The first value of an item and the room that its slot is made with. Immutable.
 */
public final class ListItem {

	private final SlotValue value;

	private final int slotWidth;

	private ListItem(SlotValue value, int slotWidth) {
		this.value = value;
		this.slotWidth = slotWidth;
	}

	/**
	 * An item with the room that CPython gives it: 8 bytes for a number, a boolean or
	 * {@code null}; for text and bytes of length n, the multiple of 8 after n.
	 * @param value a {@link Long}, {@link Integer}, {@link Short}, {@link Byte} or
	 * {@link java.math.BigInteger} (int, 64-bit), {@link Double} or {@link Float}
	 * (float), {@link Boolean} (bool), {@link String} (str), {@code byte[]} (bytes) or
	 * {@code null} (None)
	 * @return the item
	 * @throws IllegalArgumentException if a list cannot hold the value: it has another
	 * type, is outside int64, ends in NUL (which readers strip), has an unpaired
	 * surrogate or is longer than 9,999,991 bytes
	 */
	public static ListItem of(@Nullable Object value) {
		return of(value, 0);
	}

	/**
	 * An item with room for later values.
	 * @param value the first value, as in {@link #of(Object)}
	 * @param capacity the room in bytes, from 0 to 9,999,992, for text in UTF-8; rounded
	 * up to a multiple of 8, and to what the first value takes without it
	 * @return the item
	 * @throws IllegalArgumentException as in {@link #of(Object)}, or if the capacity is
	 * out of range
	 */
	public static ListItem of(@Nullable Object value, int capacity) {
		if (capacity < 0 || capacity > SlotFormat.MAX_WIDTH) {
			throw new IllegalArgumentException("Expected a list item's capacity from 0 to %d bytes, found %d"
				.formatted(SlotFormat.MAX_WIDTH, capacity));
		}
		SlotValue first = SlotValue.of(value);
		long width = Math.max(first.slotWidth(), Long.BYTES * ((capacity + Long.BYTES - 1L) / Long.BYTES));
		if (width > SlotFormat.MAX_WIDTH) {
			throw new IllegalArgumentException("Expected %s of at most %d bytes in a list, found %d"
				.formatted(first.kind(), SlotFormat.MAX_WIDTH - 1, first.length()));
		}
		return new ListItem(first, (int) width);
	}

	/**
	 * The first value.
	 * @return a {@link Long}, {@link Double}, {@link Boolean}, {@link String}, a copy of
	 * the {@code byte[]}, or {@code null}
	 */
	public @Nullable Object value() {
		return this.value.toObject();
	}

	/**
	 * The room of the slot, in which later values must fit.
	 * @return the room in bytes, a multiple of 8
	 */
	public int capacity() {
		return this.slotWidth;
	}

	void store(SlotMemory memory, int index) {
		memory.clear(index);
		this.value.store(memory, index);
	}

}
