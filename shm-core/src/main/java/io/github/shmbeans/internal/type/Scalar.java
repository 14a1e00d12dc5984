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

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

import io.github.shmbeans.engine.ElementCodec;
import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.error.WrongTypeException;
import org.jspecify.annotations.Nullable;

/**
 * A scalar of ctypes: integers, floating-point numbers, booleans and characters of 1, 2,
 * 4 or 8 bytes. Source of names, sizes and ranges: the ctypes and array modules of
 * CPython on 64-bit Linux.
 *
 * @param <T> the Java type
 */
public final class Scalar<T> implements ElementCodec<T> {

	/** The code of {@link #INT64}. */
	public static final int INT64_CODE = 7;

	/** The code of {@link #FLOAT64}. */
	public static final int FLOAT64_CODE = 10;

	/** Signed 8-bit integer. */
	public static final Scalar<Byte> INT8 = signed("int8", 1, 1, Byte.class, (bits) -> (byte) bits);

	/** Unsigned 8-bit integer. */
	public static final Scalar<Short> UINT8 = unsigned("uint8", 2, 1, Short.class, (bits) -> (short) (bits & 0xff));

	/** Signed 16-bit integer. */
	public static final Scalar<Short> INT16 = signed("int16", 3, 2, Short.class, (bits) -> (short) bits);

	/** Unsigned 16-bit integer. */
	public static final Scalar<Integer> UINT16 = unsigned("uint16", 4, 2, Integer.class,
			(bits) -> (int) (bits & 0xffff));

	/** Signed 32-bit integer. */
	public static final Scalar<Integer> INT32 = signed("int32", 5, 4, Integer.class, (bits) -> (int) bits);

	/** Unsigned 32-bit integer. */
	public static final Scalar<Long> UINT32 = unsigned("uint32", 6, 4, Long.class, (bits) -> bits & 0xffffffffL);

	/** Signed 64-bit integer. */
	public static final Scalar<Long> INT64 = signed("int64", INT64_CODE, 8, Long.class, (bits) -> bits);

	/** Unsigned 64-bit integer. */
	public static final Scalar<BigInteger> UINT64 = new Scalar<>("uint64", 8, 8, Family.UNSIGNED, BigInteger.class,
			Scalar::unsignedValue, Scalar::unsignedBits);

	/** 32-bit floating-point number. */
	public static final Scalar<Float> FLOAT32 = new Scalar<>("float32", 9, 4, Family.FLOATING, Float.class,
			(bits) -> Float.intBitsToFloat((int) bits), (value) -> Float.floatToRawIntBits(value) & 0xffffffffL);

	/** 64-bit floating-point number. */
	public static final Scalar<Double> FLOAT64 = new Scalar<>("float64", FLOAT64_CODE, 8, Family.FLOATING, Double.class,
			Double::longBitsToDouble, Double::doubleToRawLongBits);

	/** A byte that is zero or not. */
	public static final Scalar<Boolean> BOOL = new Scalar<>("bool", 11, 1, Family.BOOLEAN, Boolean.class,
			(bits) -> bits != 0, (value) -> value ? 1 : 0);

	/** A byte of text. */
	public static final Scalar<Character> CHAR = new Scalar<>("char", 12, 1, Family.CHARACTER, Character.class,
			(bits) -> (char) bits, (value) -> requireRange("char", value, 0, 0xff));

	/** A 32-bit code point. */
	public static final Scalar<Integer> WCHAR = new Scalar<>("wchar", 13, 4, Family.CHARACTER, Integer.class,
			(bits) -> (int) bits, (value) -> requireRange("wchar", value, 0, Character.MAX_CODE_POINT));

	private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

	private final String name;

	private final int code;

	private final int size;

	private final Family family;

	private final Class<T> javaType;

	private final LongFunction<T> decoder;

	private final ToLongFunction<T> encoder;

	private Scalar(String name, int code, int size, Family family, Class<T> javaType, LongFunction<T> decoder,
			ToLongFunction<T> encoder) {
		this.name = name;
		this.code = code;
		this.size = size;
		this.family = family;
		this.javaType = javaType;
		this.decoder = decoder;
		this.encoder = encoder;
	}

	private static <T extends Number> Scalar<T> signed(String name, int code, int size, Class<T> type,
			LongFunction<T> decoder) {
		long max = Long.MAX_VALUE >> (64 - 8 * size);
		return new Scalar<>(name, code, size, Family.SIGNED, type, decoder,
				(value) -> requireRange(name, value.longValue(), -max - 1, max));
	}

