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

import java.nio.ByteBuffer;
import java.nio.LongBuffer;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.engine.SegmentOwner;
import io.github.shmbeans.internal.segment.Segment;
import io.github.shmbeans.internal.type.Bits;
import org.jspecify.annotations.Nullable;

/**
 * {@code int64} elements without a lock, in a segment of up to 2 GiB that may be written.
 * The class is one of its own so that what the compiler learns about these accesses is
 * not blurred by those of other element types. The buffer checks the indexes; what it
 * refuses, and what is closed, is left to the general access to report.
 */
final class RawLongArray extends RawArray<Long> {

	RawLongArray(Segment segment, SegmentOwner owner, SharedMemoryEngine engine, ElementType<Long> type,
			Elements<Long> elements, @Nullable SharedLock lock) {
		super(segment, owner, engine, type, elements, lock);
	}

	@Override
	public long getLong(long index) {
		LongBuffer longs = this.memory.longs();
		int narrow = (int) index;
		if (longs != null && narrow == index) {
			try {
				return longs.get(narrow);
			}
			catch (IndexOutOfBoundsException ex) {
				return super.getLong(index);
			}
		}
		return super.getLong(index);
	}

	@Override
	public void setLong(long index, long value) {
		LongBuffer longs = this.memory.longs();
		int narrow = (int) index;
		if (longs != null && narrow == index) {
			try {
				longs.put(narrow, value);
			}
			catch (IndexOutOfBoundsException ex) {
				super.setLong(index, value);
			}
		}
		else {
			super.setLong(index, value);
		}
	}

	@Override
	public long getAndAddLong(long index, long delta) {
		ByteBuffer whole = this.memory.whole();
		int narrow = (int) index;
		if (whole != null && narrow == index && narrow >= 0 && narrow < this.length) {
			return Bits.getAndAdd(whole, narrow << 3, delta);
		}
		return super.getAndAddLong(index, delta);
	}

}
