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
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Elements of one type in shared memory, one after the other.
 * <p>
 * With a lock, each call is one locked step: untorn, and ordered with every other locked
 * access; a thread that holds {@link #lock()} may group several. Without a lock
 * ({@link #raw()}, or opened so) reads and writes are plain, as those of a Java array: an
 * aligned element of 8 bytes or less is not torn, but what others write is seen late
 * unless {@link #getAndAdd} and {@link #compareAndSet}, which are always atomic with the
 * effects of {@code volatile}, or another synchronization order it. A plain loop that
 * does nothing else may run on in ignorance of a {@link #close()} by another thread,
 * reading zeros.
 * <p>
 * Indexes count from 0. Numbers out of the element type's range are refused with
 * {@link io.github.shmbeans.error.ValueOutOfRangeException}, never wrapped. Bulk
 * transfers convert nothing: they take the Java array type of the same width.
 *
 * @param <T> the Java type of the element type
 */
public interface SharedArray<T> extends SharedSegment {

	/**
	 * The element type.
	 * @return the type
	 */
	ElementType<T> elementType();

	/**
	 * The number of elements.
	 * @return the length, at least 1
	 */
	long length();

	/**
	 * Read an element.
	 * @param index from 0 to length - 1
	 * @return the element
	 * @throws IndexOutOfBoundsException if there is no such element
	 */
	T get(long index);

	/**
	 * Write an element.
	 * @param index from 0 to length - 1
	 * @param value the new element
	 * @throws IndexOutOfBoundsException if there is no such element
	 */
	void set(long index, T value);

	/**
	 * Replace an element by a function of it, in one locked step. Refused without a lock.
	 * @param index from 0 to length - 1
	 * @param operator the function; it should be short
	 * @return the new element
	 */
	T update(long index, UnaryOperator<T> operator);

	/**
	 * Read an integer element without allocation.
	 * @param index from 0 to length - 1
	 * @return the element
	 * @throws io.github.shmbeans.error.WrongTypeException if the element type is not an
	 * integer
	 * @throws ArithmeticException if an unsigned 64-bit element exceeds {@code long}
	 */
	long getLong(long index);

	/**
	 * Write an integer element without allocation.
	 * @param index from 0 to length - 1
	 * @param value the new element
	 */
	void setLong(long index, long value);

	/**
	 * Read an integer element that fits an {@code int}, without allocation.
	 * @param index from 0 to length - 1
	 * @return the element
	 * @throws ArithmeticException if it does not fit
	 */
	int getInt(long index);

	/**
	 * Write an integer element without allocation.
	 * @param index from 0 to length - 1
	 * @param value the new element
	 */
	void setInt(long index, int value);

	/**
	 * Read a number without allocation; 64-bit integers round to the nearest double.
	 * @param index from 0 to length - 1
	 * @return the element
	 */
	double getDouble(long index);

	/**
	 * Write a floating-point number without allocation; a {@code float32} takes the
	 * nearest float.
	 * @param index from 0 to length - 1
	 * @param value the new element
	 */
	void setDouble(long index, double value);

	/**
	 * Add to a number in one atomic step, also without the lock.
	 * @param index from 0 to length - 1
	 * @param delta the number to add
	 * @return the element before
	 * @throws io.github.shmbeans.error.ValueOutOfRangeException if the sum is out of the
	 * type's range; the element is then unchanged
	 */
	T getAndAdd(long index, T delta);

	/**
	 * Add to a signed 64-bit element without allocation, wrapping as
	 * {@link java.util.concurrent.atomic.AtomicLongArray#getAndAdd} does.
	 * @param index from 0 to length - 1
	 * @param delta the number to add
	 * @return the element before
	 * @throws io.github.shmbeans.error.WrongTypeException if the element type is not
	 * {@code int64}
	 */
	long getAndAddLong(long index, long delta);

	/**
	 * Write an element if it equals the expected one, in one atomic step, also without
	 * the lock. Numbers compare by their bits.
	 * @param index from 0 to length - 1
	 * @param expected the expected element
	 * @param value the new element
	 * @return {@code true} if it was written
	 */
	boolean compareAndSet(long index, T expected, T value);

	/**
	 * Copy elements out, in one locked step.
	 * @param from the first element
	 * @param target a primitive array of the element type's width: {@code byte[]},
	 * {@code short[]}, {@code int[]}, {@code long[]}, {@code float[]} or {@code double[]}
	 * @param offset where in the target to begin
	 * @param count the number of elements
	 */
	void read(long from, Object target, int offset, int count);

	/**
	 * Copy elements in, in one locked step.
	 * @param from the first element
	 * @param source a primitive array of the element type's width: {@code byte[]},
	 * {@code short[]}, {@code int[]}, {@code long[]}, {@code float[]} or {@code double[]}
	 * @param offset where in the source to begin
	 * @param count the number of elements
	 */
	void write(long from, Object source, int offset, int count);

	/**
	 * Read some elements in one locked step. Unlike those of ctypes, slices have neither
	 * negative indexes nor steps: count from {@link #length()}, and pick from the copy.
	 * @param from the first element
	 * @param to the element after the last
	 * @return a copy
	 */
	List<T> slice(long from, long to);

	/**
	 * Write some elements in one locked step; none if one of them is refused.
	 * @param from the first element
	 * @param values the new elements
	 */
	void setSlice(long from, List<? extends T> values);

	/**
	 * Write every element in one locked step.
	 * @param value the new element
	 */
	void fill(T value);

	/**
	 * The elements as they are when the stream reaches them, each read in a step of its
	 * own.
	 * @return a sequential, ordered stream
	 */
	Stream<T> stream();

	/**
	 * The text of a character array up to the first NUL, in one locked step: UTF-8 for
	 * {@code char}, UTF-32 for {@code wchar}. It is what ctypes calls {@code value};
	 * {@link #read read} with a {@code byte[]} is its {@code raw}.
	 * @return the text
	 * @throws io.github.shmbeans.error.WrongTypeException if the element type is not a
	 * character type
	 */
	String getText();

	/**
	 * Write a text and, if there is room, a terminating NUL, in one locked step; what
	 * stands behind stays, as in ctypes.
	 * @param text the text, without NUL
	 * @throws io.github.shmbeans.error.ValueOutOfRangeException if it is too long
	 */
	void setText(String text);

	/**
	 * A view of the bytes in native order with a position and limit of its own, without
	 * locking. It cannot be revoked: after {@link #close()} it reads zeros, and what is
	 * written to it is lost.
	 * @return a view of the whole data
	 * @throws IllegalStateException if the data is larger than 2 GiB; see
	 * {@link #buffer(long, int)}
	 */
	ByteBuffer buffer();

	/**
	 * A view of some elements' bytes, as {@link #buffer()}.
	 * @param from the first element
	 * @param count the number of elements
	 * @return a view of the elements
	 */
	ByteBuffer buffer(long from, int count);

	/**
	 * The same memory without locking, as CPython's {@code get_obj()}.
	 * @return an unlocked view
	 */
	SharedArray<T> raw();

	/**
	 * The same memory under a given lock, as CPython's
	 * {@code sharedctypes.synchronized(obj, lock)}: also for a segment that has none of
	 * its own because another program made it. The lock excludes those who use it too,
	 * nobody else.
	 * @param lock a lock that a manager of this library has opened
	 * @return a view whose steps and {@link #lock()} are those of the lock
	 */
	SharedArray<T> synchronizedWith(SharedLock lock);

	/**
	 * Copy the elements, read in one locked step, into a new segment.
	 * @param name the name of the new segment
	 * @return the copy
	 */
	SharedArray<T> copy(String name);

}
