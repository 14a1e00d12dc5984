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

import java.nio.DoubleBuffer;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.engine.SegmentOwner;
import io.github.shmbeans.internal.segment.Segment;
import org.jspecify.annotations.Nullable;

/**
 * {@code float64} elements without a lock, in a segment of up to 2 GiB that may be
 * written. The class is one of its own so that what the compiler learns about these
 * accesses is not blurred by those of other element types. The buffer checks the indexes;
 * what it refuses, and what is closed, is left to the general access to report.
 */
final class RawDoubleArray extends RawArray<Double> {

	RawDoubleArray(Segment segment, SegmentOwner owner, SharedMemoryEngine engine, ElementType<Double> type,
			Elements<Double> elements, @Nullable SharedLock lock) {
		super(segment, owner, engine, type, elements, lock);
	}

	@Override
	public double getDouble(long index) {
		DoubleBuffer doubles = this.memory.doubles();
		int narrow = (int) index;
		if (doubles != null && narrow == index) {
			try {
				return doubles.get(narrow);
			}
			catch (IndexOutOfBoundsException ex) {
				return super.getDouble(index);
			}
		}
		return super.getDouble(index);
	}

	@Override
	public void setDouble(long index, double value) {
		DoubleBuffer doubles = this.memory.doubles();
		int narrow = (int) index;
		if (doubles != null && narrow == index) {
			try {
				doubles.put(narrow, value);
			}
			catch (IndexOutOfBoundsException ex) {
				super.setDouble(index, value);
			}
		}
		else {
			super.setDouble(index, value);
		}
	}

}
