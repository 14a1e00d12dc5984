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

package io.github.shmbeans.engine;

import java.nio.ByteBuffer;

import io.github.shmbeans.ElementType;

/**
 * An element type that reads and writes its bytes. Immutable.
 *
 * @param <T> the Java type
 */
public interface ElementCodec<T> extends ElementType<T> {

	/**
	 * The codec of an element type.
	 * @param <T> the Java type
	 * @param type a type that this library has made
	 * @return its codec
	 */
	static <T> ElementCodec<T> of(ElementType<T> type) {
		if (type instanceof ElementCodec<T> codec) {
			return codec;
		}
		throw new IllegalArgumentException(
				"Expected an element type of this library, found %s. Use a constant or a factory method of ElementType"
					.formatted(type.getClass().getName()));
	}

	/**
	 * The code in the control block.
	 * @return the code
	 */
	int code();

	/**
	 * The alignment of an element within a structure.
	 * @return the alignment in bytes
	 */
	int alignment();

	/**
	 * Whether an element is written by one aligned store.
	 * @return {@code true} for scalars
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

}
