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

package io.github.shmbeans.type;

import java.nio.ByteBuffer;

/**
 * How the elements of a type are laid out in memory. Immutable.
 *
 * @param <T> the Java type
 */
public sealed interface Layout<T> permits Scalar, StructLayout {

	/**
	 * The readable form, equal for equal layouts.
	 * @return the name
	 */
	String name();

	/**
	 * The code in the control block.
	 * @return the code
	 */
	int code();

	/**
	 * The size of an element.
	 * @return the size in bytes
	 */
	int size();

	/**
	 * The alignment of an element within a structure.
	 * @return the alignment in bytes
	 */
	int alignment();

	/**
	 * The Java type.
	 * @return the boxed class
	 */
	Class<T> javaType();

	/**
	 * Whether an element is written by one aligned store.
	 * @return {@code true} for sizes of 1, 2, 4 and 8
	 */
	boolean isWhole();

	/**
	 * Read an element, plain.
	 * @param bytes a little-endian buffer
	 * @param at the position of the element
	 * @return the element
	 */
	T read(ByteBuffer bytes, int at);

	/**
	 * Write an element, plain; nothing is written if it is refused.
	 * @param bytes a little-endian buffer
	 * @param at the position of the element
	 * @param value the element
	 */
	void write(ByteBuffer bytes, int at, T value);

	/**
	 * Refuse an element that {@link #write} would refuse.
	 * @param value the element
	 * @throws IllegalArgumentException if it is of another Java type or out of range
	 */
	void requireValid(T value);

	/**
	 * Turn what a property or a request gives into an element.
	 * @param value a number, boolean or text
	 * @return the element
	 * @throws IllegalArgumentException if it is of another kind or out of range
	 */
	T convert(Object value);

}
