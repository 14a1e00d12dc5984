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
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.shmbeans.error.LockTimeoutException;
import io.github.shmbeans.error.OwnerDiedException;
import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.error.WrongTypeException;

/**
 * Elements of one type in shared memory, one after the other.
 * <p>
 * With a lock, each call is one locked step: untorn, and ordered with every other locked
 * access. A thread that holds {@link #lock()} may group several. Without a lock
 * ({@link #raw()}, or opened so) reads and writes are plain, as those of a Java array: an
 * aligned element of 8 bytes or less is not torn, but what others write is seen late
 * unless another synchronization orders it. {@link #getAndAdd}, {@link #getAndSet},
 * {@link #compareAndSet} and their like are always atomic, with the effects of
 * {@code volatile}. A plain loop may not observe a concurrent {@link #close()} and keep
 * reading zeros.
 * <p>
 * Indexes count from 0. Numbers out of the element type's range are refused with
 * {@link ValueOutOfRangeException}, never wrapped. If a call throws, no element has
 * changed. {@link OwnerDiedException} and {@link LockTimeoutException} are thrown only by
 * calls that take a lock.
 * <p>
 * Bulk transfers of primitive arrays convert nothing: the array type must have the width
 * of the element type.
 *
 * @param <T> the Java type of the element type
 */
public interface SharedArray<T> extends SharedSegment, Iterable<T> {

	/**
	 * The element type.
	 * @return the type
	 */
	ElementType<T> elementType();

	/**
	 * The number of elements.
	 * @return the length, 0 or more
	 */
	long length();

	/**
	 * The number of elements along each dimension.
	 * @return the shape; of an array that was created without one, its length
	 */
	Shape shape();

	/**
	 * Where an element of an array of several dimensions is:
	 * {@code pixels.get(pixels.index(y, x, 2))}. The last index varies fastest, as in C
	 * and numpy.
	 * @param indices an index for each dimension, counted from 0
	 * @return the index of the element
	 * @throws IllegalArgumentException if there are more or fewer indices than dimensions
	 * @throws IndexOutOfBoundsException if one is out of its dimension
	 */
	default long index(long... indices) {
		return shape().index(indices);
	}

