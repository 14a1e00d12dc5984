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

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * The slots of a list, their formats and their codes, in memory that other processes read
 * and write at any moment. Nothing is checked here.
 * <p>
 * A store that is not one aligned word first makes the slot None, by its code, and gives
 * it its new code last: a reader without the lock finds None rather than half of an item,
 * and a writer that dies leaves None. Fences keep that order. Loads of a slot's format
 * and code come before the loads of its bytes.
 */
final class SlotMemory {

	private final ByteBuffer data;

	private final ListLayout layout;

	/**
	 * Create the view.
	 * @param data little-endian bytes
	 * @param layout a layout that lies within them
	 */
	SlotMemory(ByteBuffer data, ListLayout layout) {
		this.data = data;
		this.layout = layout;
	}

	long format(int index) {
		return this.data.getLong(this.layout.format(index));
	}

	byte code(int index) {
		return this.data.get(this.layout.code(index));
	}

	long word(int index) {
		VarHandle.loadLoadFence();
		return this.data.getLong(this.layout.slot(index));
	}

	/**
	 * Copy a slot's first bytes without the NULs at their end.
	 * @param index the slot's index
	 * @param length how many bytes, at most the slot's width
	 * @return the copy
	 */
	byte[] text(int index, int length) {
		if (length > 0 && length <= Long.BYTES) {
			return toText(word(index), length);
		}
		VarHandle.loadLoadFence();
		int start = this.layout.slot(index);
		int end = start + length;
		while (end - start >= Long.BYTES && this.data.getLong(end - Long.BYTES) == 0) {
			end -= Long.BYTES;
		}
		while (end > start && this.data.get(end - 1) == 0) {
			end--;
		}
		byte[] text = new byte[end - start];
		this.data.get(start, text);
		return text;
	}

	void storeWord(int index, SlotKind kind, long word) {
		int slot = this.layout.slot(index);
		if (kind.matches(format(index), code(index), this.layout.width(index))) {
			this.data.putLong(slot, word);
			return;
		}
		hide(index, kind);
		this.data.putLong(slot, word);
		reveal(index, kind);
	}

	void storeText(int index, SlotKind kind, byte[] text) {
		if (this.layout.width(index) == Long.BYTES) {
			storeWord(index, kind, toWord(text));
			return;
		}
		hide(index, kind);
		int slot = this.layout.slot(index);
		this.data.put(slot, text);
		clear(slot + text.length, this.layout.slot(index + 1));
		reveal(index, kind);
	}

	/**
	 * Fill a slot with NULs.
	 * @param index the slot's index
	 */
	void clear(int index) {
		clear(this.layout.slot(index), this.layout.slot(index + 1));
	}

	private void clear(int start, int end) {
		int position = start;
		while (position % Long.BYTES != 0) {
			this.data.put(position++, (byte) 0);
		}
		while (position < end) {
			this.data.putLong(position, 0);
			position += Long.BYTES;
		}
	}

	private static byte[] toText(long word, int length) {
		long rest = word & (-1L >>> (Long.SIZE - length * Byte.SIZE));
		byte[] text = new byte[Long.BYTES - Long.numberOfLeadingZeros(rest) / Byte.SIZE];
		for (int i = 0; i < text.length; i++) {
			text[i] = (byte) rest;
			rest >>>= Byte.SIZE;
		}
		return text;
	}

	private static long toWord(byte[] text) {
		long word = 0;
		for (int i = text.length - 1; i >= 0; i--) {
			word = (word << Byte.SIZE) | (text[i] & 0xFF);
		}
		return word;
	}

	private void hide(int index, SlotKind kind) {
		this.data.put(this.layout.code(index), SlotKind.NONE.code());
		VarHandle.storeStoreFence();
		this.data.putLong(this.layout.format(index), kind.format(this.layout.width(index)));
	}

	private void reveal(int index, SlotKind kind) {
		VarHandle.storeStoreFence();
		this.data.put(this.layout.code(index), kind.code());
	}

}
