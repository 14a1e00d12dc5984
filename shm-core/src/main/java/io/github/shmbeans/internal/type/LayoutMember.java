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

import io.github.shmbeans.engine.ElementCodec;

/**
 * A scalar or a nested structure.
 *
 * @param layout its layout
 * @param <T> the Java type
 */
record LayoutMember<T>(ElementCodec<T> layout) implements Member<T> {

	@Override
	public String name() {
		return this.layout.name();
	}

	@Override
	public int size() {
		return this.layout.size();
	}

	@Override
	public int alignment() {
		return this.layout.alignment();
	}

	@Override
	public T read(ByteBuffer bytes, int at) {
		return this.layout.read(bytes, at);
	}

	@Override
	public void write(ByteBuffer bytes, int at, T value) {
		this.layout.write(bytes, at, value);
	}

	@Override
	public void requireValid(T value) {
		this.layout.requireValid(value);
	}

	@Override
	@SuppressWarnings("unchecked")
	public Object describe(Object value) {
		return (this.layout instanceof StructLayout<T> struct) ? struct.members((T) value) : value;
	}

	@Override
	public T convert(Object value) {
		return this.layout.convert(value);
	}

}
