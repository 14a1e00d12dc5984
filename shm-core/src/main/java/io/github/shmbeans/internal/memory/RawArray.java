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

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.engine.SegmentOwner;
import io.github.shmbeans.internal.segment.Memory;
import io.github.shmbeans.internal.segment.Segment;
import org.jspecify.annotations.Nullable;

/**
 * 64-bit elements without a lock, in a segment of up to 2 GiB that may be written.
 *
 * @param <T> the Java type of the elements
 */
abstract sealed class RawArray<T> extends DefaultSharedArray<T> permits RawLongArray, RawDoubleArray {

	/**
	 * After how many calls JDK 17 inlines a method of this size: MinInliningThreshold.
	 */
	private static final int INLINED_AFTER = 250;

	private static boolean inlined;

	final Memory memory;

	final int length;

	RawArray(Segment segment, SegmentOwner owner, SharedMemoryEngine engine, ElementType<T> type, Elements<T> elements,
			@Nullable SharedLock lock) {
		super(segment, owner, engine, type, elements, lock);
		this.memory = elements.memory();
		this.length = Math.toIntExact(elements.bounds().length());
		if (!inlined) {
			callLengthOften();
		}
	}

	/**
	 * The mask changes nothing, but tells the compiler the range, without which it makes
	 * no vector instructions of simple loops that write.
	 */
	@Override
	public final long length() {
		return this.length & Memory.MOST_LONGS;
	}

	/**
	 * A loop over a length that was read before it is mostly compiled before the length
	 * was read so often. Without this the call would remain, and the range unknown.
	 */
	private void callLengthOften() {
		for (int i = 0; i <= INLINED_AFTER; i++) {
			length();
		}
		inlined = true;
	}

}