	/**
	 * Read an element.
	 * @param index from 0 to length - 1
	 * @return the element
	 * @throws IndexOutOfBoundsException if there is no such element
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	T get(long index);

	/**
	 * Write an element.
	 * @param index from 0 to length - 1
	 * @param value the new element
	 * @throws IndexOutOfBoundsException if there is no such element
	 * @throws ValueOutOfRangeException if the number is out of the type's range
	 * @throws WrongTypeException if the value is {@code null} or of another Java type
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void set(long index, T value);

	/**
	 * Replace an element by a function of it, in one locked step.
	 * @param index from 0 to length - 1
	 * @param operator the function; it may use this array, but should be short
	 * @return the new element
	 * @throws IndexOutOfBoundsException if there is no such element
	 * @throws ValueOutOfRangeException if the number is out of the type's range
	 * @throws WrongTypeException if the value is {@code null} or of another Java type
	 * @throws IllegalStateException if the segment was opened without a lock
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	T update(long index, UnaryOperator<T> operator);

	/**
	 * Write an element and return the one before, in one atomic step. Structures need the
	 * lock for it, other types do not.
	 * @param index from 0 to length - 1
	 * @param value the new element
	 * @return the element before
	 * @throws IndexOutOfBoundsException if there is no such element
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
	T getAndSet(long index, T value);

	/**
	 * Write an element if it equals the expected one, in one atomic step, also without
	 * the lock. Numbers compare by their bits.
	 * @param index from 0 to length - 1
	 * @param expected the expected element
	 * @param value the new element
	 * @return {@code true} if it was written
	 * @throws IndexOutOfBoundsException if there is no such element
	 * @throws ValueOutOfRangeException if the number is out of the type's range
	 * @throws WrongTypeException if the value is {@code null} or of another Java type, or
	 * the element type is a structure
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	boolean compareAndSet(long index, T expected, T value);

	/**
	 * Add to a number in one atomic step, also without the lock.
	 * @param index from 0 to length - 1
	 * @param delta the number to add: any number of the Java type, so that a negative one
	 * decreases an unsigned element
	 * @return the element before
	 * @throws IndexOutOfBoundsException if there is no such element
	 * @throws WrongTypeException if the element type is not a number
	 * @throws ValueOutOfRangeException if the sum is out of the type's range, or the sum
	 * of two finite numbers is not finite; nothing is written
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	T getAndAdd(long index, T delta);

	/**
	 * Add to a number in one atomic step, as {@link #getAndAdd}.
	 * @param index from 0 to length - 1
	 * @param delta the number to add; a negative one decreases the element
	 * @return the element after
	 * @throws IndexOutOfBoundsException if there is no such element
	 * @throws WrongTypeException if the element type is not a number
	 * @throws ValueOutOfRangeException if the sum is out of the type's range, or the sum
	 * of two finite numbers is not finite; nothing is written
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	T addAndGet(long index, T delta);

	/**
	 * Add 1 to a number in one atomic step, as {@link #getAndAdd}.
	 * @param index from 0 to length - 1
	 * @return the element after
	 * @throws IndexOutOfBoundsException if there is no such element
	 * @throws WrongTypeException if the element type is not a number
	 * @throws ValueOutOfRangeException if the sum is out of the type's range, or the sum
	 * of two finite numbers is not finite; nothing is written
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	T incrementAndGet(long index);

	/**
	 * Add to a signed 64-bit integer in one atomic step, without allocation. Unlike
	 * {@link #getAndAdd} it wraps, as
	 * {@link java.util.concurrent.atomic.AtomicLongArray#getAndAdd} does.
	 * @param index from 0 to length - 1
	 * @param delta the number to add
	 * @return the element before
	 * @throws IndexOutOfBoundsException if there is no such element
	 * @throws WrongTypeException if the element type is not {@code int64}
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	long getAndAddLong(long index, long delta);

	/**
	 * Read an integer without allocation.
	 * @param index from 0 to length - 1
	 * @return the element
	 * @throws IndexOutOfBoundsException if there is no such element
	 * @throws WrongTypeException if the element type is not an integer
	 * @throws ArithmeticException if an unsigned 64-bit integer exceeds {@code long}
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	long getLong(long index);

	/**
	 * Write an integer without allocation.
	 * @param index from 0 to length - 1
	 * @param value the new element
	 * @throws IndexOutOfBoundsException if there is no such element
	 * @throws WrongTypeException if the element type is not an integer
	 * @throws ValueOutOfRangeException if the number is out of the type's range
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void setLong(long index, long value);

	/**
	 * Read an integer that fits an {@code int}, without allocation.
	 * @param index from 0 to length - 1
	 * @return the element
	 * @throws IndexOutOfBoundsException if there is no such element
	 * @throws WrongTypeException if the element type is not an integer
	 * @throws ArithmeticException if it does not fit
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	int getInt(long index);

	/**
	 * Write an integer without allocation.
	 * @param index from 0 to length - 1
	 * @param value the new element
	 * @throws IndexOutOfBoundsException if there is no such element
	 * @throws WrongTypeException if the element type is not an integer
	 * @throws ValueOutOfRangeException if the number is out of the type's range
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void setInt(long index, int value);

	/**
	 * Read a number without allocation; 64-bit integers round to the nearest double.
	 * @param index from 0 to length - 1
	 * @return the element
	 * @throws IndexOutOfBoundsException if there is no such element
	 * @throws WrongTypeException if the element type is not a number
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	double getDouble(long index);

	/**
	 * Write a floating-point number without allocation; a {@code float32} takes the
	 * nearest float.
	 * @param index from 0 to length - 1
	 * @param value the new element
	 * @throws IndexOutOfBoundsException if there is no such element
	 * @throws WrongTypeException if the element type is not a floating-point number
	 * @throws ValueOutOfRangeException if the number is out of the type's range
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void setDouble(long index, double value);

	/**
	 * Copy the bits of {@code int8}, {@code uint8}, {@code bool} or {@code char} elements
	 * out, in one locked step.
	 * @param from the first element
	 * @param target where the elements go
	 * @param offset where in the target to begin
	 * @param count the number of elements
	 * @throws IndexOutOfBoundsException if there are no such elements in either array
	 * @throws WrongTypeException if the elements have another width or kind
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void read(long from, byte[] target, int offset, int count);

	/**
	 * Copy the bits of {@code int16} or {@code uint16} elements out, in one locked step.
	 * @param from the first element
	 * @param target where the elements go
	 * @param offset where in the target to begin
	 * @param count the number of elements
	 * @throws IndexOutOfBoundsException if there are no such elements in either array
	 * @throws WrongTypeException if the elements have another width or kind
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void read(long from, short[] target, int offset, int count);

	/**
	 * Copy the bits of {@code int32}, {@code uint32} or {@code wchar} elements out, in
	 * one locked step.
	 * @param from the first element
	 * @param target where the elements go
	 * @param offset where in the target to begin
	 * @param count the number of elements
	 * @throws IndexOutOfBoundsException if there are no such elements in either array
	 * @throws WrongTypeException if the elements have another width or kind
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void read(long from, int[] target, int offset, int count);

	/**
	 * Copy the bits of {@code int64} or {@code uint64} elements out, in one locked step.
	 * @param from the first element
	 * @param target where the elements go
	 * @param offset where in the target to begin
	 * @param count the number of elements
	 * @throws IndexOutOfBoundsException if there are no such elements in either array
	 * @throws WrongTypeException if the elements have another width or kind
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void read(long from, long[] target, int offset, int count);

	/**
	 * Copy the bits of {@code float32} elements out, in one locked step.
	 * @param from the first element
	 * @param target where the elements go
	 * @param offset where in the target to begin
	 * @param count the number of elements
	 * @throws IndexOutOfBoundsException if there are no such elements in either array
	 * @throws WrongTypeException if the elements have another width or kind
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void read(long from, float[] target, int offset, int count);

	/**
	 * Copy the bits of {@code float64} elements out, in one locked step.
	 * @param from the first element
	 * @param target where the elements go
	 * @param offset where in the target to begin
	 * @param count the number of elements
	 * @throws IndexOutOfBoundsException if there are no such elements in either array
	 * @throws WrongTypeException if the elements have another width or kind
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void read(long from, double[] target, int offset, int count);

	/**
	 * Copy elements of any type out, records for example, in one locked step. Numbers are
	 * faster in primitive arrays.
	 * @param from the first element
	 * @param target where the elements go
	 * @param offset where in the target to begin
	 * @param count the number of elements
	 * @throws IndexOutOfBoundsException if there are no such elements in either array
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void read(long from, T[] target, int offset, int count);

	/**
	 * Copy the bits of {@code int8}, {@code uint8}, {@code bool} or {@code char} elements
	 * in, in one locked step.
	 * @param from the first element
	 * @param source where the elements are
	 * @param offset where in the source to begin
	 * @param count the number of elements
	 * @throws IndexOutOfBoundsException if there are no such elements in either array
	 * @throws WrongTypeException if the elements have another width or kind
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void write(long from, byte[] source, int offset, int count);

	/**
	 * Copy the bits of {@code int16} or {@code uint16} elements in, in one locked step.
	 * @param from the first element
	 * @param source where the elements are
	 * @param offset where in the source to begin
	 * @param count the number of elements
	 * @throws IndexOutOfBoundsException if there are no such elements in either array
	 * @throws WrongTypeException if the elements have another width or kind
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void write(long from, short[] source, int offset, int count);

	/**
	 * Copy the bits of {@code int32}, {@code uint32} or {@code wchar} elements in, in one
	 * locked step.
	 * @param from the first element
	 * @param source where the elements are
	 * @param offset where in the source to begin
	 * @param count the number of elements
	 * @throws IndexOutOfBoundsException if there are no such elements in either array
	 * @throws WrongTypeException if the elements have another width or kind
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void write(long from, int[] source, int offset, int count);

	/**
	 * Copy the bits of {@code int64} or {@code uint64} elements in, in one locked step.
	 * @param from the first element
	 * @param source where the elements are
	 * @param offset where in the source to begin
	 * @param count the number of elements
	 * @throws IndexOutOfBoundsException if there are no such elements in either array
	 * @throws WrongTypeException if the elements have another width or kind
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void write(long from, long[] source, int offset, int count);

	/**
	 * Copy the bits of {@code float32} elements in, in one locked step.
	 * @param from the first element
	 * @param source where the elements are
	 * @param offset where in the source to begin
	 * @param count the number of elements
	 * @throws IndexOutOfBoundsException if there are no such elements in either array
	 * @throws WrongTypeException if the elements have another width or kind
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void write(long from, float[] source, int offset, int count);

	/**
	 * Copy the bits of {@code float64} elements in, in one locked step.
	 * @param from the first element
	 * @param source where the elements are
	 * @param offset where in the source to begin
	 * @param count the number of elements
	 * @throws IndexOutOfBoundsException if there are no such elements in either array
	 * @throws WrongTypeException if the elements have another width or kind
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void write(long from, double[] source, int offset, int count);

	/**
	 * Copy elements of any type in, records for example, in one locked step; none if one
	 * of them is refused. Numbers are faster in primitive arrays.
	 * @param from the first element
	 * @param source where the elements are
	 * @param offset where in the source to begin
	 * @param count the number of elements
	 * @throws IndexOutOfBoundsException if there are no such elements in either array
	 * @throws WrongTypeException if an element is {@code null} or of another Java type
	 * @throws ValueOutOfRangeException if an element is out of the type's range
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void write(long from, T[] source, int offset, int count);

	/**
	 * Copy some elements to a list in one locked step. Unlike those of ctypes, slices
	 * have neither negative indexes nor steps: count from {@link #length()}, and pick
	 * from the copy.
	 * @param from the first element
	 * @param to the element after the last
	 * @return a copy
	 * @throws IndexOutOfBoundsException if there are no such elements
	 * @throws IllegalArgumentException if there are 2^31 elements or more
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	List<T> slice(long from, long to);

	/**
	 * Write some elements in one locked step; none if one of them is refused.
	 * @param from the first element
	 * @param values the new elements
	 * @throws IndexOutOfBoundsException if there are no such elements
	 * @throws WrongTypeException if an element is {@code null} or of another Java type
	 * @throws ValueOutOfRangeException if an element is out of the type's range
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void setSlice(long from, List<? extends T> values);

	/**
	 * Write every element in one locked step.
	 * @param value the new element
	 * @throws ValueOutOfRangeException if the number is out of the type's range
	 * @throws WrongTypeException if the value is {@code null} or of another Java type
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void fill(T value);

	/**
	 * The elements as they are when the iterator reaches them, each read in a step of its
	 * own that may throw as {@link #get} does. {@link Iterator#remove()} is not
	 * supported.
	 * @return an iterator over all elements
	 */
	@Override
	Iterator<T> iterator();

