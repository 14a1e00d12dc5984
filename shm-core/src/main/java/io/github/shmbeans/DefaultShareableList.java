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

import java.io.ObjectStreamException;
import java.io.Serial;
import java.util.AbstractList;
import java.util.NoSuchElementException;

import io.github.shmbeans.OpenOptions.Locking;
import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.error.SharedMemoryException;
import io.github.shmbeans.list.ListView;
import io.github.shmbeans.segment.OpenMode;
import io.github.shmbeans.segment.SegmentKind;
import org.jspecify.annotations.Nullable;

/**
 * {@link ShareableList} over a segment.
 */
final class DefaultShareableList extends AbstractList<@Nullable Object> implements ShareableList {

	private final SegmentHandle handle;

	private final ListSteps steps;

	DefaultShareableList(SegmentHandle handle, ListView view) {
		this.handle = handle;
		this.steps = new ListSteps(handle, view);
	}

	static ShareableList attach(String name) {
		return SegmentFactory.standalone()
			.list(DefaultSharedMemory.standalone(name, OpenMode.ATTACH, Locking.IF_POSSIBLE), null);
	}

	@Override
	public @Nullable Object get(int index) {
		return this.steps.get(index);
	}

	@Override
	public long getLong(int index) {
		return this.steps.getLong(index);
	}

	@Override
	public double getDouble(int index) {
		return this.steps.getDouble(index);
	}

	@Override
	public @Nullable Object set(int index, @Nullable Object value) {
		return this.steps.set(index, value);
	}

	@Override
	public void setLong(int index, long value) {
		this.steps.setLong(index, value);
	}

	@Override
	public void setDouble(int index, double value) {
		this.steps.setDouble(index, value);
	}

	@Override
	public int size() {
		return this.steps.size();
	}

	@Override
	public int count(@Nullable Object value) {
		return this.steps.snapshot().count(value);
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
		return this.steps.snapshot().first(value);
	}

	@Override
	public int lastIndexOf(@Nullable Object value) {
		return this.steps.snapshot().last(value);
	}

	@Override
	public boolean contains(@Nullable Object value) {
		return indexOf(value) >= 0;
	}

	@Override
	@SuppressWarnings("NullAway")
	public Object[] toArray() {
		return this.steps.snapshot().items();
	}

	/**
	 * To another list, as {@link java.util.List} prescribes, which never finds two arrays
	 * equal; so that the relation is symmetric.
	 */
	@Override
	public boolean equals(@Nullable Object other) {
		if (other instanceof DefaultShareableList that) {
			return this == that || this.steps.snapshot().equals(that.steps.snapshot());
		}
		return super.equals(other);
	}

	@Override
	public int hashCode() {
		return this.steps.snapshot().hashCode();
	}

	@Override
	public String toString() {
		try {
			return this.steps.snapshot().toString();
		}
		catch (SharedMemoryException | SegmentClosedException ex) {
			return "ShareableList[name=%s, size=%d]".formatted(name(), size());
		}
	}

	@Override
	public String format(int index) {
		return this.steps.format(index);
	}

	@Override
	public int capacity(int index) {
		return this.steps.capacity(index);
	}

	@Override
	public SharedLock lock() {
		return this.handle.lock();
	}

	SegmentHandle handle() {
		return this.handle;
	}

	@Override
	public String name() {
		return this.handle.name();
	}

	@Override
	public SegmentKind kind() {
		return this.handle.kind();
	}

	@Override
	public long dataSize() {
		return this.handle.dataSize();
	}

	@Override
	public long fileSize() {
		return this.handle.fileSize();
	}

	@Override
	public boolean isClosed() {
		return this.handle.isClosed();
	}

	@Override
	public SegmentStatus status() {
		return this.handle.status();
	}

	@Override
	public void unlink() {
		this.handle.unlink();
	}

	@Override
	public void close() {
		this.handle.close();
	}

	@Serial
	private Object writeReplace() throws ObjectStreamException {
		return SerializedSegment.of(this.handle);
	}

}
