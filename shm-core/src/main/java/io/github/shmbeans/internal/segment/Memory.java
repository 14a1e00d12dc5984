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

package io.github.shmbeans.internal.segment;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;

import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.internal.posix.MappedRange;
import org.jspecify.annotations.Nullable;

/**
 * The data of a segment, in windows of which each contains any run of up to 1 GiB that
 * begins in its first 1 GiB. Buffers are little-endian, are never repositioned, and are
 * read-only if the segment is.
 */
public final class Memory {

	/** Windows end with a whole word: small elements are exchanged within one. */
	private static final int WORD = Long.BYTES;

	/** The longest data that one buffer shows as a whole, in bytes. */
	public static final int LONGEST_WHOLE = Integer.MAX_VALUE - (WORD - 1);

	/** How many 64-bit elements one buffer has at most: one less than a power of 2. */
	public static final int MOST_LONGS = LONGEST_WHOLE / Long.BYTES;

	private static final long MASK = MappedRange.WINDOW_STEP - 1;

	private final String name;

	private final long size;

	private final boolean writable;

	/**
	 * Keeps the addresses reserved for loops that go on after a close; never cleared.
	 */
	@SuppressWarnings("UnusedVariable")
	private final MappedRange range;

	/** Null once closed, or if the data does not fit in one buffer. */
	private @Nullable ByteBuffer whole;

	/** As {@link #whole}. */
	private @Nullable LongBuffer longs;

	/** As {@link #whole}. */
	private @Nullable DoubleBuffer doubles;

	/** Null once closed. */
	private ByteBuffer @Nullable [] windows;

	Memory(String name, MappedRange range, long size, boolean writable) {
		this.name = name;
		this.size = size;
		this.writable = writable;
		this.range = range;
		long padded = (size + WORD - 1) / WORD * WORD;
		int count = (int) Math.max(1, (size + MASK) >>> Long.numberOfTrailingZeros(MappedRange.WINDOW_STEP));
		ByteBuffer[] buffers = new ByteBuffer[count];
		for (int i = 0; i < count; i++) {
			long begin = i * MappedRange.WINDOW_STEP;
			ByteBuffer buffer = range.buffer(begin, (int) Math.min(Integer.MAX_VALUE, padded - begin));
			buffers[i] = writable ? buffer : buffer.asReadOnlyBuffer().order(buffer.order());
		}
		this.windows = buffers;
		if (size <= LONGEST_WHOLE) {
			this.whole = buffers[0];
			this.longs = buffers[0].asLongBuffer();
			this.doubles = buffers[0].asDoubleBuffer();
		}
	}

	/**
	 * The length of the data.
	 * @return the length in bytes
	 */
	public long size() {
		return this.size;
	}

	/**
	 * The whole data, for the fast path.
	 * @return a buffer; {@code null} if the data is larger than 2 GiB or the segment is
	 * closed
	 */
	public @Nullable ByteBuffer whole() {
		return this.whole;
	}

	/**
	 * The whole data as 64-bit integers, as {@link #whole()}.
	 * @return a buffer; {@code null} if the data is larger than 2 GiB or the segment is
	 * closed
	 */
	public @Nullable LongBuffer longs() {
		return this.longs;
	}

	/**
	 * The whole data as 64-bit floating-point numbers, as {@link #whole()}.
	 * @return a buffer; {@code null} if the data is larger than 2 GiB or the segment is
	 * closed
	 */
	public @Nullable DoubleBuffer doubles() {
		return this.doubles;
	}

	/**
	 * Whether the data may be written.
	 * @return {@code false} if the access is read-only
	 */
	public boolean isWritable() {
		return this.writable;
	}

	/**
	 * The buffer that holds the byte at an offset and at least 1 GiB behind it, as far as
	 * there is data.
	 * @param offset the offset in bytes, within the data
	 * @return the buffer; see {@link #position(long)}
	 * @throws SegmentClosedException if the segment is closed
	 */
	public ByteBuffer window(long offset) {
		ByteBuffer[] current = this.windows;
		if (current == null) {
			throw new SegmentClosedException(this.name);
		}
		return current[(int) (offset >>> Long.numberOfTrailingZeros(MappedRange.WINDOW_STEP))];
	}

	/**
	 * Where a byte stands in its {@link #window(long)}.
	 * @param offset the offset in bytes
	 * @return the position in bytes
	 */
	public static int position(long offset) {
		return (int) (offset & MASK);
	}

	/**
	 * A view of a part of the data with a position and limit of its own.
	 * @param offset where it begins, in bytes
	 * @param length how long it is, in bytes
	 * @return the view
	 * @throws IndexOutOfBoundsException if it is not within the data
	 * @throws SegmentClosedException if the segment is closed
	 */
	public ByteBuffer slice(long offset, int length) {
		if (offset < 0 || length < 0 || offset > this.size - length) {
			throw new IndexOutOfBoundsException("Expected a part of the %d bytes of '%s', found %d bytes at %d"
				.formatted(this.size, this.name, length, offset));
		}
		ByteBuffer window = whole();
		if (window != null) {
			return window.slice((int) offset, length).order(window.order());
		}
		if (offset == this.size) {
			return slice(0, 0);
		}
		window = window(offset);
		int position = position(offset);
		if (position > window.capacity() - length) {
			throw new IndexOutOfBoundsException(
					"Expected a part of at most 1 GiB of a segment larger than 2 GiB, found %d bytes at %d"
						.formatted(length, offset));
		}
		return window.slice(position, length).order(window.order());
	}

	/**
	 * Throws if the data may not be written.
	 * @throws UnsupportedOperationException if the access is read-only
	 */
	public void requireWritable() {
		if (!this.writable) {
			throw new UnsupportedOperationException(
					"Expected segment '%s' to be open for writing, found access read-only. Open it with access read-write"
						.formatted(this.name));
		}
	}

	/**
	 * Throws if the segment is closed.
	 * @throws SegmentClosedException if it is closed
	 */
	public void requireOpen() {
		if (this.windows == null) {
			throw new SegmentClosedException(this.name);
		}
	}

	void close() {
		this.whole = null;
		this.longs = null;
		this.doubles = null;
		this.windows = null;
		VarHandle.fullFence();
	}

}
