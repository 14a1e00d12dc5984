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

import java.io.Serial;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.IntFunction;

import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.list.ListView;
import io.github.shmbeans.lock.Intent;
import io.github.shmbeans.lock.InterprocessLock;
import io.github.shmbeans.segment.OpenMode;
import io.github.shmbeans.segment.SegmentKind;
import org.jspecify.annotations.Nullable;

/**
 * {@link ShareableList} over a segment.
 */
final class DefaultShareableList extends AbstractList<@Nullable Object> implements ShareableList {

	private final SegmentHandle handle;

	private final ListView view;

	private final @Nullable InterprocessLock lock;

	DefaultShareableList(SegmentHandle handle, ListView view) {
		this.handle = handle;
		this.view = view;
		this.lock = handle.interprocessLock();
	}

	static ShareableList attach(String name) {
		return SegmentFactory.standalone().list(DefaultSharedMemory.standalone(name, OpenMode.ATTACH, false), null);
	}

	private int index(int index) {
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
			this.handle.segment().memory().requireWritable();
		}
		if (this.lock != null) {
			this.lock.enter(intent);
		}
		try {
			this.handle.segment().memory().requireOpen();
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
		return this.handle.isClosed() ? this.handle.closedException() : ex;
	}

	private <R extends @Nullable Object> R read(int index, IntFunction<R> reader) {
		int position = index(index);
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
	public long getLong(int index) {
		int position = index(index);
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
		int position = index(index);
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
		int position = index(index);
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
		int position = index(index);
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
		int position = index(index);
		begin(Intent.WRITE);
		try {
			this.view.setDouble(position, value);
		}
		finally {
			end();
		}
	}

	@Override
	public int size() {
		return this.view.size();
	}

	@Override
	public int count(@Nullable Object value) {
		@Nullable Object[] items = snapshot();
		Object sought = normalized(value);
		return (int) Arrays.stream(items).filter((item) -> matches(item, sought)).count();
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
		@Nullable Object[] items = snapshot();
		Object sought = normalized(value);
		for (int i = 0; i < items.length; i++) {
			if (matches(items[i], sought)) {
				return i;
			}
		}
		return -1;
	}

	@Override
	public int lastIndexOf(@Nullable Object value) {
		@Nullable Object[] items = snapshot();
		Object sought = normalized(value);
		for (int i = items.length - 1; i >= 0; i--) {
			if (matches(items[i], sought)) {
				return i;
			}
		}
		return -1;
	}

	@Override
	public boolean contains(@Nullable Object value) {
		return indexOf(value) >= 0;
	}

	private static @Nullable Object normalized(@Nullable Object value) {
		if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
			return ((Number) value).longValue();
		}
		if (value instanceof BigInteger integer && integer.bitLength() < Long.SIZE) {
			return integer.longValue();
		}
		return (value instanceof Float number) ? (Object) number.doubleValue() : value;
	}

	private static boolean matches(@Nullable Object item, @Nullable Object sought) {
		return Objects.deepEquals(item, sought);
	}

	@Override
	@SuppressWarnings("NullAway")
	public Object[] toArray() {
		return snapshot();
	}

	/**
	 * All items, read in one locked step.
	 */
	private @Nullable Object[] snapshot() {
		begin(Intent.READ);
		try {
			@Nullable Object[] items = new @Nullable Object[size()];
			for (int i = 0; i < items.length; i++) {
				items[i] = this.view.get(i);
			}
			return items;
		}
		catch (InvalidSegmentException ex) {
			throw explain(ex);
		}
		finally {
			end();
		}
	}

	@Override
	public String format(int index) {
		return read(index, this.view::format);
	}

	@Override
	public int capacity(int index) {
		return this.view.capacity(index(index));
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
	private Object writeReplace() {
		return new SerializedName(kind(), name());
	}

}
