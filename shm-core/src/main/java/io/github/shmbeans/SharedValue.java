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

import io.github.shmbeans.error.LockTimeoutException;
import io.github.shmbeans.error.OwnerDiedException;
import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.error.WrongTypeException;

/**
 * One value in shared memory.
 * <p>
 * Each call is one step under the segment's lock: it is never torn, and it is ordered
 * with every other locked access. A thread that holds {@link #lock()} may group several.
 * An unlocked value ({@link #raw()}, or opened without a lock) reads and writes with the
 * memory effects of {@code volatile} if it has 8 bytes or less, and without any guarantee
 * if it is larger.
 * <p>
 * Numbers out of the element type's range are refused with
 * {@link ValueOutOfRangeException}, never wrapped. If a call throws, the value is
 * unchanged. {@link OwnerDiedException} and {@link LockTimeoutException} are thrown only
 * by calls that take a lock.
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
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	T get();

	/**
	 * Write the value.
	 * @param value the new value
	 * @throws ValueOutOfRangeException if the number is out of the type's range
	 * @throws WrongTypeException if the value is {@code null} or of another Java type
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void set(T value);

	/**
	 * Replace the value by a function of it, in one locked step.
	 * @param operator the function; it may use this value, but should be short
	 * @return the new value
	 * @throws ValueOutOfRangeException if the number is out of the type's range
	 * @throws WrongTypeException if the value is {@code null} or of another Java type
	 * @throws IllegalStateException if the segment was opened without a lock
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	T update(UnaryOperator<T> operator);

	/**
	 * Write the value and return the one before, in one atomic step. Structures need the
	 * lock for it, other types do not.
	 * @param value the new value
	 * @return the value before
	 * @throws ValueOutOfRangeException if the number is out of the type's range
	 * @throws WrongTypeException if the value is {@code null} or of another Java type
	 * @throws IllegalStateException if the element type is a structure and the segment
	 * was opened without a lock
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	T getAndSet(T value);

	/**
	 * Write the value if it equals the expected one, in one atomic step, also without the
	 * lock. Numbers compare by their bits.
	 * @param expected the expected value
	 * @param value the new value
	 * @return {@code true} if it was written
	 * @throws ValueOutOfRangeException if the number is out of the type's range
	 * @throws WrongTypeException if the value is {@code null} or of another Java type, or
	 * the element type is a structure
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	boolean compareAndSet(T expected, T value);

	/**
	 * Add to a number in one atomic step, also without the lock.
	 * @param delta the number to add: any number of the Java type, so that a negative one
	 * decreases an unsigned value
	 * @return the value before
	 * @throws WrongTypeException if the element type is not a number
	 * @throws ValueOutOfRangeException if the sum is out of the type's range, or the sum
	 * of two finite numbers is not finite; nothing is written
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	T getAndAdd(T delta);

	/**
	 * Add to a number in one atomic step, as {@link #getAndAdd}.
	 * @param delta the number to add; a negative one decreases the value
	 * @return the value after
	 * @throws WrongTypeException if the element type is not a number
	 * @throws ValueOutOfRangeException if the sum is out of the type's range, or the sum
	 * of two finite numbers is not finite; nothing is written
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	T addAndGet(T delta);

	/**
	 * Add 1 to a number in one atomic step, as {@link #getAndAdd}.
	 * @return the value after
	 * @throws WrongTypeException if the element type is not a number
	 * @throws ValueOutOfRangeException if the sum is out of the type's range, or the sum
	 * of two finite numbers is not finite; nothing is written
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	T incrementAndGet();

	/**
	 * Add to a signed 64-bit integer in one atomic step, without allocation. Unlike
	 * {@link #getAndAdd} it wraps, as
	 * {@link java.util.concurrent.atomic.AtomicLong#getAndAdd} does.
	 * @param delta the number to add
	 * @return the value before
	 * @throws WrongTypeException if the element type is not {@code int64}
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	long getAndAddLong(long delta);

	/**
	 * Read an integer without allocation.
	 * @return the value
	 * @throws WrongTypeException if the element type is not an integer
	 * @throws ArithmeticException if an unsigned 64-bit integer exceeds {@code long}
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	long getLong();

	/**
	 * Write an integer without allocation.
	 * @param value the new value
	 * @throws WrongTypeException if the element type is not an integer
	 * @throws ValueOutOfRangeException if the number is out of the type's range
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void setLong(long value);

	/**
	 * Read an integer that fits an {@code int}, without allocation.
	 * @return the value
	 * @throws WrongTypeException if the element type is not an integer
	 * @throws ArithmeticException if it does not fit
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	int getInt();

	/**
	 * Write an integer without allocation.
	 * @param value the new value
	 * @throws WrongTypeException if the element type is not an integer
	 * @throws ValueOutOfRangeException if the number is out of the type's range
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void setInt(int value);

	/**
	 * Read a number without allocation; 64-bit integers round to the nearest double.
	 * @return the value
	 * @throws WrongTypeException if the element type is not a number
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	double getDouble();

	/**
	 * Write a floating-point number without allocation; a {@code float32} takes the
	 * nearest float.
	 * @param value the new value
	 * @throws WrongTypeException if the element type is not a floating-point number
	 * @throws ValueOutOfRangeException if the number is out of the type's range
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
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
	 * its own because another program made it. The lock excludes only those who use it
	 * too.
	 * @param lock a lock that a manager of this library has opened
	 * @return a view whose steps and {@link #lock()} are those of the lock
	 * @throws IllegalArgumentException if the lock is not one of this library
	 * @throws SegmentClosedException if the segment is closed
	 */
	SharedValue<T> synchronizedWith(SharedLock lock);

	/**
	 * Copy the value, read in one locked step, into a new segment.
	 * @param name the name of the new segment
	 * @return the copy, which is locked and belongs to the same manager
	 * @throws io.github.shmbeans.error.SegmentExistsException if the name is taken
	 * @throws io.github.shmbeans.error.SharedMemoryException if it cannot be created;
	 * nothing is left behind
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	SharedValue<T> copy(String name);

}
