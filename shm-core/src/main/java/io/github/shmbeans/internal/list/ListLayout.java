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

import java.nio.ByteBuffer;
import java.util.List;

import io.github.shmbeans.error.InvalidSegmentException;

/**
 * Where the parts of a list are: a copy in the heap that no other process can change.
 * Positions count bytes from the start of the list.
 */
final class ListLayout {

	private static final int COUNT = 0;

	private static final int OFFSETS = COUNT + Long.BYTES;

	private static final int EMPTY_SIZE = OFFSETS + Long.BYTES;

	/** An offset, a format and a code. */
	private static final int ITEM_OVERHEAD = Long.BYTES + Long.BYTES + Byte.BYTES;

	private static final int HEAP_SHARE = 8;

	private final int[] slots;

	private final int formats;

	private final int codes;

	private ListLayout(int[] slots) {
		this.slots = slots;
		this.formats = slots[slots.length - 1];
		this.codes = this.formats + size() * Long.BYTES;
	}

	/**
	 * The size of a list to be made.
	 * @param items its items
	 * @return the size in bytes
	 */
	static long encodedSize(List<ListItem> items) {
		long size = EMPTY_SIZE + (long) ITEM_OVERHEAD * items.size();
		for (ListItem item : items) {
			size += item.capacity();
		}
		return size;
	}

	/**
	 * Lay out a list to be made.
	 * @param items its items, whose {@link #encodedSize(List)} is at most 2^31 - 1
	 * @return the layout
	 */
	static ListLayout of(List<ListItem> items) {
		int[] slots = new int[items.size() + 1];
		slots[0] = dataStart(items.size());
		for (int i = 0; i < items.size(); i++) {
			slots[i + 1] = slots[i] + items.get(i).capacity();
		}
		return new ListLayout(slots);
	}

	/**
	 * Read a layout and validate all of it.
	 * @param data the little-endian bytes, which may go on after the list
	 * @return the layout
	 * @throws InvalidSegmentException if any part of the list is not inside the bytes
	 */
	static ListLayout read(ByteBuffer data) {
		int limit = data.limit();
		if (limit < EMPTY_SIZE) {
			throw new InvalidSegmentException(
					"Expected a list of at least %d bytes, found %d".formatted(EMPTY_SIZE, limit));
		}
		long count = data.getLong(COUNT);
		int maxCount = (limit - EMPTY_SIZE) / ITEM_OVERHEAD;
		if (count < 0 || count > maxCount) {
			throw new InvalidSegmentException(
					"Expected a list of 0 to %d items in %d bytes, found %d".formatted(maxCount, limit, count));
		}
		requireHeap((int) count);
		int room = limit - EMPTY_SIZE - ITEM_OVERHEAD * (int) count;
		return new ListLayout(readSlots(data, (int) count, room));
	}

	/**
	 * A file may claim any number of items without having memory for them: to copy their
	 * offsets must not exhaust the heap.
	 */
	private static void requireHeap(int count) {
		long most = Runtime.getRuntime().maxMemory() / HEAP_SHARE / Integer.BYTES;
		if (count > most) {
			throw new InvalidSegmentException(
					"Expected a list of at most %d items, whose offsets fit an eighth of the heap, found %d"
						.formatted(most, count),
					"Enlarge the heap if there really are as many, else remove the file from /dev/shm");
		}
	}

	private static int[] readSlots(ByteBuffer data, int count, int room) {
		int[] slots = new int[count + 1];
		int least = 0;
		int most = 0;
		for (int i = 0; i <= count; i++) {
			long offset = data.getLong(OFFSETS + i * Long.BYTES);
			if (offset < least || offset > most || offset % Long.BYTES != 0) {
				throw new InvalidSegmentException("Expected a multiple of 8 from %d to %d as offset %d of a list of %d "
					.formatted(least, most, i, count) + "items in %d bytes, found %d".formatted(data.limit(), offset));
			}
			slots[i] = dataStart(count) + (int) offset;
			least = (int) offset;
			most = Math.min(room, least + SlotFormat.MAX_WIDTH);
		}
		return slots;
	}

	private static int dataStart(int count) {
		return EMPTY_SIZE + count * Long.BYTES;
	}

	void write(ByteBuffer data) {
		data.putLong(COUNT, size());
		for (int i = 0; i < this.slots.length; i++) {
			data.putLong(OFFSETS + i * Long.BYTES, this.slots[i] - this.slots[0]);
		}
	}

	int size() {
		return this.slots.length - 1;
	}

	/**
	 * Refuse an index that is outside the list.
	 * @param index the index
	 * @throws IndexOutOfBoundsException if it is negative, or the size or more
	 */
	void checkIndex(int index) {
		if (index < 0 || index >= size()) {
			throw new IndexOutOfBoundsException(
					"index %d out of range for a list of %d items".formatted(index, size()));
		}
	}

	int slot(int index) {
		return this.slots[index];
	}

	int width(int index) {
		return this.slots[index + 1] - this.slots[index];
	}

	int format(int index) {
		return this.formats + index * Long.BYTES;
	}

	int code(int index) {
		return this.codes + index;
	}

}
