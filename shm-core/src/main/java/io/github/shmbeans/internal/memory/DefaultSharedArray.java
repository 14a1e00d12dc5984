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
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.Shape;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.engine.SegmentOwner;
import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.internal.lock.AbstractSharedLock;
import io.github.shmbeans.internal.lock.Intent;
import io.github.shmbeans.internal.segment.Memory;
import io.github.shmbeans.internal.segment.Segment;
import io.github.shmbeans.internal.type.Scalar;
import io.github.shmbeans.internal.type.Text;
import org.jspecify.annotations.Nullable;

/**
 * {@link SharedArray} over a segment.
 *
 * @param <T> the Java type of the elements
 */
class DefaultSharedArray<T> implements SegmentObject, SharedArray<T> {

	/** The longest Java array. */
	private static final int LONGEST_TEXT = Integer.MAX_VALUE - 8;

	private final Segment segment;

	private final SegmentOwner owner;

	private final SharedMemoryEngine engine;

	private final ElementType<T> type;

	private final Elements<T> elements;

	/** The lock of a view; null for that of the segment. */
	private final @Nullable SharedLock lock;

	private final BulkTransfer<T> bulk;

	DefaultSharedArray(Segment segment, SegmentOwner owner, SharedMemoryEngine engine, ElementType<T> type,
			Elements<T> elements, @Nullable SharedLock lock) {
		this.lock = lock;
		this.segment = segment;
		this.owner = owner;
		this.engine = engine;
		this.type = type;
		this.elements = elements;
		this.bulk = new BulkTransfer<>(elements);
	}

	/**
	 * Create an array of the class for its elements.
	 */
	@SuppressWarnings("unchecked")
	static <T> DefaultSharedArray<T> of(Segment segment, SegmentOwner owner, SharedMemoryEngine engine,
			ElementType<T> type, Elements<T> elements, @Nullable SharedLock lock) {
		Memory memory = elements.memory();
		if (!elements.isLocked() && memory.isWritable() && memory.size() <= Memory.LONGEST_WHOLE) {
			if (elements.codec() == Scalar.INT64) {
				return (DefaultSharedArray<T>) new RawLongArray(segment, owner, engine, (ElementType<Long>) type,
						(Elements<Long>) elements, lock);
			}
			if (elements.codec() == Scalar.FLOAT64) {
				return (DefaultSharedArray<T>) new RawDoubleArray(segment, owner, engine, (ElementType<Double>) type,
						(Elements<Double>) elements, lock);
			}
		}
		return new DefaultSharedArray<>(segment, owner, engine, type, elements, lock);
	}

	@Override
	public final Segment segment() {
		return this.segment;
	}

	@Override
	public boolean hasLock() {
		return this.lock != null || SegmentObject.super.hasLock();
	}

	@Override
	public ElementType<T> elementType() {
		return this.type;
	}

	@Override
	public long length() {
		return this.elements.bounds().length();
	}

	@Override
	public Shape shape() {
		return Objects.requireNonNull(this.segment.schema().shape(), "an array has a shape");
	}

	@Override
	public T get(long index) {
		return this.elements.get(index);
	}

	@Override
	public void set(long index, T value) {
		this.elements.set(index, value);
	}

	@Override
	public T update(long index, UnaryOperator<T> operator) {
		return this.elements.update(index, operator);
	}

	@Override
	public long getLong(long index) {
		return this.elements.getLong(index);
	}

	@Override
	public void setLong(long index, long value) {
		this.elements.setLong(index, value);
	}

	@Override
	public int getInt(long index) {
		return this.elements.getInt(index);
	}

	@Override
	public void setInt(long index, int value) {
		this.elements.setInt(index, value);
	}

	@Override
	public double getDouble(long index) {
		return this.elements.getDouble(index);
	}

	@Override
	public void setDouble(long index, double value) {
		this.elements.setDouble(index, value);
	}

	@Override
	public T getAndAdd(long index, T delta) {
		return this.elements.getAndAdd(index, delta);
	}

	@Override
	public long getAndAddLong(long index, long delta) {
		return this.elements.getAndAddLong(index, delta);
	}

	@Override
	public T addAndGet(long index, T delta) {
		return this.elements.addAndGet(index, delta);
	}

	@Override
	public T incrementAndGet(long index) {
		return this.elements.incrementAndGet(index);
	}

	@Override
	public T getAndSet(long index, T value) {
		return this.elements.getAndSet(index, value);
	}

	@Override
	public boolean compareAndSet(long index, T expected, T value) {
		return this.elements.compareAndSet(index, expected, value);
	}

	@Override
	public void read(long from, byte[] target, int offset, int count) {
		this.bulk.read(from, target, offset, count);
	}

	@Override
	public void read(long from, short[] target, int offset, int count) {
		this.bulk.read(from, target, offset, count);
	}

	@Override
	public void read(long from, int[] target, int offset, int count) {
		this.bulk.read(from, target, offset, count);
	}

	@Override
	public void read(long from, long[] target, int offset, int count) {
		this.bulk.read(from, target, offset, count);
	}

	@Override
	public void read(long from, float[] target, int offset, int count) {
		this.bulk.read(from, target, offset, count);
	}

	@Override
	public void read(long from, double[] target, int offset, int count) {
		this.bulk.read(from, target, offset, count);
	}

	@Override
	public void read(long from, T[] target, int offset, int count) {
		this.bulk.read(from, target, offset, count);
	}