	/**
	 * The elements as they are when the stream reaches them, each read in a step of its
	 * own that may throw as {@link #get} does.
	 * @return a sequential, ordered stream
	 */
	Stream<T> stream();

	/**
	 * The text of a character array up to the first NUL, in one locked step: UTF-8 for
	 * {@code char}, UTF-32 for {@code wchar}. ctypes calls it {@code value}, and
	 * {@link #read(long, byte[], int, int)} its {@code raw}.
	 * @return the text
	 * @throws WrongTypeException if the element type is not a character type
	 * @throws io.github.shmbeans.error.InvalidSegmentException if the bytes are not text
	 * @throws IllegalStateException if the array is too large for one text
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	String getText();

	/**
	 * Write a text and, if there is room, a terminating NUL, in one locked step; the
	 * elements after it keep their values, as in ctypes.
	 * @param text the text, without NUL
	 * @throws WrongTypeException if the element type is not a character type
	 * @throws ValueOutOfRangeException if it is too long, or holds NUL or an unpaired
	 * surrogate
	 * @throws UnsupportedOperationException if the segment is open for reading only
	 * @throws SegmentClosedException if the segment is closed
	 * @throws OwnerDiedException if a process died while it held the lock, and nobody has
	 * repaired the data
	 * @throws LockTimeoutException if the lock was not free within the lock timeout
	 */
	void setText(String text);

