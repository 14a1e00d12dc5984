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

import java.io.ObjectStreamException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Supplier;

import io.github.shmbeans.OpenOptions.Locking;
import io.github.shmbeans.error.SegmentExistsException;
import io.github.shmbeans.lock.OwnerDeathPolicy;
import io.github.shmbeans.segment.AccessMode;
import io.github.shmbeans.segment.Memory;
import io.github.shmbeans.segment.OpenMode;
import io.github.shmbeans.segment.SegmentName;
import io.github.shmbeans.segment.ShutdownPolicy;

/**
 * {@link SharedMemory} over a segment.
 */
final class DefaultSharedMemory extends HandleOwner implements SharedMemory {

	DefaultSharedMemory(SegmentHandle handle) {
		super(handle);
	}

	static SharedMemory create(long size) {
		return create(SegmentName::random, size);
	}

	/**
	 * Create a block under the first name that is not taken.
	 */
	static SharedMemory create(Supplier<String> names, long size) {
		while (true) {
			try {
				return create(names.get(), size);
			}
			catch (SegmentExistsException ex) {
				Thread.onSpinWait();
			}
		}
	}

	static SharedMemory create(String name, long size) {
		if (size < 1) {
			throw new IllegalArgumentException(
					"Expected a size of at least 1 byte, found %d. Say how many bytes to share".formatted(size));
		}
		return SegmentFactory.standalone().block(standalone(name, OpenMode.CREATE, Locking.REQUIRED), size);
	}

	static SharedMemory attach(String name) {
		return SegmentFactory.standalone().block(standalone(name, OpenMode.ATTACH, Locking.IF_POSSIBLE), 0);
	}

	/**
	 * The options of a segment that no manager owns.
	 */
	static OpenOptions standalone(String name, OpenMode mode, Locking locking) {
		return new OpenOptions(name, name, mode, ShutdownPolicy.CLOSE, Duration.ZERO, locking, null, null,
				OwnerDeathPolicy.REPORT, null, 0600, AccessMode.READ_WRITE, false);
	}

	@Override
	public long size() {
		return dataSize();
	}

	@Override
	public ByteBuffer buffer() {
		return wholeBuffer(handle().segment().memory(), name());
	}

	static ByteBuffer wholeBuffer(Memory memory, String name) {
		if (memory.size() > Memory.LONGEST_WHOLE) {
			throw new IllegalStateException(
					"Expected segment '%s' to fit one buffer of 2 GiB, found %d bytes. Use buffer(offset, length)"
						.formatted(name, memory.size()));
		}
		memory.requireOpen();
		return memory.slice(0, (int) memory.size());
	}

	@Override
	public ByteBuffer buffer(long offset, int length) {
		return handle().segment().memory().slice(offset, length);
	}

	@Override
	public SharedLock lock() {
		return handle().lock();
	}

	@Serial
	private Object writeReplace() throws ObjectStreamException {
		return SerializedSegment.of(handle());
	}

	@Override
	public String toString() {
		return "SharedMemory[name=%s, size=%d]".formatted(name(), size());
	}

}
