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

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.Objects;

import io.github.shmbeans.error.WrongTypeException;
import io.github.shmbeans.internal.segment.Memory;
import io.github.shmbeans.internal.type.Family;
import io.github.shmbeans.internal.type.Scalar;

/**
 * Copies runs of elements between a segment and Java arrays, at most 1 GiB at a time.
 */
final class BulkTransfer {

	private static final int STEP = 1 << 30;

	private final Elements<?> elements;

	private final int size;

	BulkTransfer(Elements<?> elements) {
		this.elements = elements;
		this.size = elements.codec().size();
	}

	/**
	 * Check that a transfer is possible, before anything is copied.
	 */
	void check(long from, Object array, int offset, int count) {
		Objects.requireNonNull(array, "array");
		Scalar<?> scalar = this.elements.scalar();
		boolean floating = array instanceof float[] || array instanceof double[];
		if (width(array) != this.size || floating != (scalar.family() == Family.FLOATING)) {
			throw new WrongTypeException("a primitive array for " + scalar.name(), array.getClass().getSimpleName(),
					"Use the array type of the same width");
		}
		Objects.checkFromIndexSize(offset, count, Array.getLength(array));
		this.elements.bounds().requireRange(from, count);
	}

	private static int width(Object array) {
		if (array instanceof byte[]) {
			return Byte.BYTES;
		}
		if (array instanceof short[]) {
			return Short.BYTES;
		}
		if (array instanceof int[] || array instanceof float[]) {
			return Integer.BYTES;
		}
		return (array instanceof long[] || array instanceof double[]) ? Long.BYTES : 0;
	}

	void read(long from, Object target, int offset, int count) {
		int step = STEP / this.size;
		int done = 0;
		while (done < count) {
			int now = Math.min(step, count - done);
			get(view(from + done, now), target, offset + done, now);
			done += now;
		}
	}

	void write(long from, Object source, int offset, int count) {
		int step = STEP / this.size;
		int done = 0;
		while (done < count) {
			int now = Math.min(step, count - done);
			put(view(from + done, now), source, offset + done, now);
			done += now;
		}
	}

	private ByteBuffer view(long from, int count) {
		Memory memory = this.elements.memory();
		memory.requireOpen();
		return memory.slice(from * this.size, count * this.size);
	}

	private static void get(ByteBuffer view, Object target, int offset, int count) {
		if (target instanceof byte[] bytes) {
			view.get(bytes, offset, count);
		}
		else if (target instanceof short[] shorts) {
			view.asShortBuffer().get(shorts, offset, count);
		}
		else if (target instanceof int[] ints) {
			view.asIntBuffer().get(ints, offset, count);
		}
		else if (target instanceof long[] longs) {
			view.asLongBuffer().get(longs, offset, count);
		}
		else if (target instanceof float[] floats) {
			view.asFloatBuffer().get(floats, offset, count);
		}
		else {
			view.asDoubleBuffer().get((double[]) target, offset, count);
		}
	}

	private static void put(ByteBuffer view, Object source, int offset, int count) {
		if (source instanceof byte[] bytes) {
			view.put(bytes, offset, count);
		}
		else if (source instanceof short[] shorts) {
			view.asShortBuffer().put(shorts, offset, count);
		}
		else if (source instanceof int[] ints) {
			view.asIntBuffer().put(ints, offset, count);
		}
		else if (source instanceof long[] longs) {
			view.asLongBuffer().put(longs, offset, count);
		}
		else if (source instanceof float[] floats) {
			view.asFloatBuffer().put(floats, offset, count);
		}
		else {
			view.asDoubleBuffer().put((double[]) source, offset, count);
		}
	}

}
