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

import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.error.WrongTypeException;

/**
 * Primitive numbers and sums of scalars.
 */
public final class Numbers {

	private Numbers() {
	}

	/**
	 * The value of an integer's bits.
	 * @param scalar the type
	 * @param bits the bits, extended by zeros
	 * @return the value
	 * @throws WrongTypeException if the type is not an integer
	 * @throws ArithmeticException if the value exceeds {@code long}
	 */
	public static long toLong(Scalar<?> scalar, long bits) {
		int unused = 64 - 8 * scalar.size();
		switch (scalar.family()) {
			case SIGNED -> {
				return bits << unused >> unused;
			}
			case UNSIGNED -> {
				if (bits < 0) {
					throw new ArithmeticException("Expected a uint64 that fits a long, found %s. Use get()"
						.formatted(Long.toUnsignedString(bits)));
				}
				return bits;
			}
			default -> throw notAn("an integer", scalar);
		}
	}

	/**
	 * The bits of an integer.
	 * @param scalar the type
	 * @param value the value
	 * @return the bits; those above the size are undefined
	 * @throws WrongTypeException if the type is not an integer
	 * @throws ValueOutOfRangeException if the value is out of the type's range
	 */
	public static long fromLong(Scalar<?> scalar, long value) {
		if (!fits(scalar, value)) {
			throw scalar.outOfRange(value);
		}
		return value;
	}

	private static boolean fits(Scalar<?> scalar, long value) {
		int unused = 64 - 8 * scalar.size();
		return switch (scalar.family()) {
			case SIGNED -> value << unused >> unused == value;
			case UNSIGNED -> value >= 0 && value << unused >>> unused == value;
			default -> throw notAn("an integer", scalar);
		};
	}

	/**
	 * The value of a number's bits as a double, the nearest one to a 64-bit integer.
	 * @param scalar the type
	 * @param bits the bits, extended by zeros
	 * @return the value
	 * @throws WrongTypeException if the type is not a number
	 */
	public static double toDouble(Scalar<?> scalar, long bits) {
		return switch (scalar.family()) {
			case FLOATING -> (scalar.size() == 8) ? Double.longBitsToDouble(bits) : Float.intBitsToFloat((int) bits);
			case SIGNED -> toLong(scalar, bits);
			case UNSIGNED -> (bits >= 0) ? bits : Scalar.UINT64.decode(bits).doubleValue();
			default -> throw notAn("a number", scalar);
		};
	}

	/**
	 * The bits of a floating-point number.
	 * @param scalar the type
	 * @param value the value
	 * @return the bits
	 * @throws WrongTypeException if the type is not a floating-point number
	 * @throws ValueOutOfRangeException if a finite value is too large for the type
	 */
	public static long fromDouble(Scalar<?> scalar, double value) {
		if (scalar.family() != Family.FLOATING) {
			throw notAn("a floating-point number", scalar);
		}
		if (scalar.size() == 8) {
			return Double.doubleToRawLongBits(value);
		}
		float narrow = (float) value;
		if (Float.isInfinite(narrow) && !Double.isInfinite(value)) {
			throw scalar.outOfRange(value);
		}
		return Float.floatToRawIntBits(narrow) & 0xffffffffL;
	}

	/**
	 * Add to a number.
	 * @param <T> the Java type
	 * @param scalar the type
	 * @param value a number of the type
	 * @param delta what to add: any number of the Java type, so that a negative one
	 * decreases an unsigned number
	 * @return their sum
	 * @throws WrongTypeException if the type is not a number
	 * @throws ValueOutOfRangeException if the sum is out of the type's range, or that of
	 * two finite numbers is not finite
	 */
	public static <T> T add(Scalar<T> scalar, T value, T delta) {
		return switch (scalar.family()) {
			case SIGNED, UNSIGNED ->
				(value instanceof BigInteger number) ? unsignedSum(scalar, number, (BigInteger) delta)
						: scalar.decode(integerSum(scalar, ((Number) value).longValue(), ((Number) delta).longValue()));
			case FLOATING ->
				scalar.decode(floatingSum(scalar, ((Number) value).doubleValue(), ((Number) delta).doubleValue()));
			default -> throw notAn("a number", scalar);
		};
	}

	/**
	 * The number 1.
	 * @param <T> the Java type
	 * @param scalar the type
	 * @return the number
	 * @throws WrongTypeException if the type is not a number
	 */
	public static <T> T one(Scalar<T> scalar) {
		return switch (scalar.family()) {
			case SIGNED, UNSIGNED -> scalar.decode(1);
			case FLOATING -> scalar.decode(fromDouble(scalar, 1));
			default -> throw notAn("a number", scalar);
		};
	}

	/**
	 * Add two signed 64-bit integers.
	 * @param value a number
	 * @param delta another number
	 * @return their sum
	 * @throws ValueOutOfRangeException if the sum is out of range
	 */
	public static long addExact(long value, long delta) {
		return integerSum(Scalar.INT64, value, delta);
	}

	private static long floatingSum(Scalar<?> scalar, double value, double delta) {
		double sum = (scalar.size() == 8) ? value + delta : (float) value + (float) delta;
		if (Double.isInfinite(sum) && Double.isFinite(value) && Double.isFinite(delta)) {
			throw scalar.outOfRange((scalar.size() == 8) ? sum(value, delta) : sum((float) value, (float) delta));
		}
		return fromDouble(scalar, sum);
	}

	private static <T> T unsignedSum(Scalar<T> scalar, BigInteger value, BigInteger delta) {
		BigInteger sum = value.add(delta);
		if (sum.signum() < 0 || sum.bitLength() > Long.SIZE) {
			throw scalar.outOfRange(sum(value, delta));
		}
		return scalar.decode(sum.longValue());
	}

	private static long integerSum(Scalar<?> scalar, long value, long delta) {
		long sum = value + delta;
		if (((value ^ sum) & (delta ^ sum)) < 0 || !fits(scalar, sum)) {
			throw scalar.outOfRange(sum(value, delta));
		}
		return sum;
	}

	private static String sum(Number value, Number delta) {
		return "The sum of %s and %s".formatted(value, delta);
	}

	private static WrongTypeException notAn(String expected, Scalar<?> scalar) {
		return new WrongTypeException("an element type that is " + expected, scalar.name(),
				"Use get() and set(), or another element type");
	}

}
