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
import java.util.function.UnaryOperator;

import io.github.shmbeans.engine.ElementCodec;
import io.github.shmbeans.error.WrongTypeException;
import io.github.shmbeans.internal.lock.AbstractSharedLock;
import io.github.shmbeans.internal.lock.Intent;
import io.github.shmbeans.internal.segment.Memory;
import io.github.shmbeans.internal.type.Bits;
import io.github.shmbeans.internal.type.Numbers;
import io.github.shmbeans.internal.type.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a value or an array, with or without a lock: the one way to the data.
 * The methods that are named after an accessor take the lock. {@code read…},
 * {@code write…} and those below do not. Of segments up to 2 GiB, {@code int64} and
 * {@code float64} elements go straight to the buffer, and so do those of all types that
 * are read and written as objects: it is one check less than to look for the window.
 *
 * @param <T> the Java type
 */
final class Elements<T> {

	private final Memory memory;

	private final ElementCodec<T> codec;

	private final Bounds bounds;

	private final int size;

	private final int code;

	private final @Nullable AbstractSharedLock lock;

	private final Intent writeIntent;

	Elements(Memory memory, ElementCodec<T> codec, @Nullable AbstractSharedLock lock) {
		this.memory = memory;
		this.codec = codec;
		this.size = codec.size();
		this.code = codec.code();
		this.bounds = new Bounds(memory.size() / this.size, this.size);
		this.lock = lock;
		this.writeIntent = codec.isWhole() ? Intent.WRITE_WHOLE : Intent.WRITE;
	}

	Elements<T> lockedBy(@Nullable AbstractSharedLock lock) {
		return new Elements<>(this.memory, this.codec, lock);
	}

