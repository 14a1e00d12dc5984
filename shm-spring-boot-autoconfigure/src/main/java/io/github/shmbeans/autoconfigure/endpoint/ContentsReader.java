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

package io.github.shmbeans.autoconfigure.endpoint;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.error.OwnerDiedException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the contents of segments for people to look at. Never waits for a lock: it reads
 * values, arrays and blocks without, so that they can be looked at while a lock is stuck,
 * and lists only if their lock is free.
 *
 * @param from the first element to read
 * @param count how many elements to read at most
 */
record ContentsReader(long from, int count) {

	@Nullable Object read(SharedSegment segment) {
		if (segment instanceof SharedValue<?> value) {
			return Map.of("value", value(value));
		}
		if (segment instanceof SharedArray<?> array) {
			long length = array.length();
			return Map.of("from", this.from, "values", values(array, first(length), to(length)));
		}
		if (segment instanceof ShareableList list) {
			return read(list);
		}
		return (segment instanceof SharedMemory block) ? read(block) : null;
	}

	private static <T> Object value(SharedValue<T> value) {
		return shown(value.elementType(), value.raw().get());
	}

	private static <T> List<Object> values(SharedArray<T> array, long from, long to) {
		return array.raw().slice(from, to).stream().map((element) -> shown(array.elementType(), element)).toList();
	}

	private static <T> Object shown(ElementType<T> type, T element) {
		return type.hasMembers() ? type.members(element) : element;
	}

	private long first(long length) {
		return Math.min(this.from, length);
	}

	private long to(long length) {
		return Math.min(first(length) + this.count, length);
	}

	private Map<String, Object> read(SharedMemory block) {
		long first = first(block.size());
		byte[] bytes = new byte[(int) (to(block.size()) - first)];
		block.buffer(first, bytes.length).get(bytes);
		return Map.of("from", this.from, "bytes", Base64.getEncoder().encodeToString(bytes));
	}

	private Map<String, Object> read(ShareableList list) {
		SharedLock lock = list.hasLock() ? list.lock() : null;
		try {
			if (lock != null && !lock.tryLock()) {
				return Map.of("unavailable", "The lock of the list is held");
			}
		}
		catch (OwnerDiedException ex) {
			return Map.of("unavailable", ex.problem());
		}
		try {
			return items(list);
		}
		finally {
			if (lock != null) {
				lock.unlock();
			}
		}
	}

	private Map<String, Object> items(ShareableList list) {
		int size = list.size();
		List<String> formats = new ArrayList<>();
		List<@Nullable Object> values = new ArrayList<>();
		for (int i = (int) first(size); i < to(size); i++) {
			Object value = list.get(i);
			formats.add(list.format(i));
			values.add((value instanceof byte[] bytes) ? Map.of("bytes", Base64.getEncoder().encodeToString(bytes))
					: value);
		}
		Map<String, Object> contents = new LinkedHashMap<>();
		contents.put("from", this.from);
		contents.put("format", formats);
		contents.put("values", values);
		return contents;
	}

}
