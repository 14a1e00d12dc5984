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

import java.util.List;

import io.github.shmbeans.SegmentSpec.Content;
import io.github.shmbeans.error.InvalidOptionException;
import org.jspecify.annotations.Nullable;

/**
 * Opens an array.
 *
 * @param <T> the Java type of the element type
 */
public final class ArrayBuilder<T> extends SegmentBuilder<ArrayBuilder<T>> {

	private final ElementType<T> type;

	private @Nullable Shape shape;

	private @Nullable List<T> initial;

	private @Nullable String initialText;

	ArrayBuilder(@Nullable SharedMemoryManager manager, String key, ElementType<T> type) {
		super(manager, key);
		this.type = type;
	}

	@Override
	ArrayBuilder<T> self() {
		return this;
	}

	/**
	 * Set the number of elements. May be left out with {@link #initial} and, to take the
	 * length that is found, with {@link OpenMode#ATTACH} or read-only access.
	 * @param length the length, 0 or more
	 * @return this builder
	 */
	public ArrayBuilder<T> length(long length) {
		if (length < 0) {
			throw new InvalidOptionException("length", "Expected an array length of 0 or more, found " + length,
					"Declare how many elements to share");
		}
		return shape(length);
	}

	/**
	 * Set the number of elements in several dimensions, in the place of
	 * {@link #length(long)}. An array that is attached must have the same shape; with one
	 * dimension as many elements will do.
	 * @param extents the extent of each dimension, 0 or more, as
	 * {@link Shape#of(long...)} takes them
	 * @return this builder
	 * @see SharedArray#index(long...)
	 */
	public ArrayBuilder<T> shape(long... extents) {
		return shape(Shape.of(extents));
	}

	/**
	 * Set the shape of the array, in the place of {@link #length(long)}.
	 * @param shape the shape
	 * @return this builder
	 */
	public ArrayBuilder<T> shape(Shape shape) {
		this.shape = shape;
		return this;
	}

	/**
	 * Set the elements that a new segment begins with; one that is attached keeps its
	 * own.
	 * @param initial the elements, exactly as many as length or shape say if one is
	 * given; of several dimensions the last index varies fastest
	 * @return this builder
	 */
	public ArrayBuilder<T> initial(List<? extends T> initial) {
		this.initial = List.copyOf(initial);
		this.initialText = null;
		return this;
	}

	/**
	 * Set the text that a new character array begins with, in the place of initial
	 * elements.
	 * @param text the text, no longer than length or shape say if one is given; zeros
	 * follow
	 * @return this builder
	 */
	public ArrayBuilder<T> initialText(String text) {
		this.initialText = text;
		this.initial = null;
		return this;
	}

	/**
	 * Open the array.
	 * @return the open array
	 * @throws io.github.shmbeans.error.SharedMemoryException if it cannot be opened as
	 * asked; nothing is left behind
	 * @throws IllegalArgumentException as {@link #spec()}
	 * @throws IllegalStateException if the manager is closed or uses the key already, or
	 * if this builder has no manager
	 */
	@SuppressWarnings("unchecked")
	public SharedArray<T> open() {
		return (SharedArray<T>) openSegment();
	}

	@Override
	Content content() {
		return new SegmentSpec.Array<>(this.type, this.shape, this.initial, this.initialText);
	}

}
