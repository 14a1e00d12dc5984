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

import java.util.function.IntFunction;

import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.list.ListView;
import io.github.shmbeans.lock.Intent;
import io.github.shmbeans.lock.InterprocessLock;
import org.jspecify.annotations.Nullable;

/**
 * Steps on the items of an open list, each under its lock if it has one. Indexes may
 * count from the end, as in CPython.
 */
final class ListSteps {

	private final SegmentHandle handle;

	private final ListView view;

	private final @Nullable InterprocessLock lock;

	ListSteps(SegmentHandle handle, ListView view) {
		this.handle = handle;
		this.view = view;
		this.lock = handle.interprocessLock();
	}

	int size() {
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
		return this.handle.isClosed() ? this.handle.closedException() : ex.inSegment(this.handle.name());
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

	@Nullable Object get(int index) {
		return this.<@Nullable Object>read(index, this.view::get);
	}

	String format(int index) {
		return read(index, this.view::format);
	}

	int capacity(int index) {
		return this.view.capacity(position(index));
	}

	long getLong(int index) {
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

	double getDouble(int index) {
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

	@Nullable Object set(int index, @Nullable Object value) {
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

	void setLong(int index, long value) {
		int position = position(index);
		begin(Intent.WRITE);
		try {
			this.view.setLong(position, value);
		}
		finally {
			end();
		}
	}

	void setDouble(int index, double value) {
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
	ListSnapshot snapshot() {
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

}
