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

package io.github.shmbeans;

import java.io.Serializable;
import java.util.List;
import java.util.RandomAccess;

import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.error.LockTimeoutException;
import io.github.shmbeans.error.OwnerDiedException;
import io.github.shmbeans.error.SegmentClosedException;
import org.jspecify.annotations.Nullable;

/**
 * A list of fixed length in shared memory, byte for byte CPython's
 * {@code multiprocessing.shared_memory.ShareableList}.
 * <p>
 * Items are {@link Long} (64-bit), {@link Double}, {@link Boolean}, {@link String},
 * {@code byte[]} or {@code null} (None). An item can change its type; a text or byte
 * string must fit the room that its slot was made with. A list has at most 2 GiB. With a
 * lock each call is one locked step; CPython itself takes none. Adding and removing throw
 * {@link UnsupportedOperationException}. Two shareable lists are equal if their items
 * are, bytes by their contents; other lists that hold bytes are never equal to them.
 * <p>
 * The methods of {@link List} that read items throw what {@link #get(int)} throws.
 * {@link OwnerDiedException} and {@link LockTimeoutException} are thrown only if the list
 * takes a lock.
 * <p>
 * Serializable: the name travels with the options, and reading it back attaches. One that
 * belongs to no manager is closed by {@link #close()}, or when it is not reachable any
 * more.
 */
public interface ShareableList extends List<@Nullable Object>, RandomAccess, SharedSegment, Serializable {

	/**
	 * Attach to a list that this library or CPython has made. Accesses take its lock if
	 * it has one and this user may write to the file.
	 * @param name the segment name
	 * @return the list
	 * @throws io.github.shmbeans.error.SegmentNotFoundException if there is none
	 * @throws InvalidSegmentException if it is not a list
	 * @throws io.github.shmbeans.error.SharedMemoryException if it cannot be opened
	 */
	static ShareableList attach(String name) {
		return Providers.get().attachList(name);
	}

	/**
	 * Read an item.
	 * @param index from 0 to size - 1, or from -size to -1 counting from the end
	 * @return the item
	 * @throws IndexOutOfBoundsException if there is no such item
	 * @throws InvalidSegmentException if another process has damaged the item
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	@Override
	@Nullable Object get(int index);

	/**
	 * Write an item; it is refused before any byte changes if it does not fit.
	 * @param index from 0 to size - 1, or from -size to -1 counting from the end
	 * @param value the new item
	 * @return the item before
	 * @throws IndexOutOfBoundsException if there is no such item
	 * @throws IllegalArgumentException if a list cannot hold the value, or it does not
	 * fit the room of the slot
	 * @throws InvalidSegmentException if another process has damaged the item
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	@Override
	@Nullable Object set(int index, @Nullable Object value);

	/**
	 * Read an integer item without allocation.
	 * @param index the index, as in {@link #get(int)}
	 * @return the item
	 * @throws IndexOutOfBoundsException if there is no such item
	 * @throws IllegalArgumentException if the item has another type
	 * @throws InvalidSegmentException if another process has damaged the item
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	long getLong(int index);

	/**
	 * Read a floating-point item without allocation.
	 * @param index the index, as in {@link #get(int)}
	 * @return the item
	 * @throws IndexOutOfBoundsException if there is no such item
	 * @throws IllegalArgumentException if the item has another type
	 * @throws InvalidSegmentException if another process has damaged the item
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	double getDouble(int index);

	/**
	 * Write an integer item without allocation.
	 * @param index the index, as in {@link #get(int)}
	 * @param value the new item
	 * @throws IndexOutOfBoundsException if there is no such item
	 * @throws IllegalArgumentException if the slot has no room for a number
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void setLong(int index, long value);

	/**
	 * Write a floating-point item without allocation.
	 * @param index the index, as in {@link #get(int)}
	 * @param value the new item
	 * @throws IndexOutOfBoundsException if there is no such item
	 * @throws IllegalArgumentException if the slot has no room for a number
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void setDouble(int index, double value);

	/**
	 * How often an item occurs. Unlike in CPython, items of different types differ: 1,
	 * 1.0 and {@code true} are three items.
	 * @param value the item
	 * @return the number of occurrences
	 * @throws InvalidSegmentException if another process has damaged an item
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	int count(@Nullable Object value);

	/**
	 * The first position of an item, by type and value as {@link #count}.
	 * @param value the item
	 * @return its index
	 * @throws java.util.NoSuchElementException if it does not occur
	 * @throws InvalidSegmentException if another process has damaged an item
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	int index(@Nullable Object value);

	/**
	 * The {@code struct} format of an item: {@code q}, {@code d}, {@code xxxxxxx?},
	 * {@code xxxxxx?x}, or {@code 8s}.
	 * @param index the index, as in {@link #get(int)}
	 * @return the format
	 * @throws IndexOutOfBoundsException if there is no such item
	 * @throws InvalidSegmentException if another process has damaged the item
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	String format(int index);

	/**
	 * The room of an item's slot.
	 * @param index the index, as in {@link #get(int)}
	 * @return the room in bytes
	 * @throws IndexOutOfBoundsException if there is no such item
	 */
	int capacity(int index);

}