	private static <T extends Number> Scalar<T> unsigned(String name, int code, int size, Class<T> type,
			LongFunction<T> decoder) {
		return new Scalar<>(name, code, size, Family.UNSIGNED, type, decoder,
				(value) -> requireRange(name, value.longValue(), 0, (1L << (8 * size)) - 1));
	}

	private static long requireRange(String name, long value, long min, long max) {
		if (value < min || value > max) {
			throw named(name).outOfRange(value);
		}
		return value;
	}

	private static BigInteger unsignedValue(long bits) {
		BigInteger value = BigInteger.valueOf(bits);
		return (bits < 0) ? value.add(TWO_64) : value;
	}

	private static long unsignedBits(BigInteger value) {
		if (value.signum() < 0 || value.bitLength() > 64) {
			throw UINT64.outOfRange(value);
		}
		return value.longValue();
	}

	@Override
	public boolean hasMembers() {
		return false;
	}

	@Override
	public Map<String, Object> members(T element) {
		throw new WrongTypeException("a structure", this.name, "Use the element itself");
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public int code() {
		return this.code;
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	public int alignment() {
		return this.size;
	}

	@Override
	public Class<T> javaType() {
		return this.javaType;
	}

	@Override
	public boolean isWhole() {
		return true;
	}

	/**
	 * What kind of scalar it is.
	 * @return the family
	 */
	public Family family() {
		return this.family;
	}

	@Override
	public T read(ByteBuffer bytes, int at) {
		return decode(Bits.get(bytes, at, this.size));
	}

	@Override
	public void write(ByteBuffer bytes, int at, T value) {
		Bits.set(bytes, at, this.size, encode(value));
	}

	/**
	 * The value of some bits.
	 * @param bits the bits, extended by zeros
	 * @return the value
	 */
	public T decode(long bits) {
		return this.decoder.apply(bits);
	}

	/**
	 * The bits of a value.
	 * @param value the value
	 * @return the bits; those above the size are undefined
	 * @throws IllegalArgumentException if the value is of another Java type or out of
	 * range
	 */
	public long encode(T value) {
		requireJavaType(value);
		return this.encoder.applyAsLong(value);
	}

	/**
	 * Refuse a value of another Java type, whatever its range.
	 * @param value the value
	 * @throws WrongTypeException if it is {@code null} or of another type
	 */
	public void requireJavaType(T value) {
		if (!this.javaType.isInstance(value)) {
			throw new WrongTypeException("a " + this.javaType.getSimpleName() + " for " + this.name, describe(value),
					"Convert the value or use another element type");
		}
	}

	private static String describe(Object value) {
		return (value != null) ? value.getClass().getSimpleName() + " " + value : "null";
	}

	@Override
	public void requireValid(T value) {
		encode(value);
	}

	@Override
	public T convert(Object value) {
		return ScalarConversion.convert(this, value);
	}

	/**
	 * The error of a value that the type does not take.
	 * @param value the value
	 * @return the exception
	 */
	ValueOutOfRangeException outOfRange(Object value) {
		return new ValueOutOfRangeException(this.name, range(), value);
	}

	private String range() {
		return switch (this.family) {
			case SIGNED -> (this.size == 8) ? "-2^63 to 2^63-1"
					: "%d to %d".formatted(-1L << (8 * this.size - 1), (1L << (8 * this.size - 1)) - 1);
			case UNSIGNED -> (this.size == 8) ? "0 to 2^64-1" : "0 to " + ((1L << (8 * this.size)) - 1);
			case FLOATING -> (this.size == 8) ? "%s to %s".formatted(-Double.MAX_VALUE, Double.MAX_VALUE)
					: "%s to %s".formatted(-Float.MAX_VALUE, Float.MAX_VALUE);
			case BOOLEAN -> "false to true";
			case CHARACTER -> (this.size == 1) ? "0 to 255" : "0 to " + Character.MAX_CODE_POINT;
		};
	}

	/**
	 * The scalar that has the width of a Java type.
	 * @param type a primitive type or its box, or {@link BigInteger}
	 * @return the scalar, {@code null} if it is another type
	 */
	static @Nullable Scalar<?> ofJavaType(Class<?> type) {
		return ScalarNames.ofJavaType(type);
	}

	/**
	 * Find a scalar by typecode, fixed-width name, Java name or ctypes name.
	 * @param name the name
	 * @return the scalar
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public static Scalar<?> named(String name) {
		return ScalarNames.find(name);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
