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
import java.nio.ByteBuffer;

import io.github.shmbeans.error.SegmentClosedException;

/**
 * A named block of bytes, as CPython's
 * {@code multiprocessing.shared_memory.SharedMemory}.
 * <p>
 * It has no element type and its bytes are accessed without a lock; {@link #lock()}
 * offers one to use around them. Serializable: the name travels with the options, and
 * reading it back attaches. One that belongs to no manager is closed by {@link #close()},
 * or when neither it nor a buffer over its memory is reachable any more.
 */
public interface SharedMemory extends SharedSegment, Serializable {

	/**
	 * Create a block under a name of its own making, {@code shm_} and 8 hexadecimal
	 * digits. Whoever creates it is to {@link #unlink()} it.
	 * @param size the size in bytes, at least 1
	 * @return the new block, all zero
	 * @throws io.github.shmbeans.error.InvalidOptionException if the size is less than 1
	 * @throws io.github.shmbeans.error.InsufficientMemoryException if there is not enough
	 * memory
	 */
	static SharedMemory create(long size) {
		return Providers.get().createBlock(null, size);
	}

	/**
	 * Create a block. Whoever creates it is to {@link #unlink()} it.
	 * @param name the segment name
	 * @param size the size in bytes, at least 1
	 * @return the new block, all zero
	 * @throws io.github.shmbeans.error.InvalidOptionException if the size is less than 1,
	 * or the name is not valid
	 * @throws io.github.shmbeans.error.SegmentExistsException if the name is taken
	 * @throws io.github.shmbeans.error.InsufficientMemoryException if there is not enough
	 * memory
	 */
	static SharedMemory create(String name, long size) {
		return Providers.get().createBlock(name, size);
	}

	/**
	 * Attach to a block that this library, CPython or any other program has made.
	 * @param name the segment name
	 * @return the block
	 * @throws io.github.shmbeans.error.SegmentNotFoundException if there is none
	 * @throws io.github.shmbeans.error.SharedMemoryException if it cannot be opened
	 */
	static SharedMemory attach(String name) {
		return Providers.get().attachBlock(name);
	}

	/**
	 * The size of the block: as it was created, or that of the file if others made it.
	 * @return the size in bytes
	 */
	long size();

	/**
	 * A view of the bytes in native order with a position and limit of its own. Access
	 * through it is plain, without ordering. It cannot be revoked: after {@link #close()}
	 * it reads zeros, and what is written to it is lost.
	 * @return a view of the whole data, read-only if the segment is
	 * @throws IllegalStateException if the data is larger than 2 GiB; see
	 * {@link #buffer(long, int)}
	 * @throws SegmentClosedException if the segment is closed
	 */
	ByteBuffer buffer();

	/**
	 * A view of a part of the bytes, as {@link #buffer()}.
	 * @param offset where it begins, in bytes
	 * @param length how long it is, in bytes
	 * @return a view of the part
	 * @throws IndexOutOfBoundsException if the part is not within the data, or is longer
	 * than 1 GiB of a block that is larger than 2 GiB
	 * @throws SegmentClosedException if the segment is closed
	 */
	ByteBuffer buffer(long offset, int length);

}
