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

import io.github.shmbeans.engine.ElementCodec;
import io.github.shmbeans.error.WrongTypeException;
import io.github.shmbeans.internal.segment.Memory;
import io.github.shmbeans.internal.type.Bits;
import io.github.shmbeans.internal.type.Numbers;
import io.github.shmbeans.internal.type.Scalar;

/**
 * Elements in memory, without a lock. Of segments up to 2 GiB, {@code int64} and
 * {@code float64} elements go straight to the buffer, and so do those of all types that
 * are read and written as objects: it is one check less than to look for the window.
 *
 * @param <T> the Java type
 */
sealed class RawElements<T> permits Elements {

	private final Memory memory;

	private final ElementCodec<T> codec;

	private final Bounds bounds;

	private final int size;

	private final int code;

	RawElements(Memory memory, ElementCodec<T> codec) {
		this.memory = memory;
		this.codec = codec;
		this.size = codec.size();
		this.code = codec.code();
		this.bounds = new Bounds(memory.size() / this.size, this.size);
	}

	final ElementCodec<T> codec() {
		return this.codec;
	}

	final int code() {
		return this.code;
	}

	final Memory memory() {
		return this.memory;
	}

	final Bounds bounds() {
		return this.bounds;
	}

	final T read(long index) {
		long offset = this.bounds.offset(index);
		ByteBuffer whole = this.memory.whole();
		if (whole != null) {
			return this.codec.read(whole, (int) offset);
		}
		return this.codec.read(this.memory.window(offset), Memory.position(offset));
	}

	final void write(long index, T value) {
		long offset = this.bounds.offset(index);
		ByteBuffer whole = this.memory.whole();
		if (whole != null) {
			this.codec.write(whole, (int) offset, value);
		}
		else {
			this.codec.write(this.memory.window(offset), Memory.position(offset), value);
		}
	}

	final long readLong(long index) {
		ByteBuffer whole = this.memory.whole();
		if (whole != null && this.code == Scalar.INT64_CODE) {
			return whole.getLong(this.bounds.index(index) << 3);
		}
		return Numbers.toLong(scalar(), bits(index));
	}

	final void writeLong(long index, long value) {
		ByteBuffer whole = this.memory.whole();
		if (whole != null && this.code == Scalar.INT64_CODE) {
			whole.putLong(this.bounds.index(index) << 3, value);
		}
		else {
			setBits(index, Numbers.fromLong(scalar(), value));
		}
	}

	final double readDouble(long index) {
		ByteBuffer whole = this.memory.whole();
		if (whole != null && this.code == Scalar.FLOAT64_CODE) {
			return whole.getDouble(this.bounds.index(index) << 3);
		}
		return Numbers.toDouble(scalar(), bits(index));
	}

	final void writeDouble(long index, double value) {
		ByteBuffer whole = this.memory.whole();
		if (whole != null && this.code == Scalar.FLOAT64_CODE) {
			whole.putDouble(this.bounds.index(index) << 3, value);
		}
		else {
			setBits(index, Numbers.fromDouble(scalar(), value));
		}
	}

	@SuppressWarnings("unchecked")
	final T add(Scalar<T> scalar, long index, T delta) {
		if (this.code == Scalar.INT64_CODE && delta instanceof Long number) {
			return (T) (Long) addExact(index, number);
		}
		scalar.encode(delta);
		long offset = this.bounds.offset(index);
		ByteBuffer window = this.memory.window(offset);
		int at = Memory.position(offset);
		while (true) {
			long found = Bits.getVolatile(window, at, this.size);
			T value = scalar.decode(found);
			long sum = scalar.encode(Numbers.add(scalar, value, delta));
			if (Bits.compareAndSet(window, at, this.size, found, sum)) {
				return value;
			}
		}
	}

	private long addExact(long index, long delta) {
		long offset = this.bounds.offset(index);
		ByteBuffer window = this.memory.window(offset);
		int at = Memory.position(offset);
		while (true) {
			long found = Bits.getVolatile(window, at, Long.BYTES);
			if (Bits.compareAndSet(window, at, Long.BYTES, found, Numbers.addExact(found, delta))) {
				return found;
			}
		}
	}

	final long addLong(long index, long delta) {
		long offset = this.bounds.offset(index);
		return Bits.getAndAdd(this.memory.window(offset), Memory.position(offset), delta);
	}

	final boolean exchange(long index, long expected, long bits) {
		long offset = this.bounds.offset(index);
		return Bits.compareAndSet(this.memory.window(offset), Memory.position(offset), this.size, expected, bits);
	}

	/**
	 * Read with the memory effects of {@code volatile} if the element is written by one
	 * store.
	 */
	final T getVolatile(long index) {
		return this.codec.isWhole() ? scalar().decode(bitsVolatile(index)) : read(index);
	}

	final void setVolatile(long index, T value) {
		if (this.codec.isWhole()) {
			setBitsVolatile(index, scalar().encode(value));
		}
		else {
			this.memory.requireWritable();
			write(index, value);
		}
	}

	final long bitsVolatile(long index) {
		long offset = this.bounds.offset(index);
		return Bits.getVolatile(this.memory.window(offset), Memory.position(offset), this.size);
	}

	final void setBitsVolatile(long index, long bits) {
		this.memory.requireWritable();
		long offset = this.bounds.offset(index);
		Bits.setVolatile(this.memory.window(offset), Memory.position(offset), this.size, bits);
	}

	final long bits(long index) {
		long offset = this.bounds.offset(index);
		return Bits.get(this.memory.window(offset), Memory.position(offset), this.size);
	}

	final void setBits(long index, long bits) {
		long offset = this.bounds.offset(index);
		Bits.set(this.memory.window(offset), Memory.position(offset), this.size, bits);
	}

	final Scalar<T> scalar() {
		if (this.codec instanceof Scalar<T> scalar) {
			return scalar;
		}
		throw new WrongTypeException("a scalar element type", this.codec.name(), "Use get, set and update");
	}

}
