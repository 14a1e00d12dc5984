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

import java.math.BigInteger;
import java.util.Map;

import io.github.shmbeans.error.WrongTypeException;
import io.github.shmbeans.posix.NativeStructure;
import io.github.shmbeans.type.Layout;
import io.github.shmbeans.type.Scalar;
import io.github.shmbeans.type.StructLayout;

/**
 * The type of a value or of an array's elements: its bytes as ctypes and numpy lay them
 * out, and the Java type that carries them. Immutable; two are equal if their layouts
 * are.
 *
 * @param <T> the Java type
 */
public final class ElementType<T> {

	/** Signed 8-bit integer, ctypes {@code c_byte}. */
	public static final ElementType<Byte> INT8 = new ElementType<>(Scalar.INT8);

	/** Unsigned 8-bit integer, ctypes {@code c_ubyte}, widened to {@link Short}. */
	public static final ElementType<Short> UINT8 = new ElementType<>(Scalar.UINT8);

	/** Signed 16-bit integer, ctypes {@code c_short}. */
	public static final ElementType<Short> INT16 = new ElementType<>(Scalar.INT16);

	/** Unsigned 16-bit integer, ctypes {@code c_ushort}, widened to {@link Integer}. */
	public static final ElementType<Integer> UINT16 = new ElementType<>(Scalar.UINT16);

	/** Signed 32-bit integer, ctypes {@code c_int}. */
	public static final ElementType<Integer> INT32 = new ElementType<>(Scalar.INT32);

	/** Unsigned 32-bit integer, ctypes {@code c_uint}, widened to {@link Long}. */
	public static final ElementType<Long> UINT32 = new ElementType<>(Scalar.UINT32);

	/** Signed 64-bit integer, ctypes {@code c_longlong} and, here, {@code c_long}. */
	public static final ElementType<Long> INT64 = new ElementType<>(Scalar.INT64);

	/** Unsigned 64-bit integer, ctypes {@code c_ulonglong}. */
	public static final ElementType<BigInteger> UINT64 = new ElementType<>(Scalar.UINT64);

	/** 32-bit IEEE 754 number, ctypes {@code c_float}. */
	public static final ElementType<Float> FLOAT32 = new ElementType<>(Scalar.FLOAT32);

	/** 64-bit IEEE 754 number, ctypes {@code c_double}. */
	public static final ElementType<Double> FLOAT64 = new ElementType<>(Scalar.FLOAT64);

	/** A byte that is 0 or not 0, ctypes {@code c_bool}. */
	public static final ElementType<Boolean> BOOL = new ElementType<>(Scalar.BOOL);

	/** A byte of text, ctypes {@code c_char}: U+0000 to U+00FF. */
	public static final ElementType<Character> CHAR = new ElementType<>(Scalar.CHAR);

	/** A 32-bit Unicode code point, ctypes {@code c_wchar}. */
	public static final ElementType<Integer> WCHAR = new ElementType<>(Scalar.WCHAR);

	private final Layout<T> layout;

	private ElementType(Layout<T> layout) {
		this.layout = layout;
	}

	/**
	 * Find a scalar type by typecode ({@code b B h H i I l L q Q f d ? c u}), fixed-width
	 * name ({@code int8} … {@code uint64}, {@code float32}, {@code float64},
	 * {@code bool}, {@code char}, {@code wchar}), Java name ({@code byte}, {@code short},
	 * {@code int}, {@code long}, {@code float}, {@code double}, {@code boolean}) or
	 * ctypes name ({@code c_int} …).
	 * @param name the name
	 * @return the type
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public static ElementType<?> of(String name) {
		return new ElementType<>(Scalar.named(name));
	}

	/**
	 * Lay out a record as the C structure with the same members: natural alignment,
	 * nested records, arrays and texts of fixed {@link io.github.shmbeans.type.Length
	 * Length}, other scalars by {@link io.github.shmbeans.type.CType CType}.
	 * @param <R> the record
	 * @param type its class
	 * @return the type
	 * @throws IllegalArgumentException if the record has no components, or one that has
	 * no layout
	 */
	public static <R extends Record> ElementType<R> ofRecord(Class<R> type) {
		return new ElementType<>(StructLayout.of(type));
	}

	/**
	 * Lay out a {@code com.sun.jna.Structure} as JNA does, natural alignment by default:
	 * nested structures and arrays of fixed length, but no pointers, callbacks or unions,
	 * which mean nothing in another process. A {@code boolean} is a 32-bit integer and a
	 * {@code char} a {@code wchar_t}, as everywhere in JNA. What is read is a new
	 * structure whose fields are set; {@code write()} brings them to its native memory.
	 * @param <S> the structure
	 * @param type its class, with a constructor without arguments
	 * @return the type
	 * @throws IllegalArgumentException if it is no structure, or has a field that cannot
	 * be shared
	 */
	public static <S> ElementType<S> ofStructure(Class<S> type) {
		return new ElementType<>(StructLayout.ofStructure(type));
	}

	/**
	 * Lay out a record or a JNA structure.
	 * @param <S> the record or structure
	 * @param type its class
	 * @return the type
	 * @throws IllegalArgumentException if it is neither, or cannot be laid out
	 */
	@SuppressWarnings("unchecked")
	public static <S> ElementType<S> of(Class<S> type) {
		if (!type.isRecord() && !NativeStructure.isStructure(type)) {
			throw new IllegalArgumentException(
					"Expected a record or a subclass of com.sun.jna.Structure, found the class '%s'. Declare one with the members of the structure"
						.formatted(type.getName()));
		}
		return type.isRecord() ? (ElementType<S>) ofRecord(type.asSubclass(Record.class)) : ofStructure(type);
	}

	/**
	 * Whether it is a structure: that of a record or of JNA.
	 * @return {@code true} if an element has members
	 */
	public boolean hasMembers() {
		return this.layout instanceof StructLayout<T>;
	}

	/**
	 * The members of an element by name, for display: those of nested structures are maps
	 * too, and arrays of structures lists.
	 * @param element the element
	 * @return its members in their order
	 * @throws WrongTypeException if it is no structure
	 */
	public Map<String, Object> members(T element) {
		if (this.layout instanceof StructLayout<T> struct) {
			return struct.members(element);
		}
		throw new WrongTypeException("a structure", name(), "Use the element itself");
	}

	/**
	 * The fixed-width name, or the members of a structure.
	 * @return the name, such as {@code int64}
	 */
	public String name() {
		return this.layout.name();
	}

	/**
	 * The size of one element.
	 * @return the size in bytes
	 */
	public int size() {
		return this.layout.size();
	}

	/**
	 * The Java type of an element.
	 * @return the boxed class
	 */
	public Class<T> javaType() {
		return this.layout.javaType();
	}

	/**
	 * Turn a number, a boolean or a text, as properties and JSON have them, into an
	 * element.
	 * @param value the value
	 * @return the element
	 * @throws IllegalArgumentException if the value is of another kind or out of range
	 */
	public T convert(Object value) {
		return this.layout.convert(value);
	}

	Layout<T> layout() {
		return this.layout;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof ElementType<?> that && this.layout.equals(that.layout);
	}

	@Override
	public int hashCode() {
		return this.layout.hashCode();
	}

	@Override
	public String toString() {
		return this.layout.name();
	}

}
