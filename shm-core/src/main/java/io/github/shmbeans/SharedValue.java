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

import java.util.function.UnaryOperator;

/**
 * One value in shared memory.
 * <p>
 * Each call is one step under the segment's lock, so it is never torn and is ordered with
 * every other locked access; a thread that holds {@link #lock()} may group several. An
 * unlocked value ({@link #raw()}, or opened without a lock) reads and writes with the
 * memory effects of {@code volatile} if it has 8 bytes or less, and without any guarantee
 * if it is larger.
 * <p>
 * Numbers out of the element type's range are refused with
 * {@link io.github.shmbeans.error.ValueOutOfRangeException}, never wrapped.
 *
 * @param <T> the Java type of the element type
 */
public interface SharedValue<T> extends SharedSegment {

	/**
	 * The element type.
	 * @return the type
	 */
	ElementType<T> elementType();

	/**
	 * Read the value.
	 * @return the value
	 */
	T get();

	/**
	 * Write the value.
	 * @param value the new value
	 */
	void set(T value);

	/**
	 * Replace the value by a function of it, in one locked step. Refused without a lock.
	 * @param operator the function; it may use this value, but should be short
	 * @return the new value
	 */
	T update(UnaryOperator<T> operator);

	/**
	 * Add to a number in one atomic step, also without the lock.
	 * @param delta the number to add
	 * @return the value before
	 * @throws io.github.shmbeans.error.ValueOutOfRangeException if the sum is out of the
	 * type's range; the value is then unchanged
	 */
	T getAndAdd(T delta);

	/**
	 * Write the value if it equals the expected one, in one atomic step, also without the
	 * lock. Numbers compare by their bits.
	 * @param expected the expected value
	 * @param value the new value
	 * @return {@code true} if it was written
	 */
	boolean compareAndSet(T expected, T value);

	/**
	 * Read an integer without allocation.
	 * @return the value
	 * @throws io.github.shmbeans.error.WrongTypeException if the element type is not an
	 * integer
	 * @throws ArithmeticException if an unsigned 64-bit value exceeds {@code long}
	 */
	long getLong();

	/**
	 * Write an integer without allocation.
	 * @param value the new value
	 */
	void setLong(long value);

	/**
	 * Read a number without allocation; 64-bit integers round to the nearest double.
	 * @return the value
	 */
	double getDouble();

	/**
	 * Write a floating-point number without allocation; a {@code float32} takes the
	 * nearest float.
	 * @param value the new value
	 */
	void setDouble(double value);

	/**
	 * The same memory without locking, as CPython's {@code get_obj()}.
	 * @return an unlocked view
	 */
	SharedValue<T> raw();

	/**
	 * The same memory under a given lock, as CPython's
	 * {@code sharedctypes.synchronized(obj, lock)}: also for a segment that has none of
	 * its own because another program made it. The lock excludes those who use it too,
	 * nobody else.
	 * @param lock a lock that a manager of this library has opened
	 * @return a view whose steps and {@link #lock()} are those of the lock
	 */
	SharedValue<T> synchronizedWith(SharedLock lock);

	/**
	 * Copy the value, read in one locked step, into a new segment.
	 * @param name the name of the new segment
	 * @return the copy
	 */
	SharedValue<T> copy(String name);

}
