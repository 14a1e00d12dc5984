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
import java.nio.ByteOrder;
import java.util.List;

/**
 * Makes and opens lists in the bytes of CPython's
 * {@code multiprocessing.shared_memory.ShareableList}, as its source
 * ({@code Lib/multiprocessing/shared_memory.py}, 3.9 and later) lays them out on a
 * little-endian machine.
 * <p>
 * A list starts at index 0 of its buffer, whatever the buffer's position and byte order;
 * neither changes. The methods are thread-safe as far as the buffer's bytes are.
 */
public final class ListCodec {

	private ListCodec() {
	}

	/**
	 * The size of a list: {@code 16 + 17 n} bytes for n items, and the capacity of each.
	 * @param items the items
	 * @return the size in bytes, at least 16
	 */
	public static long encodedSize(List<ListItem> items) {
		return ListLayout.encodedSize(items);
	}

	/**
	 * Write a new list over whatever bytes are there. Plain stores in no particular
	 * order: publish the bytes only afterwards.
	 * @param items the items
	 * @param target the bytes; those after the list are left alone
	 * @throws IllegalArgumentException if the list does not fit; nothing was written
	 * @throws java.nio.ReadOnlyBufferException if the buffer is read-only
	 */
	public static void encode(List<ListItem> items, ByteBuffer target) {
		List<ListItem> copy = List.copyOf(items);
		long size = encodedSize(copy);
		if (size > target.limit()) {
			throw new IllegalArgumentException("Expected at least %d bytes for a list of %d items, found %d"
				.formatted(size, copy.size(), target.limit()));
		}
		ByteBuffer data = littleEndian(target);
		ListLayout layout = ListLayout.of(copy);
		layout.write(data);
		SlotMemory memory = new SlotMemory(data, layout);
		for (int i = 0; i < copy.size(); i++) {
			copy.get(i).store(memory, i);
		}
	}

	/**
	 * Open a list that this library or CPython has made. Its number of items and all its
	 * offsets are validated and copied, so that no later write by another process can
	 * lead the view outside a slot; formats and codes are read at each access.
	 * @param data the bytes, which may go on after the list
	 * @return a view of the bytes
	 * @throws io.github.shmbeans.error.InvalidSegmentException if the bytes are not such
	 * a list
	 */
	public static ListView open(ByteBuffer data) {
		ByteBuffer bytes = littleEndian(data);
		ListLayout layout = ListLayout.read(bytes);
		return new ListView(layout, new SlotMemory(bytes, layout));
	}

	private static ByteBuffer littleEndian(ByteBuffer buffer) {
		return buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
	}

}
