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

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;

import io.github.shmbeans.error.WrongTypeException;

/**
 * An array of fixed length.
 *
 * @param element how an element is stored
 * @param componentType the Java type of its elements
 * @param length how many there are
 */
record ArrayMember(Member<Object> element, Class<?> componentType, int length) implements Member<Object> {

	@Override
	public String name() {
		return this.element.name() + "[" + this.length + "]";
	}

	@Override
	public int size() {
		return Math.multiplyExact(this.element.size(), this.length);
	}

	@Override
	public int alignment() {
		return this.element.alignment();
	}

	@Override
	public Object read(ByteBuffer bytes, int at) {
		Object array = Array.newInstance(this.componentType, this.length);
		for (int i = 0; i < this.length; i++) {
			Array.set(array, i, this.element.read(bytes, at + i * this.element.size()));
		}
		return array;
	}

	@Override
	public void write(ByteBuffer bytes, int at, Object value) {
		for (int i = 0; i < this.length; i++) {
			this.element.write(bytes, at + i * this.element.size(), Array.get(value, i));
		}
	}

	@Override
	public void requireValid(Object value) {
		int found = (value != null) ? Array.getLength(value) : 0;
		if (found != this.length) {
			throw new WrongTypeException("an array of " + this.length + " elements", found + " elements",
					"Give as many as the declaration says");
		}
		for (int i = 0; i < this.length; i++) {
			this.element.requireValid(Array.get(value, i));
		}
	}

	@Override
	public Object describe(Object value) {
		if (this.componentType.isPrimitive()) {
			return value;
		}
		return Arrays.stream((Object[]) value).map(this.element::describe).toList();
	}

	@Override
	public Object convert(Object value) {
		if (!(value instanceof Collection<?> elements) || elements.size() != this.length) {
			throw new WrongTypeException("a list of " + this.length + " elements", String.valueOf(value),
					"Give as many as the declaration says");
		}
		Object array = Array.newInstance(this.componentType, this.length);
		int i = 0;
		for (Object element : elements) {
			Array.set(array, i++, this.element.convert(Objects.requireNonNull(element, "element")));
		}
		return array;
	}

}
