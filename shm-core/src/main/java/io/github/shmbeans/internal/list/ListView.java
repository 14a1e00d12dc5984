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

import java.nio.charset.CharacterCodingException;

import io.github.shmbeans.error.InvalidSegmentException;
import org.jspecify.annotations.Nullable;

/**
 * The items of an open list, read from and written to its bytes at each call.
 * <p>
 * Indexes run from 0 to size - 1; any other throws {@link IndexOutOfBoundsException}. An
 * item can change its type, also by the hand of another process.
 * <p>
 * Safe for use by several threads and processes in that no access leaves its slot, loops
 * or breaks the list. Accesses are plain, without any order between items: take a lock
 * for more. Without one, an int, float or bool, and str or bytes in a slot of 8 bytes,
 * replaces one of its own type whole and is read whole. Any other write makes the item
 * None first and gives it its type last: a writer that dies half-way leaves None, and a
 * concurrent reader most likely finds None, though it can meet a mixture.
 * <p>
 * Whether the bytes are still mapped is the caller's to know.
 */
public final class ListView {

	private final ListLayout layout;

	private final SlotMemory memory;

	ListView(ListLayout layout, SlotMemory memory) {
		this.layout = layout;
		this.memory = memory;
	}

	/**
	 * The number of items, fixed when the list was made.
	 * @return the number, from 0
	 */
	public int size() {
		return this.layout.size();
	}

	/**
	 * Read an item. NULs at the end of str and bytes are padding and stripped.
	 * @param index the index
	 * @return a {@link Long}, {@link Double}, {@link Boolean}, {@link String}, a new
	 * {@code byte[]}, or {@code null} for None
	 * @throws InvalidSegmentException if the format and code make no sense in the slot,
	 * or a str is not UTF-8
	 */
	public @Nullable Object get(int index) {
		this.layout.checkIndex(index);
		long format = this.memory.format(index);
		SlotKind kind = kind(index, format, this.memory.code(index));
		return switch (kind) {
			case NONE -> null;
			case STR -> string(index, format);
			case BYTES -> this.memory.text(index, SlotFormat.textLength(format));
			default -> kind.toObject(this.memory.word(index));
		};
	}

	/**
	 * Read an int without allocation.
	 * @param index the index
	 * @return the item
	 * @throws IllegalArgumentException if the item is of another type
	 * @throws InvalidSegmentException if the format and code make no sense in the slot
	 */
	public long getLong(int index) {
		return word(index, SlotKind.INT);
	}

	/**
	 * Read a float without allocation.
	 * @param index the index
	 * @return the item
	 * @throws IllegalArgumentException if the item is of another type
	 * @throws InvalidSegmentException if the format and code make no sense in the slot
	 */
	public double getDouble(int index) {
		return Double.longBitsToDouble(word(index, SlotKind.FLOAT));
	}

	/**
	 * Write an item, of the same type as before or another. The bytes after a shorter str
	 * or bytes are cleared.
	 * @param index the index
	 * @param value the item, of a type that {@link ListItem#of(Object)} takes
	 * @throws IllegalArgumentException if a list cannot hold the value, or the slot is
	 * too narrow for it; nothing was written
	 * @throws java.nio.ReadOnlyBufferException if the buffer is read-only
	 */
	public void set(int index, @Nullable Object value) {
		this.layout.checkIndex(index);
		SlotValue item = SlotValue.of(value);
		checkRoom(index, item.kind(), item.length());
		item.store(this.memory, index);
	}

	/**
	 * Write an int without allocation.
	 * @param index the index
	 * @param value the item
	 * @throws IllegalArgumentException if the slot is too narrow; nothing was written
	 * @throws java.nio.ReadOnlyBufferException if the buffer is read-only
	 */
	public void setLong(int index, long value) {
		store(index, SlotKind.INT, value);
	}

	/**
	 * Write a float without allocation.
	 * @param index the index
	 * @param value the item
	 * @throws IllegalArgumentException if the slot is too narrow; nothing was written
	 * @throws java.nio.ReadOnlyBufferException if the buffer is read-only
	 */
	public void setDouble(int index, double value) {
		store(index, SlotKind.FLOAT, Double.doubleToRawLongBits(value));
	}

	/**
	 * The {@code struct} format of an item, as CPython's {@code format} shows it.
	 * @param index the index
	 * @return {@code q}, {@code d}, {@code xxxxxxx?}, {@code xxxxxx?x}, or {@code Ns}
	 * with the number of bytes N
	 * @throws InvalidSegmentException if the format is none of these
	 */
	public String format(int index) {
		this.layout.checkIndex(index);
		long format = this.memory.format(index);
		int width = this.layout.width(index);
		if (!SlotKind.isKnown(format, width)) {
			throw SlotKind.invalid(index, format, this.memory.code(index), width);
		}
		return SlotFormat.describe(format);
	}

	/**
	 * The room of an item's slot, fixed when the list was made.
	 * @param index the index
	 * @return the room in bytes, a multiple of 8
	 */
	public int capacity(int index) {
		this.layout.checkIndex(index);
		return this.layout.width(index);
	}

	private String string(int index, long format) {
		byte[] text = this.memory.text(index, SlotFormat.textLength(format));
		try {
			return Utf8.decode(text);
		}
		catch (CharacterCodingException ex) {
			throw new InvalidSegmentException(
					"Expected a str in UTF-8 in item %d, found %d bytes that are not".formatted(index, text.length),
					SlotKind.REMEDY);
		}
	}

	private long word(int index, SlotKind kind) {
		this.layout.checkIndex(index);
		long format = this.memory.format(index);
		byte code = this.memory.code(index);
		int width = this.layout.width(index);
		if (width >= Long.BYTES && kind.matches(format, code, width)) {
			return this.memory.word(index);
		}
		throw new IllegalArgumentException("Expected %s in item %d, found %s (format %s)".formatted(kind, index,
				kind(index, format, code), SlotFormat.describe(format)));
	}

	private void store(int index, SlotKind kind, long word) {
		this.layout.checkIndex(index);
		checkRoom(index, kind, Long.BYTES);
		this.memory.storeWord(index, kind, word);
	}

	private void checkRoom(int index, SlotKind kind, int length) {
		int width = this.layout.width(index);
		if (length > width) {
			throw new IllegalArgumentException(
					"Expected at most %d bytes in item %d, found %s of %d bytes. Make the list with more capacity for the item"
						.formatted(width, index, kind, length));
		}
	}

	private SlotKind kind(int index, long format, byte code) {
		return SlotKind.of(index, format, code, this.layout.width(index));
	}

}
