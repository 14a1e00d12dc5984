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
import java.util.Objects;

import io.github.shmbeans.error.WrongTypeException;
import io.github.shmbeans.internal.lock.Intent;
import io.github.shmbeans.internal.segment.Memory;
import io.github.shmbeans.internal.type.Family;
import io.github.shmbeans.internal.type.Scalar;

/**
 * Copies runs of elements between a segment and Java arrays, each in one step. What goes
 * to and from primitive arrays is copied as bytes, at most 1 GiB at a time.
 *
 * @param elements the elements
 * @param <T> their Java type
 */
record BulkTransfer<T>(Elements<T> elements) {

	private static final int PIECE = 1 << 30;

	void read(long from, byte[] target, int offset, int count) {
		requirePossible(byte[].class, from, target.length, offset, count);
		transfer(Intent.READ, from, offset, count, (view, at, length) -> view.get(target, at, length));
	}

	void write(long from, byte[] source, int offset, int count) {
		requirePossible(byte[].class, from, source.length, offset, count);
		transfer(Intent.WRITE, from, offset, count, (view, at, length) -> view.put(source, at, length));
	}

	void read(long from, short[] target, int offset, int count) {
		requirePossible(short[].class, from, target.length, offset, count);
		transfer(Intent.READ, from, offset, count, (view, at, length) -> view.asShortBuffer().get(target, at, length));
	}

	void write(long from, short[] source, int offset, int count) {
		requirePossible(short[].class, from, source.length, offset, count);
		transfer(Intent.WRITE, from, offset, count, (view, at, length) -> view.asShortBuffer().put(source, at, length));
	}

	void read(long from, int[] target, int offset, int count) {
		requirePossible(int[].class, from, target.length, offset, count);
		transfer(Intent.READ, from, offset, count, (view, at, length) -> view.asIntBuffer().get(target, at, length));
	}

	void write(long from, int[] source, int offset, int count) {
		requirePossible(int[].class, from, source.length, offset, count);
		transfer(Intent.WRITE, from, offset, count, (view, at, length) -> view.asIntBuffer().put(source, at, length));
	}

	void read(long from, long[] target, int offset, int count) {
		requirePossible(long[].class, from, target.length, offset, count);
		transfer(Intent.READ, from, offset, count, (view, at, length) -> view.asLongBuffer().get(target, at, length));
	}

	void write(long from, long[] source, int offset, int count) {
		requirePossible(long[].class, from, source.length, offset, count);
		transfer(Intent.WRITE, from, offset, count, (view, at, length) -> view.asLongBuffer().put(source, at, length));
	}

	void read(long from, float[] target, int offset, int count) {
		requirePossible(float[].class, from, target.length, offset, count);
		transfer(Intent.READ, from, offset, count, (view, at, length) -> view.asFloatBuffer().get(target, at, length));
	}

	void write(long from, float[] source, int offset, int count) {
		requirePossible(float[].class, from, source.length, offset, count);
		transfer(Intent.WRITE, from, offset, count, (view, at, length) -> view.asFloatBuffer().put(source, at, length));
	}

	void read(long from, double[] target, int offset, int count) {
		requirePossible(double[].class, from, target.length, offset, count);
		transfer(Intent.READ, from, offset, count, (view, at, length) -> view.asDoubleBuffer().get(target, at, length));
	}

	void write(long from, double[] source, int offset, int count) {
		requirePossible(double[].class, from, source.length, offset, count);
		transfer(Intent.WRITE, from, offset, count,
				(view, at, length) -> view.asDoubleBuffer().put(source, at, length));
	}

	void read(long from, T[] target, int offset, int count) {
		requireRanges(from, target.length, offset, count);
		this.elements.begin(Intent.READ);
		try {
			for (int i = 0; i < count; i++) {
				target[offset + i] = this.elements.read(from + i);
			}
		}
		finally {
			this.elements.end();
		}
	}

	void write(long from, T[] source, int offset, int count) {
		requireRanges(from, source.length, offset, count);
		for (int i = 0; i < count; i++) {
			this.elements.codec().requireValid(source[offset + i]);
		}
		this.elements.begin(Intent.WRITE);
		try {
			for (int i = 0; i < count; i++) {
				this.elements.write(from + i, source[offset + i]);
			}
		}
		finally {
			this.elements.end();
		}
	}

	private void requirePossible(Class<?> array, long from, int length, int offset, int count) {
		Scalar<T> scalar = this.elements.scalar();
		if (array != arrayType(scalar)) {
			throw new WrongTypeException("a %s for %s".formatted(arrayType(scalar).getSimpleName(), scalar.name()),
					array.getSimpleName(), "Use the array type of the same width");
		}
		requireRanges(from, length, offset, count);
	}

	private static Class<?> arrayType(Scalar<?> scalar) {
		boolean floating = scalar.family() == Family.FLOATING;
		return switch (scalar.size()) {
			case 1 -> byte[].class;
			case 2 -> short[].class;
			case 4 -> floating ? float[].class : int[].class;
			default -> floating ? double[].class : long[].class;
		};
	}

	private void requireRanges(long from, int length, int offset, int count) {
		Objects.checkFromIndexSize(offset, count, length);
		this.elements.bounds().requireRange(from, count);
	}

	private void transfer(Intent intent, long from, int offset, int count, Copy copy) {
		this.elements.begin(intent);
		try {
			int size = this.elements.codec().size();
			int piece = PIECE / size;
			for (int done = 0; done < count; done += Math.min(piece, count - done)) {
				int length = Math.min(piece, count - done);
				copy.copy(view((from + done) * size, length * size), offset + done, length);
			}
		}
		finally {
			this.elements.end();
		}
	}

	private ByteBuffer view(long offset, int length) {
		Memory memory = this.elements.memory();
		memory.requireOpen();
		return memory.slice(offset, length);
	}

	/**
	 * Copies between a view of some elements and a Java array.
	 */
	private interface Copy {

		void copy(ByteBuffer view, int at, int length);

	}

}