	ElementCodec<T> codec() {
		return this.codec;
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
			beginWrite(intent);
		}
		else if (this.lock != null) {
			this.lock.enter(intent);
		}
	}

	void end() {
		leave(this.lock);
	}

	/**
	 * Begin a step that writes.
	 * @return what {@link #leave} is to free: read once, it is checked once
	 */
	private @Nullable AbstractSharedLock beginWrite(Intent intent) {
		this.memory.requireWritable();
		AbstractSharedLock lock = this.lock;
		if (lock != null) {
			lock.enter(intent);
		}
		return lock;
	}

	private static void leave(@Nullable AbstractSharedLock lock) {
		if (lock != null) {
			lock.exit();
		}
	}

	/**
	 * Copy all bytes, in one locked step.
	 */
	void copyTo(Memory target) {
		begin(Intent.READ);
		try {
			int step = 1 << 30;
			for (long offset = 0; offset < this.memory.size(); offset += step) {
				int count = (int) Math.min(step, this.memory.size() - offset);
				target.slice(offset, count).put(this.memory.slice(offset, count));
			}
		}
		finally {
			end();
		}
	}

	T get(long index) {
		AbstractSharedLock lock = this.lock;
		if (lock == null) {
			return read(index);
		}
		lock.enter(Intent.READ);
		try {
			return read(index);
		}
		finally {
			lock.exit();
		}
	}

	void set(long index, T value) {
		AbstractSharedLock lock = beginWrite(this.writeIntent);
		try {
			write(index, value);
		}
		finally {
			leave(lock);
		}
	}

	T update(long index, UnaryOperator<T> operator) {
		if (this.lock == null) {
			throw requiresLock("update");
		}
		AbstractSharedLock lock = beginWrite(this.writeIntent);
		try {
			T value = operator.apply(read(index));
			write(index, value);
			return value;
		}
		finally {
			leave(lock);
		}
	}

	private IllegalStateException requiresLock(String step) {
		return new IllegalStateException("Expected a lock for %s, found none. Open the segment with a lock%s"
			.formatted(step, this.codec.isWhole() ? ", or use compareAndSet in a loop" : ""));
	}

	long getLong(long index) {
		AbstractSharedLock lock = this.lock;
		if (lock == null) {
			return readLong(index);
		}
		lock.enter(Intent.READ);
		try {
			return readLong(index);
		}
		finally {
			lock.exit();
		}
	}

	void setLong(long index, long value) {
		AbstractSharedLock lock = beginWrite(Intent.WRITE_WHOLE);
		try {
			writeLong(index, value);
		}
		finally {
			leave(lock);
		}
	}

	int getInt(long index) {
		return Math.toIntExact(getLong(index));
	}

	void setInt(long index, int value) {
		setLong(index, value);
	}

	double getDouble(long index) {
		AbstractSharedLock lock = this.lock;
		if (lock == null) {
			return readDouble(index);
		}
		lock.enter(Intent.READ);
		try {
			return readDouble(index);
		}
		finally {
			lock.exit();
		}
	}

	void setDouble(long index, double value) {
		AbstractSharedLock lock = beginWrite(Intent.WRITE_WHOLE);
		try {
			writeDouble(index, value);
		}
		finally {
			leave(lock);
		}
	}

	T getAndAdd(long index, T delta) {
		Scalar<T> scalar = scalar();
		AbstractSharedLock lock = beginWrite(Intent.WRITE_WHOLE);
		try {
			return add(scalar, index, delta);
		}
		finally {
			leave(lock);
		}
	}

	long getAndAddLong(long index, long delta) {
		if (this.code != Scalar.INT64_CODE) {
			throw new WrongTypeException("an element type of int64", this.codec.name(), "Use getAndAdd");
		}
		AbstractSharedLock lock = beginWrite(Intent.WRITE_WHOLE);
		try {
			return addLong(index, delta);
		}
		finally {
			leave(lock);
		}
	}

	T addAndGet(long index, T delta) {
		return Numbers.add(scalar(), getAndAdd(index, delta), delta);
	}

	T incrementAndGet(long index) {
		return addAndGet(index, Numbers.one(scalar()));
	}

	T getAndSet(long index, T value) {
		if (this.lock == null && !this.codec.isWhole()) {
			throw requiresLock("getAndSet");
		}
		AbstractSharedLock lock = beginWrite(this.writeIntent);
		try {
			return this.codec.isWhole() ? swap(index, scalar().encode(value)) : replace(index, value);
		}
		finally {
			leave(lock);
		}
	}

	private T replace(long index, T value) {
		T before = read(index);
		write(index, value);
		return before;
	}

	boolean compareAndSet(long index, T expected, T value) {
		Scalar<T> scalar = scalar();
		AbstractSharedLock lock = beginWrite(Intent.WRITE_WHOLE);
		try {
			return exchange(index, scalar.encode(expected), scalar.encode(value));
		}
		finally {
			leave(lock);
		}
	}

	T read(long index) {
		long offset = this.bounds.offset(index);
		ByteBuffer whole = this.memory.whole();
		if (whole != null) {
			return this.codec.read(whole, (int) offset);
		}
		return this.codec.read(this.memory.window(offset), Memory.position(offset));
	}

	void write(long index, T value) {
		long offset = this.bounds.offset(index);
		ByteBuffer whole = this.memory.whole();
		if (whole != null) {
			this.codec.write(whole, (int) offset, value);
		}
		else {
			this.codec.write(this.memory.window(offset), Memory.position(offset), value);
		}
	}

	private long readLong(long index) {
		ByteBuffer whole = this.memory.whole();
		if (whole != null && this.code == Scalar.INT64_CODE) {
			return whole.getLong(this.bounds.index(index) << 3);
		}
		return Numbers.toLong(scalar(), bits(index));
	}

	private void writeLong(long index, long value) {
		ByteBuffer whole = this.memory.whole();
		if (whole != null && this.code == Scalar.INT64_CODE) {
			whole.putLong(this.bounds.index(index) << 3, value);
		}
		else {
			setBits(index, Numbers.fromLong(scalar(), value));
		}
	}

	private double readDouble(long index) {
		ByteBuffer whole = this.memory.whole();
		if (whole != null && this.code == Scalar.FLOAT64_CODE) {
			return whole.getDouble(this.bounds.index(index) << 3);
		}
		return Numbers.toDouble(scalar(), bits(index));
	}

	private void writeDouble(long index, double value) {
		ByteBuffer whole = this.memory.whole();
		if (whole != null && this.code == Scalar.FLOAT64_CODE) {
			whole.putDouble(this.bounds.index(index) << 3, value);
		}
		else {
			setBits(index, Numbers.fromDouble(scalar(), value));
		}
	}

	@SuppressWarnings("unchecked")
	private T add(Scalar<T> scalar, long index, T delta) {
		if (this.code == Scalar.INT64_CODE && delta instanceof Long number) {
			return (T) (Long) addExact(index, number);
		}
		scalar.requireJavaType(delta);
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

	private long addLong(long index, long delta) {
		long offset = this.bounds.offset(index);
		return Bits.getAndAdd(this.memory.window(offset), Memory.position(offset), delta);
	}

	private T swap(long index, long bits) {
		long offset = this.bounds.offset(index);
		ByteBuffer window = this.memory.window(offset);
		int at = Memory.position(offset);
		while (true) {
			long found = Bits.getVolatile(window, at, this.size);
			if (Bits.compareAndSet(window, at, this.size, found, bits)) {
				return scalar().decode(found);
			}
		}
	}

	private boolean exchange(long index, long expected, long bits) {
		long offset = this.bounds.offset(index);
		return Bits.compareAndSet(this.memory.window(offset), Memory.position(offset), this.size, expected, bits);
	}

	/**
	 * Read with the memory effects of {@code volatile} if the element is written by one
	 * store.
	 */
	T getVolatile(long index) {
		return this.codec.isWhole() ? scalar().decode(bitsVolatile(index)) : read(index);
	}

	void setVolatile(long index, T value) {
		if (this.codec.isWhole()) {
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
		if (this.codec instanceof Scalar<T> scalar) {
			return scalar;
		}
		throw new WrongTypeException("a scalar element type", this.codec.name(), "Use get, set and update");
	}

}