	/**
	 * A view of the bytes in native order with a position and limit of its own, without
	 * locking. It cannot be revoked: after {@link #close()} it reads zeros, and what is
	 * written to it is lost.
	 * @return a view of the whole data, read-only if the segment is
	 * @throws IllegalStateException if the data is larger than 2 GiB; see
	 * {@link #buffer(long, int)}
	 * @throws SegmentClosedException if the segment is closed
	 */
	ByteBuffer buffer();

	/**
	 * A view of some elements' bytes, as {@link #buffer()}.
	 * @param from the first element
	 * @param count the number of elements
	 * @return a view of the elements
	 * @throws IndexOutOfBoundsException if there are no such elements, or they take more
	 * than 1 GiB of an array that is larger than 2 GiB
	 * @throws SegmentClosedException if the segment is closed
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
	 * its own because another program made it. The lock excludes only those who use it
	 * too.
	 * @param lock a lock that a manager of this library has opened
	 * @return a view whose steps and {@link #lock()} are those of the lock
	 * @throws IllegalArgumentException if the lock is not one of this library
	 * @throws SegmentClosedException if the segment is closed
	 */
	SharedArray<T> synchronizedWith(SharedLock lock);

	/**
	 * Copy the elements, read in one locked step, into a new segment.
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
	SharedArray<T> copy(String name);

}
