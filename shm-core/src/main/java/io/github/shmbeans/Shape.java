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

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.github.shmbeans.error.InvalidOptionException;

/**
 * The extents of an array along its dimensions, as numpy's {@code shape}. The elements
 * lie in C order: the last index varies fastest. Immutable.
 */
public final class Shape {

	/** How many dimensions there may be. */
	public static final int MOST_DIMENSIONS = 15;

	private final long[] extents;

	private final long length;

	private Shape(long[] extents) {
		this.extents = extents;
		this.length = length(extents);
	}

	/**
	 * A shape.
	 * @param extents the extent of each dimension, 0 or more; 1 to
	 * {@value #MOST_DIMENSIONS} of them
	 * @return the shape
	 * @throws InvalidOptionException if there are none or too many, one is negative, or
	 * their product is 2^63 or more
	 */
	public static Shape of(long... extents) {
		if (extents.length < 1 || extents.length > MOST_DIMENSIONS) {
			throw new InvalidOptionException("shape",
					"Expected a shape of 1 to %d dimensions, found %d".formatted(MOST_DIMENSIONS, extents.length),
					"Give the extent of each dimension, or leave the shape out");
		}
		for (long extent : extents) {
			if (extent < 0) {
				throw new InvalidOptionException("shape",
						"Expected dimensions of 0 or more, found " + Arrays.toString(extents),
						"Give the extent of each dimension");
			}
		}
		try {
			return new Shape(extents.clone());
		}
		catch (ArithmeticException ex) {
			throw new InvalidOptionException("shape",
					"Expected fewer than 2^63 elements, found a shape of " + Arrays.toString(extents),
					"Give smaller dimensions");
		}
	}

	private static long length(long[] extents) {
		for (long extent : extents) {
			if (extent == 0) {
				return 0;
			}
		}
		long length = 1;
		for (long extent : extents) {
			length = Math.multiplyExact(length, extent);
		}
		return length;
	}

	/**
	 * The number of dimensions, numpy's {@code ndim}.
	 * @return 1 to {@value #MOST_DIMENSIONS}
	 */
	public int dimensions() {
		return this.extents.length;
	}

	/**
	 * The extent of a dimension.
	 * @param dimension the dimension, counted from 0
	 * @return its extent, 0 or more
	 * @throws IndexOutOfBoundsException if there is no such dimension
	 */
	public long extent(int dimension) {
		return this.extents[dimension];
	}

	/**
	 * The extents of all dimensions, in order.
	 * @return an unmodifiable list
	 */
	public List<Long> extents() {
		return Arrays.stream(this.extents).boxed().toList();
	}

	/**
	 * The number of elements, numpy's {@code size}.
	 * @return the product of the extents
	 */
	public long length() {
		return this.length;
	}

	/**
	 * Where an element stands among all.
	 * @param indices an index for each dimension, counted from 0
	 * @return the index of the element in an array of one dimension
	 * @throws IllegalArgumentException if there are more or fewer indices than dimensions
	 * @throws IndexOutOfBoundsException if one is negative, or not below its extent
	 */
	public long index(long... indices) {
		if (indices.length != this.extents.length) {
			throw new IllegalArgumentException(
					"Expected %d indices for the shape %s, found %d. Give one for each dimension"
						.formatted(this.extents.length, this, indices.length));
		}
		long index = 0;
		for (int i = 0; i < indices.length; i++) {
			if (indices[i] < 0 || indices[i] >= this.extents[i]) {
				throw new IndexOutOfBoundsException(
						"Expected an index of 0 to %d in dimension %d of the shape %s, found %d"
							.formatted(this.extents[i] - 1, i, this, indices[i]));
			}
			index = index * this.extents[i] + indices[i];
		}
		return index;
	}

	/**
	 * Whether an array of another shape can be used as one of this shape: with one
	 * dimension if it has as many elements, with several if the shapes are equal.
	 * @param found the shape of the array that is there
	 * @return {@code true} if it can
	 */
	public boolean accepts(Shape found) {
		return (this.extents.length == 1) ? this.length == found.length : equals(found);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Shape shape && Arrays.equals(this.extents, shape.extents);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.extents);
	}

	/**
	 * The extents, such as {@code 480 × 640 × 3}.
	 */
	@Override
	public String toString() {
		return Arrays.stream(this.extents).mapToObj(String::valueOf).collect(Collectors.joining(" × "));
	}

}
