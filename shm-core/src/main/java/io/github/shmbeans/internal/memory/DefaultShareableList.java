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

import java.io.ObjectStreamException;
import java.io.Serial;
import java.util.AbstractList;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;

import io.github.shmbeans.ShareableList;
import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.error.SharedMemoryException;
import io.github.shmbeans.internal.list.ListView;
import io.github.shmbeans.internal.lock.AbstractSharedLock;
import io.github.shmbeans.internal.lock.Intent;
import io.github.shmbeans.internal.segment.Segment;
import org.jspecify.annotations.Nullable;

/**
 * {@link ShareableList} over a segment. Indexes may count from the end, as in CPython.
 */
final class DefaultShareableList extends AbstractList<@Nullable Object> implements SegmentObject, ShareableList {

	private final Segment segment;

	private final ListView view;

	private final @Nullable AbstractSharedLock lock;

	DefaultShareableList(Segment segment, ListView view) {
		this.segment = segment;
		this.view = view;
		this.lock = segment.lock();
	}

	@Override
	public Segment segment() {
		return this.segment;
	}

	@Override
	public int size() {
		return this.view.size();
	}

	private int position(int index) {
		int size = this.view.size();
		int position = (index < 0) ? index + size : index;
		if (position < 0 || position >= size) {
			throw new IndexOutOfBoundsException(
					"Expected an index in [%d, %d), found %d. Check the size first".formatted(-size, size, index));
		}
		return position;
	}

	private void begin(Intent intent) {
		if (intent != Intent.READ) {
			this.segment.memory().requireWritable();
		}
		if (this.lock != null) {
			this.lock.enter(intent);
		}
		try {
			this.segment.memory().requireOpen();
		}
		catch (SegmentClosedException ex) {
			end();
			throw ex;
		}
	}

	private void end() {
		if (this.lock != null) {
			this.lock.exit();
		}
	}

	/**
	 * Bytes that make no sense may be the zeros of a segment that was just closed.
	 */
	private RuntimeException explain(InvalidSegmentException ex) {
		return isClosed() ? new SegmentClosedException(name()) : ex.inSegment(name());
	}

	private <R extends @Nullable Object> R read(int index, IntFunction<R> reader) {
		int position = position(index);
		begin(Intent.READ);
		try {
			return reader.apply(position);
		}
		catch (InvalidSegmentException ex) {
			throw explain(ex);
		}
		finally {
			end();
		}
	}

	@Override
	public @Nullable Object get(int index) {
		return this.<@Nullable Object>read(index, this.view::get);
	}

	@Override
	public String format(int index) {
		return read(index, this.view::format);
	}

	@Override
	public int capacity(int index) {
		return this.view.capacity(position(index));
	}

	@Override
	public long getLong(int index) {
		int position = position(index);
		begin(Intent.READ);
		try {
			return this.view.getLong(position);
		}
		catch (InvalidSegmentException ex) {
			throw explain(ex);
		}
		finally {
			end();
		}
	}

	@Override
	public double getDouble(int index) {
		int position = position(index);
		begin(Intent.READ);
		try {
			return this.view.getDouble(position);
		}
		catch (InvalidSegmentException ex) {
			throw explain(ex);
		}
		finally {
			end();
		}
	}

	@Override
	public @Nullable Object set(int index, @Nullable Object value) {
		int position = position(index);
		begin(Intent.WRITE);
		try {
			Object before = this.view.get(position);
			this.view.set(position, value);
			return before;
		}
		catch (InvalidSegmentException ex) {
			throw explain(ex);
		}
		finally {
			end();
		}
	}

	@Override
	public void setLong(int index, long value) {
		int position = position(index);
		begin(Intent.WRITE);
		try {
			this.view.setLong(position, value);
		}
		finally {
			end();
		}
	}

	@Override
	public void setDouble(int index, double value) {
		int position = position(index);
		begin(Intent.WRITE);
		try {
			this.view.setDouble(position, value);
		}
		finally {
			end();
		}
	}

	/**
	 * All items, read in one locked step.
	 */
	private ListSnapshot snapshot() {
		begin(Intent.READ);
		try {
			@Nullable Object[] items = new @Nullable Object[size()];
			for (int i = 0; i < items.length; i++) {
				items[i] = this.view.get(i);
			}
			return new ListSnapshot(items);
		}
		catch (InvalidSegmentException ex) {
			throw explain(ex);
		}
		finally {
			end();
		}
	}

	@Override
	public int count(@Nullable Object value) {
		return snapshot().count(value);
	}

	@Override
	public int index(@Nullable Object value) {
		int found = indexOf(value);
		if (found < 0) {
			throw new NoSuchElementException(
					"Expected '%s' in list '%s', found none. Use indexOf or contains".formatted(value, name()));
		}
		return found;
	}

	@Override
	public int indexOf(@Nullable Object value) {
		return snapshot().first(value);
	}

	@Override
	public int lastIndexOf(@Nullable Object value) {
		return snapshot().last(value);
	}

	@Override
	public boolean contains(@Nullable Object value) {
		return indexOf(value) >= 0;
	}

	@Override
	@SuppressWarnings("NullAway")
	public Object[] toArray() {
		return snapshot().items();
	}

	/**
	 * To another list, as {@link java.util.List} prescribes, which never finds two arrays
	 * equal; so that the relation is symmetric.
	 */
	@Override
	public boolean equals(@Nullable Object other) {
		if (other instanceof DefaultShareableList that) {
			return this == that || snapshot().equals(that.snapshot());
		}
		return super.equals(other);
	}

	@Override
	public int hashCode() {
		return snapshot().hashCode();
	}

	@Override
	public String toString() {
		try {
			return snapshot().toString();
		}
		catch (SharedMemoryException | SegmentClosedException ex) {
			return "ShareableList[name=%s, size=%d]".formatted(name(), size());
		}
	}

	@Serial
	private Object writeReplace() throws ObjectStreamException {
		return SerializedSegment.of(this.segment);
	}

}
