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

package io.github.shmbeans.internal.type;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a component of a record, or a field of a JNA structure, is stored.
 *
 * @param <T> the Java type of the component, boxed
 */
sealed interface Member<T> permits LayoutMember, ArrayMember, TextMember, JnaMember {

	/**
	 * The same member, for elements of an array that are read as objects.
	 */
	@SuppressWarnings("unchecked")
	static Member<Object> ofObjects(Member<?> member) {
		return (Member<Object>) member;
	}

	String name();

	int size();

	int alignment();

	T read(ByteBuffer bytes, int at);

	/**
	 * Write a component that {@link #requireValid} has let pass.
	 */
	void write(ByteBuffer bytes, int at, T value);

	void requireValid(T value);

	T convert(Object value);

	/**
	 * The value as maps, lists, numbers, booleans and texts.
	 */
	default Object describe(Object value) {
		return value;
	}

	/**
	 * The component of bytes that are all zero.
	 */
	default T zero() {
		return read(ByteBuffer.allocate(size()).order(ByteOrder.LITTLE_ENDIAN), 0);
	}

}
