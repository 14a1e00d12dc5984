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

import java.util.function.UnaryOperator;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.engine.SegmentOwner;
import io.github.shmbeans.internal.lock.AbstractSharedLock;
import io.github.shmbeans.internal.segment.Segment;
import io.github.shmbeans.internal.type.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * {@link SharedValue} over a segment.
 *
 * @param <T> the Java type of the value
 */
final class DefaultSharedValue<T> implements SegmentObject, SharedValue<T> {

	private final Segment segment;

	private final SegmentOwner owner;

	private final SharedMemoryEngine engine;

	private final ElementType<T> type;

	private final Elements<T> elements;

	/** The lock of a view; null for that of the segment. */
	private final @Nullable SharedLock lock;

	DefaultSharedValue(Segment segment, SegmentOwner owner, SharedMemoryEngine engine, ElementType<T> type,
			Elements<T> elements, @Nullable SharedLock lock) {
		this.lock = lock;
		this.segment = segment;
		this.owner = owner;
		this.engine = engine;
		this.type = type;
		this.elements = elements;
	}

	@Override
	public Segment segment() {
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
	public T get() {
		return this.elements.isLocked() ? this.elements.get(0) : this.elements.getVolatile(0);
	}

	@Override
	public void set(T value) {
		if (this.elements.isLocked()) {
			this.elements.set(0, value);
		}
		else {
			this.elements.setVolatile(0, value);
		}
	}

	@Override
	public T update(UnaryOperator<T> operator) {
		return this.elements.update(0, operator);
	}

	@Override
	public T getAndAdd(T delta) {
		return this.elements.getAndAdd(0, delta);
	}

	@Override
	public long getAndAddLong(long delta) {
		return this.elements.getAndAddLong(0, delta);
	}

	@Override
	public T addAndGet(T delta) {
		return this.elements.addAndGet(0, delta);
	}

	@Override
	public T incrementAndGet() {
		return this.elements.incrementAndGet(0);
	}

	@Override
	public T getAndSet(T value) {
		return this.elements.getAndSet(0, value);
	}

	@Override
	public boolean compareAndSet(T expected, T value) {
		return this.elements.compareAndSet(0, expected, value);
	}

	@Override
	public long getLong() {
		return this.elements.isLocked() ? this.elements.getLong(0)
				: Numbers.toLong(this.elements.scalar(), this.elements.bitsVolatile(0));
	}

	@Override
	public void setLong(long value) {
		if (this.elements.isLocked()) {
			this.elements.setLong(0, value);
		}
		else {
			this.elements.setBitsVolatile(0, Numbers.fromLong(this.elements.scalar(), value));
		}
	}

	@Override
	public int getInt() {
		return Math.toIntExact(getLong());
	}

	@Override
	public void setInt(int value) {
		setLong(value);
	}

	@Override
	public double getDouble() {
		return this.elements.isLocked() ? this.elements.getDouble(0)
				: Numbers.toDouble(this.elements.scalar(), this.elements.bitsVolatile(0));
	}

	@Override
	public void setDouble(double value) {
		if (this.elements.isLocked()) {
			this.elements.setDouble(0, value);
		}
		else {
			this.elements.setBitsVolatile(0, Numbers.fromDouble(this.elements.scalar(), value));
		}
	}

	@Override
	public SharedLock lock() {
		return (this.lock != null) ? this.lock : SegmentObject.super.lock();
	}

	@Override
	public SharedValue<T> raw() {
		return new DefaultSharedValue<>(this.segment, this.owner, this.engine, this.type, this.elements.lockedBy(null),
				this.lock);
	}

	@Override
	public SharedValue<T> synchronizedWith(SharedLock lock) {
		AbstractSharedLock guard = AbstractSharedLock.require(lock);
		this.segment.guard(guard);
		return new DefaultSharedValue<>(this.segment, this.owner, this.engine, this.type, this.elements.lockedBy(guard),
				guard);
	}

	@Override
	public SharedValue<T> copy(String name) {
		SegmentSpec spec = SegmentSpec.value(name, this.type).segmentName(name).mode(OpenMode.CREATE).spec();
		return this.engine.copyValue(spec, this.type, this.owner, this.elements);
	}

	@Override
	public String toString() {
		return "SharedValue[name=%s, type=%s]".formatted(name(), this.type);
	}

}
