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

/**
 * The indexes that some elements have.
 *
 * @param length how many elements there are
 * @param size the size of an element in bytes
 */
record Bounds(long length, int size) {

	/**
	 * Check the index of an element of data that fits in one buffer.
	 */
	int index(long index) {
		int narrow = (int) index;
		if (narrow != index || narrow < 0 || narrow >= this.length) {
			throw outOfBounds(index);
		}
		return narrow;
	}

	/**
	 * Check an index.
	 * @return where the element begins, in bytes
	 */
	long offset(long index) {
		if (Long.compareUnsigned(index, this.length) >= 0) {
			throw outOfBounds(index);
		}
		return index * this.size;
	}

	/**
	 * Check a range of elements.
	 */
	void requireRange(long from, long count) {
		if (from < 0 || count < 0 || from > this.length - count) {
			throw new IndexOutOfBoundsException(
					"Expected a range within [0, %d), found %d elements from %d. Check the length first"
						.formatted(this.length, count, from));
		}
	}

	private IndexOutOfBoundsException outOfBounds(long index) {
		return new IndexOutOfBoundsException(
				"Expected an index in [0, %d), found %d. Check the length first".formatted(this.length, index));
	}

}
