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

import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;

import io.github.shmbeans.error.WrongTypeException;
import io.github.shmbeans.lock.Intent;
import io.github.shmbeans.lock.InterprocessLock;
import io.github.shmbeans.segment.Memory;
import io.github.shmbeans.type.Bits;
import io.github.shmbeans.type.Layout;
import io.github.shmbeans.type.Numbers;
import io.github.shmbeans.type.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * Element access with or without a lock: the one way to the data of values and arrays.
 * Unlocked {@code int64} and {@code float64} elements of segments up to 2 GiB go straight
 * to the buffer.
 *
 * @param <T> the Java type
 */
final class Elements<T> {

	private final Memory memory;

	private final Layout<T> layout;

	private final Bounds bounds;

	private final @Nullable InterprocessLock lock;

	private final int size;

	private final int code;

	private final Intent writeIntent;

	Elements(Memory memory, Layout<T> layout, @Nullable InterprocessLock lock) {
		this.memory = memory;
		this.layout = layout;
		this.lock = lock;
		this.size = layout.size();
		this.code = layout.code();
		this.bounds = new Bounds(memory.size() / this.size, this.size);
		this.writeIntent = layout.isWhole() ? Intent.WRITE_WHOLE : Intent.WRITE;
	}

	Elements<T> unlocked() {
		return new Elements<>(this.memory, this.layout, null);
	}

	Layout<T> layout() {
		return this.layout;
	}

	Memory memory() {
		return this.memory;
	}

	Bounds bounds() {
		return this.bounds;
	}

	boolean isLocked() {
		return this.lock != null;
	}

	/**
	 * Begin a step; {@link #end()} must follow.
	 */
	void begin(Intent intent) {
		if (intent != Intent.READ) {
			this.memory.requireWritable();
		}
		if (this.lock != null) {
			this.lock.enter(intent);
		}
	}

	void end() {
		if (this.lock != null) {
			this.lock.exit();
		}
	}

	T get(long index) {
		if (this.lock == null) {
			return read(index);
		}
		this.lock.enter(Intent.READ);
		try {
			return read(index);
		}
		finally {
			this.lock.exit();
		}
	}

	T read(long index) {
		long offset = this.bounds.offset(index);
		return this.layout.read(this.memory.window(offset), Memory.position(offset));
	}

	void set(long index, T value) {
		begin(this.writeIntent);
		try {
			write(index, value);
		}
		finally {
			end();
		}
	}

	void write(long index, T value) {
		long offset = this.bounds.offset(index);
		this.layout.write(this.memory.window(offset), Memory.position(offset), value);
	}

	T update(long index, UnaryOperator<T> operator) {
		if (this.lock == null) {
			throw new IllegalStateException(
					"Expected a lock for update, found none. Open the segment with a lock, or use compareAndSet in a loop");
		}
		begin(this.writeIntent);
		try {
			T value = operator.apply(read(index));
			write(index, value);
			return value;
		}
		finally {
			end();
		}
	}

	long getLong(long index) {
		if (this.lock == null) {
			return readLong(index);
		}
		this.lock.enter(Intent.READ);
		try {
			return readLong(index);
		}
		finally {
			this.lock.exit();
		}
	}

	private long readLong(long index) {
		ByteBuffer whole = this.memory.whole();
		if (whole != null && this.code == Scalar.INT64_CODE) {
			return whole.getLong(this.bounds.index(index) << 3);
		}
		return Numbers.toLong(scalar(), bits(index));
	}

	void setLong(long index, long value) {
		begin(Intent.WRITE_WHOLE);
		try {
			ByteBuffer whole = this.memory.whole();
			if (whole != null && this.code == Scalar.INT64_CODE) {
				whole.putLong(this.bounds.index(index) << 3, value);
			}
			else {
				setBits(index, Numbers.fromLong(scalar(), value));
			}
		}
		finally {
			end();
		}
	}

	int getInt(long index) {
		return Math.toIntExact(getLong(index));
	}

	void setInt(long index, int value) {
		setLong(index, value);
	}

	double getDouble(long index) {
		if (this.lock == null) {
			return readDouble(index);
		}
		this.lock.enter(Intent.READ);
		try {
			return readDouble(index);
		}
		finally {
			this.lock.exit();
		}
	}

	private double readDouble(long index) {
		ByteBuffer whole = this.memory.whole();
		if (whole != null && this.code == Scalar.FLOAT64_CODE) {
			return whole.getDouble(this.bounds.index(index) << 3);
		}
		return Numbers.toDouble(scalar(), bits(index));
	}

	void setDouble(long index, double value) {
		begin(Intent.WRITE_WHOLE);
		try {
			ByteBuffer whole = this.memory.whole();
			if (whole != null && this.code == Scalar.FLOAT64_CODE) {
				whole.putDouble(this.bounds.index(index) << 3, value);
			}
			else {
				setBits(index, Numbers.fromDouble(scalar(), value));
			}
		}
		finally {
			end();
		}
	}

	T getAndAdd(long index, T delta) {
		Scalar<T> scalar = scalar();
		begin(Intent.WRITE_WHOLE);
		try {
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
		finally {
			end();
		}
	}

	long getAndAddLong(long index, long delta) {
		if (this.code != Scalar.INT64_CODE) {
			throw new WrongTypeException("an element type of int64", this.layout.name(), "Use getAndAdd");
		}
		begin(Intent.WRITE_WHOLE);
		try {
			long offset = this.bounds.offset(index);
			return Bits.getAndAdd(this.memory.window(offset), Memory.position(offset), delta);
		}
		finally {
			end();
		}
	}

	boolean compareAndSet(long index, T expected, T value) {
		Scalar<T> scalar = scalar();
		begin(Intent.WRITE_WHOLE);
		try {
			long offset = this.bounds.offset(index);
			return Bits.compareAndSet(this.memory.window(offset), Memory.position(offset), this.size,
					scalar.encode(expected), scalar.encode(value));
		}
		finally {
			end();
		}
	}

	/**
	 * Read with the memory effects of {@code volatile} if the element is written by one
	 * store.
	 */
	T getVolatile(long index) {
		return this.layout.isWhole() ? scalar().decode(bitsVolatile(index)) : read(index);
	}

	void setVolatile(long index, T value) {
		if (this.layout.isWhole()) {
			setBitsVolatile(index, scalar().encode(value));
		}
		else {
			this.memory.requireWritable();
			write(index, value);
		}
	}

	long bitsVolatile(long index) {
		long offset = this.bounds.offset(index);
		return Bits.getVolatile(this.memory.window(offset), Memory.position(offset), this.size);
	}

	void setBitsVolatile(long index, long bits) {
		this.memory.requireWritable();
		long offset = this.bounds.offset(index);
		Bits.setVolatile(this.memory.window(offset), Memory.position(offset), this.size, bits);
	}

	private long bits(long index) {
		long offset = this.bounds.offset(index);
		return Bits.get(this.memory.window(offset), Memory.position(offset), this.size);
	}

	private void setBits(long index, long bits) {
		long offset = this.bounds.offset(index);
		Bits.set(this.memory.window(offset), Memory.position(offset), this.size, bits);
	}

	Scalar<T> scalar() {
		if (this.layout instanceof Scalar<T> scalar) {
			return scalar;
		}
		throw new WrongTypeException("a scalar element type", this.layout.name(), "Use get, set and update");
	}

}
