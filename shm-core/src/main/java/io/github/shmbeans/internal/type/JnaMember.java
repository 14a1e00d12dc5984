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
import java.util.function.Function;

import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.error.WrongTypeException;
import io.github.shmbeans.internal.posix.NativeStructure;

/**
 * A scalar that JNA stores otherwise than a record does: its Java type in a structure is
 * not its own.
 *
 * @param scalar the scalar
 * @param javaType the Java type in the structure
 * @param reader turns the scalar's value into that of the structure
 * @param writer turns it back
 * @param converter turns what a property or a request gives into a value of the structure
 * @param <U> the Java type of the scalar
 * @param <T> the Java type in the structure
 */
record JnaMember<U, T>(Scalar<U> scalar, Class<T> javaType, Function<U, T> reader, Function<T, U> writer,
		Function<Object, T> converter) implements Member<T> {

	/** As JNA stores it. */
	static final JnaMember<Integer, Boolean> BOOLEAN = new JnaMember<>(Scalar.INT32, Boolean.class,
			(value) -> value != 0, (value) -> value ? -1 : 0, Scalar.BOOL::convert);

	/** A {@code wchar_t}. */
	static final JnaMember<Integer, Character> CHARACTER = new JnaMember<>(Scalar.WCHAR, Character.class,
			JnaMember::character, Integer::valueOf, (value) -> character(Scalar.WCHAR.convert(value)));

	/** The C type {@code long}. */
	static final JnaMember<Long, Number> NATIVE_LONG = new JnaMember<>(Scalar.INT64, Number.class,
			NativeStructure::nativeLong, Number::longValue,
			(value) -> NativeStructure.nativeLong(Scalar.INT64.convert(value)));

	private static char character(int codePoint) {
		if (!Character.isBmpCodePoint(codePoint)) {
			throw new ValueOutOfRangeException("char", "0 to 65535", codePoint);
		}
		return (char) codePoint;
	}

	@Override
	public String name() {
		return this.scalar.name();
	}

	@Override
	public int size() {
		return this.scalar.size();
	}

	@Override
	public int alignment() {
		return this.scalar.alignment();
	}

	@Override
	public T read(ByteBuffer bytes, int at) {
		return this.reader.apply(this.scalar.read(bytes, at));
	}

	@Override
	public void write(ByteBuffer bytes, int at, T value) {
		this.scalar.write(bytes, at, this.writer.apply(value));
	}

	@Override
	public void requireValid(T value) {
		if (!this.javaType.isInstance(value)) {
			throw new WrongTypeException("a " + this.javaType.getSimpleName(), String.valueOf(value),
					"Set the field of the structure");
		}
	}

	@Override
	public T convert(Object value) {
		return this.converter.apply(value);
	}

}
