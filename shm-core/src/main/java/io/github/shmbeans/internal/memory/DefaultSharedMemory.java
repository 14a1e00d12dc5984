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

package io.github.shmbeans.internal.memory;

import java.io.ObjectStreamException;
import java.io.Serial;
import java.nio.ByteBuffer;

import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.internal.segment.Memory;
import io.github.shmbeans.internal.segment.Segment;

/**
 * {@link SharedMemory} over a segment.
 */
final class DefaultSharedMemory implements SegmentObject, SharedMemory {

	private final Segment segment;

	DefaultSharedMemory(Segment segment) {
		this.segment = segment;
	}

	@Override
	public Segment segment() {
		return this.segment;
	}

	@Override
	public long size() {
		return dataSize();
	}

	@Override
	public ByteBuffer buffer() {
		return wholeBuffer(this.segment.memory(), name());
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
		return this.segment.memory().slice(offset, length);
	}

	@Serial
	private Object writeReplace() throws ObjectStreamException {
		return SerializedSegment.of(this.segment);
	}

	@Override
	public String toString() {
		return "SharedMemory[name=%s, size=%d]".formatted(name(), size());
	}

}
