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

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The items of a list at one moment. Bytes are compared by their contents, numbers by the
 * type that a list gives them.
 */
final class ListSnapshot {

	private final @Nullable Object[] items;

	ListSnapshot(@Nullable Object[] items) {
		this.items = items;
	}

	@Nullable Object[] items() {
		return this.items;
	}

	int count(@Nullable Object value) {
		Object sought = normalized(value);
		return (int) Arrays.stream(this.items).filter((item) -> Objects.deepEquals(item, sought)).count();
	}

	int first(@Nullable Object value) {
		Object sought = normalized(value);
		for (int i = 0; i < this.items.length; i++) {
			if (Objects.deepEquals(this.items[i], sought)) {
				return i;
			}
		}
		return -1;
	}

	int last(@Nullable Object value) {
		Object sought = normalized(value);
		for (int i = this.items.length - 1; i >= 0; i--) {
			if (Objects.deepEquals(this.items[i], sought)) {
				return i;
			}
		}
		return -1;
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

	@Override
	public boolean equals(Object other) {
		return other instanceof ListSnapshot that && Arrays.deepEquals(this.items, that.items);
	}

	/**
	 * The hash code that {@link java.util.List} prescribes, with that of their contents
	 * for bytes.
	 */
	@Override
	public int hashCode() {
		return Arrays.deepHashCode(this.items);
	}

	@Override
	public String toString() {
		return Arrays.deepToString(this.items);
	}

}
