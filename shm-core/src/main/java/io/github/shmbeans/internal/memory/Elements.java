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

import java.util.function.UnaryOperator;

import io.github.shmbeans.engine.ElementCodec;
import io.github.shmbeans.error.WrongTypeException;
import io.github.shmbeans.internal.lock.AbstractSharedLock;
import io.github.shmbeans.internal.lock.Intent;
import io.github.shmbeans.internal.segment.Memory;
import io.github.shmbeans.internal.type.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * Elements with or without a lock: the one way to the data of values and arrays.
 *
 * @param <T> the Java type
 */
final class Elements<T> extends RawElements<T> {

	private final @Nullable AbstractSharedLock lock;

	private final Intent writeIntent;

	Elements(Memory memory, ElementCodec<T> codec, @Nullable AbstractSharedLock lock) {
		super(memory, codec);
		this.lock = lock;
		this.writeIntent = codec.isWhole() ? Intent.WRITE_WHOLE : Intent.WRITE;
	}

	Elements<T> lockedBy(@Nullable AbstractSharedLock lock) {
		return new Elements<>(memory(), codec(), lock);
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
		memory().requireWritable();
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
			throw new IllegalStateException(
					"Expected a lock for update, found none. Open the segment with a lock, or use compareAndSet in a loop");
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
		if (code() != Scalar.INT64_CODE) {
			throw new WrongTypeException("an element type of int64", codec().name(), "Use getAndAdd");
		}
		AbstractSharedLock lock = beginWrite(Intent.WRITE_WHOLE);
		try {
			return addLong(index, delta);
		}
		finally {
			leave(lock);
		}
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

}
