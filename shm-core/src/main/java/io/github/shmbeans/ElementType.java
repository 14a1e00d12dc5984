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

/**
 * The type of a value or of an array's elements: its bytes as ctypes and numpy lay them
 * out, and the Java type that carries them. Immutable; two are equal if their layouts
 * are.
 *
 * @param <T> the Java type
 */
public interface ElementType<T> {

	/** Signed 8-bit integer, ctypes {@code c_byte}. */
	ElementType<Byte> INT8 = Providers.get().scalar("int8", Byte.class);

	/** Unsigned 8-bit integer, ctypes {@code c_ubyte}, widened to {@link Short}. */
	ElementType<Short> UINT8 = Providers.get().scalar("uint8", Short.class);

	/** Signed 16-bit integer, ctypes {@code c_short}. */
	ElementType<Short> INT16 = Providers.get().scalar("int16", Short.class);

	/** Unsigned 16-bit integer, ctypes {@code c_ushort}, widened to {@link Integer}. */
	ElementType<Integer> UINT16 = Providers.get().scalar("uint16", Integer.class);

	/** Signed 32-bit integer, ctypes {@code c_int}. */
	ElementType<Integer> INT32 = Providers.get().scalar("int32", Integer.class);

	/** Unsigned 32-bit integer, ctypes {@code c_uint}, widened to {@link Long}. */
	ElementType<Long> UINT32 = Providers.get().scalar("uint32", Long.class);

	/** Signed 64-bit integer, ctypes {@code c_longlong} and, here, {@code c_long}. */
	ElementType<Long> INT64 = Providers.get().scalar("int64", Long.class);

	/** Unsigned 64-bit integer, ctypes {@code c_ulonglong}. */
	ElementType<BigInteger> UINT64 = Providers.get().scalar("uint64", BigInteger.class);

	/** 32-bit IEEE 754 number, ctypes {@code c_float}. */
	ElementType<Float> FLOAT32 = Providers.get().scalar("float32", Float.class);

	/** 64-bit IEEE 754 number, ctypes {@code c_double}. */
	ElementType<Double> FLOAT64 = Providers.get().scalar("float64", Double.class);

	/** A byte that is 0 or not 0, ctypes {@code c_bool}. */
	ElementType<Boolean> BOOL = Providers.get().scalar("bool", Boolean.class);

	/** A byte of text, ctypes {@code c_char}: U+0000 to U+00FF. */
	ElementType<Character> CHAR = Providers.get().scalar("char", Character.class);

	/** A 32-bit Unicode code point, ctypes {@code c_wchar}. */
	ElementType<Integer> WCHAR = Providers.get().scalar("wchar", Integer.class);

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
	static ElementType<?> of(String name) {
		return Providers.get().elementType(name);
	}

	/**
	 * Lay out a record as the C structure with the same members: natural alignment,
	 * nested records, arrays and texts of fixed {@link io.github.shmbeans.Length Length},
	 * other scalars by {@link io.github.shmbeans.CType CType}.
	 * @param <R> the record
	 * @param type its class
	 * @return the type
	 * @throws IllegalArgumentException if the record has no components, contains itself,
	 * or has a component without a layout
	 */
	static <R extends Record> ElementType<R> ofRecord(Class<R> type) {
		return Providers.get().elementType(type);
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
	static <S> ElementType<S> ofStructure(Class<S> type) {
		return Providers.get().elementType(type);
	}

	/**
	 * Lay out a record or a JNA structure.
	 * @param <S> the record or structure
	 * @param type its class
	 * @return the type
	 * @throws IllegalArgumentException if it is neither, or cannot be laid out
	 */
	static <S> ElementType<S> of(Class<S> type) {
		return Providers.get().elementType(type);
	}

	/**
	 * Whether it is a structure: that of a record or of JNA.
	 * @return {@code true} if an element has members
	 */
	boolean hasMembers();

	/**
	 * The members of an element by name, for display: those of nested structures are maps
	 * too, and arrays of structures lists.
	 * @param element the element
	 * @return its members in their order
	 * @throws io.github.shmbeans.error.WrongTypeException if it is no structure
	 */
	Map<String, Object> members(T element);

	/**
	 * The fixed-width name, or the members of a structure.
	 * @return the name, such as {@code int64}
	 */
	String name();

	/**
	 * The size of one element.
	 * @return the size in bytes
	 */
	int size();

	/**
	 * The Java type of an element.
	 * @return the boxed class
	 */
	Class<T> javaType();

	/**
	 * Convert a number, a boolean, a text or a map of members, as properties and JSON
	 * have them, to an element.
	 * @param value the value
	 * @return the element
	 * @throws io.github.shmbeans.error.WrongTypeException if the value is of another kind
	 * @throws io.github.shmbeans.error.ValueOutOfRangeException if it is out of range
	 */
	T convert(Object value);

}
