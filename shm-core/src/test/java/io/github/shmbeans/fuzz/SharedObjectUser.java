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

package io.github.shmbeans.fuzz;

import java.nio.ByteBuffer;
import java.util.List;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.error.LockTimeoutException;
import io.github.shmbeans.error.SharedMemoryException;
import org.assertj.core.api.Assertions;

/**
 * Does with a shared object whatever its API offers. Indexes and lengths are always
 * right: an exception that speaks of the caller's mistake is one of ours.
 */
final class SharedObjectUser {

	private static final int MOST_ITEMS = 40;

	private boolean locked;

	/**
	 * A step that may be refused with one of the documented exceptions. Once the lock was
	 * not free in time there is no point in waiting for it again.
	 */
	private void attempt(Runnable step) {
		if (this.locked) {
			return;
		}
		try {
			step.run();
		}
		catch (LockTimeoutException ex) {
			this.locked = true;
		}
		catch (SharedMemoryException | UnsupportedOperationException | ArithmeticException ex) {
			Assertions.assertThat(ex.getMessage()).isNotBlank();
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			Assertions.assertThat(ex.getMessage()).matches("(?s)Expected .*|.* does not fit .*");
		}
	}

	void use(Object object) {
		if (object instanceof SharedValue<?> value) {
			value(value);
		}
		else if (object instanceof SharedArray<?> array) {
			array(array);
		}
		else if (object instanceof ShareableList list) {
			list(list);
		}
		else if (object instanceof SharedMemory block) {
			bytes(block.buffer());
			attempt(() -> lock(block.lock()));
		}
		else {
			lock((SharedLock) object);
		}
		if (object instanceof SharedSegment segment) {
			segment(segment);
		}
	}

	private void segment(SharedSegment segment) {
		Assertions.assertThat(segment.dataSize()).isBetween(0L, segment.fileSize());
		Assertions.assertThat(segment.status().toString()).contains(segment.name());
		attempt(() -> Assertions.assertThat(segment.toString()).isNotBlank());
		Assertions.assertThat(segment.status().attachments()).hasSizeLessThan(2);
	}

	private <T> void value(SharedValue<T> value) {
		attempt(() -> value.set(value.get()));
		attempt(() -> value.update((before) -> before));
		attempt(value::getLong);
		attempt(value::getDouble);
		attempt(() -> value.setLong(3));
		attempt(() -> value.getAndAdd(one(value.elementType())));
		attempt(() -> value.compareAndSet(value.get(), value.get()));
		SharedValue<T> raw = value.raw();
		attempt(() -> raw.set(raw.get()));
		attempt(() -> raw.compareAndSet(raw.get(), raw.get()));
		attempt(() -> lock(value.lock()));
	}

	private static <T> T one(ElementType<T> type) {
		return type.convert(1);
	}

	private <T> void array(SharedArray<T> array) {
		long length = array.length();
		Assertions.assertThat(length * array.elementType().size()).isBetween(1L, array.dataSize());
		for (long index : new long[] { 0, length / 2, length - 1 }) {
			attempt(() -> array.set(index, array.get(index)));
			attempt(() -> array.getLong(index));
			attempt(() -> array.getDouble(index));
			attempt(() -> array.getAndAdd(index, one(array.elementType())));
			attempt(() -> array.raw().compareAndSet(index, array.get(index), array.get(index)));
		}
		attempt(() -> array.setSlice(0, array.slice(0, Math.min(length, MOST_ITEMS))));
		attempt(() -> array.fill(array.get(0)));
		attempt(() -> array.stream().limit(MOST_ITEMS).forEach((item) -> Assertions.assertThat(item).isNotNull()));
		attempt(() -> array.read(0, new double[1], 0, 1));
		attempt(() -> array.write(length - 1, new byte[1], 0, 1));
		attempt(array::getText);
		attempt(() -> array.setText("x"));
		attempt(() -> bytes(array.buffer()));
		attempt(() -> lock(array.lock()));
	}

	private void list(ShareableList list) {
		int count = Math.min(list.size(), MOST_ITEMS);
		for (int i = -count; i < count; i++) {
			int index = i;
			attempt(() -> list.get(index));
			attempt(() -> list.format(index));
			attempt(() -> list.getLong(index));
			attempt(() -> list.getDouble(index));
			attempt(() -> Assertions.assertThat(list.capacity(index)).isBetween(0, (int) list.dataSize()));
		}
		attempt(() -> list.indexOf("howdy"));
		attempt(() -> list.count(null));
		attempt(() -> Assertions.assertThat(list.toArray()).hasSize(list.size()));
		attempt(() -> Assertions.assertThat(List.copyOf(list.subList(0, 0))).isEmpty());
		for (int i = 0; i < count; i++) {
			int index = i;
			attempt(() -> replace(list, index, 5L));
			attempt(() -> replace(list, index, "text"));
			attempt(() -> replace(list, index, null));
		}
		attempt(() -> lock(list.lock()));
	}

	/**
	 * What was written must be read.
	 */
	private static void replace(ShareableList list, int index, Object item) {
		try {
			list.set(index, item);
		}
		catch (SharedMemoryException ex) {
			list.setLong(index, 5L);
			return;
		}
		Assertions.assertThat(list.get(index)).isEqualTo(item);
	}

	private static void bytes(ByteBuffer buffer) {
		while (buffer.hasRemaining()) {
			byte found = buffer.get();
			if (!buffer.isReadOnly()) {
				buffer.put(buffer.position() - 1, found);
			}
		}
	}

	private void lock(SharedLock lock) {
		attempt(() -> {
			if (lock.tryLock()) {
				lock.unlock();
			}
		});
		attempt(() -> {
			lock.owner();
			lock.isLocked();
			lock.isConsistent();
			lock.statistics();
			Assertions.assertThat(lock.waiting()).isNotNegative();
		});
		attempt(lock::forceUnlock);
		attempt(() -> lock.recover(() -> Assertions.assertThat(lock.isHeldByCurrentThread()).isTrue()));
		Assertions.assertThat(lock.isHeldByCurrentThread()).isFalse();
	}

}