	@Override
	public void write(long from, byte[] source, int offset, int count) {
		this.bulk.write(from, source, offset, count);
	}

	@Override
	public void write(long from, short[] source, int offset, int count) {
		this.bulk.write(from, source, offset, count);
	}

	@Override
	public void write(long from, int[] source, int offset, int count) {
		this.bulk.write(from, source, offset, count);
	}

	@Override
	public void write(long from, long[] source, int offset, int count) {
		this.bulk.write(from, source, offset, count);
	}

	@Override
	public void write(long from, float[] source, int offset, int count) {
		this.bulk.write(from, source, offset, count);
	}

	@Override
	public void write(long from, double[] source, int offset, int count) {
		this.bulk.write(from, source, offset, count);
	}

	@Override
	public void write(long from, T[] source, int offset, int count) {
		this.bulk.write(from, source, offset, count);
	}

	@Override
	public List<T> slice(long from, long to) {
		long count = to - from;
		this.elements.bounds().requireRange(from, count);
		if (count > Integer.MAX_VALUE - 8) {
			throw new IllegalArgumentException(
					"Expected a slice of fewer than 2^31 elements, found %d. Read it in parts".formatted(count));
		}
		List<T> slice = new ArrayList<>((int) count);
		this.elements.begin(Intent.READ);
		try {
			for (long i = from; i < to; i++) {
				slice.add(this.elements.read(i));
			}
		}
		finally {
			this.elements.end();
		}
		return Collections.unmodifiableList(slice);
	}

	@Override
	public void setSlice(long from, List<? extends T> values) {
		List<T> checked = new ArrayList<>(values);
		this.elements.bounds().requireRange(from, checked.size());
		checked.forEach(this.elements.codec()::requireValid);
		this.elements.begin(Intent.WRITE);
		try {
			for (int i = 0; i < checked.size(); i++) {
				this.elements.write(from + i, checked.get(i));
			}
		}
		finally {
			this.elements.end();
		}
	}

	@Override
	public void fill(T value) {
		this.elements.codec().requireValid(value);
		this.elements.begin(Intent.WRITE);
		try {
			for (long i = 0; i < length(); i++) {
				this.elements.write(i, value);
			}
		}
		finally {
			this.elements.end();
		}
	}

	@Override
	public Iterator<T> iterator() {
		return new Iterator<>() {

			private long next;

			@Override
			public boolean hasNext() {
				return this.next < length();
			}

			@Override
			public T next() {
				if (!hasNext()) {
					throw new NoSuchElementException(
							"Expected another element, found the end of %d. Call hasNext() first".formatted(length()));
				}
				return get(this.next++);
			}

		};
	}

	@Override
	public Stream<T> stream() {
		return LongStream.range(0, length()).mapToObj(this::get);
	}

	@Override
	public String getText() {
		if (dataSize() > LONGEST_TEXT) {
			throw new IllegalStateException(
					"Expected an array of at most %,d bytes to read as one text, found %,d. Read it in parts: slice(…)"
						.formatted(LONGEST_TEXT, dataSize()));
		}
		byte[] bytes = new byte[(int) dataSize()];
		this.elements.begin(Intent.READ);
		try {
			this.elements.memory().slice(0, bytes.length).get(bytes);
		}
		finally {
			this.elements.end();
		}
		try {
			return Text.decode(this.elements.codec(), bytes);
		}
		catch (InvalidSegmentException ex) {
			throw ex.inSegment(name());
		}
	}

	@Override
	public void setText(String text) {
		byte[] encoded = Text.encode(this.elements.codec(), text);
		Text.requireRoom(this.elements.codec(), encoded, length());
		this.elements.begin(Intent.WRITE);
		try {
			this.elements.memory().slice(0, encoded.length).put(encoded);
			if (encoded.length < dataSize()) {
				this.elements.memory().slice(encoded.length, this.type.size()).put(new byte[this.type.size()]);
			}
		}
		finally {
			this.elements.end();
		}
	}

	@Override
	public ByteBuffer buffer() {
		return DefaultSharedMemory.wholeBuffer(this.elements.memory(), name());
	}

	@Override
	public ByteBuffer buffer(long from, int count) {
		this.elements.bounds().requireRange(from, count);
		return this.elements.memory().slice(from * this.type.size(), Math.multiplyExact(count, this.type.size()));
	}

	@Override
	public SharedLock lock() {
		return (this.lock != null) ? this.lock : SegmentObject.super.lock();
	}

	@Override
	public SharedArray<T> raw() {
		return of(this.segment, this.owner, this.engine, this.type, this.elements.lockedBy(null), this.lock);
	}

	@Override
	public SharedArray<T> synchronizedWith(SharedLock lock) {
		AbstractSharedLock guard = AbstractSharedLock.require(lock);
		this.segment.guard(guard);
		return new DefaultSharedArray<>(this.segment, this.owner, this.engine, this.type, this.elements.lockedBy(guard),
				guard);
	}

	@Override
	public SharedArray<T> copy(String name) {
		SegmentSpec spec = SegmentSpec.array(name, this.type)
			.segmentName(name)
			.shape(shape())
			.mode(OpenMode.CREATE)
			.spec();
		return this.engine.copyArray(spec, this.type, shape(), this.owner, this.elements);
	}

	@Override
	public String toString() {
		return "SharedArray[name=%s, type=%s, length=%s]".formatted(name(), this.type, shape());
	}

}
