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

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

import io.github.shmbeans.error.WrongTypeException;

/**
 * Turns numbers, booleans and texts, as properties and JSON have them, into scalars,
 * without loss or not at all.
 */
final class ScalarConversion {

	/** Of the greatest 64-bit integer; longer ones are not even written out. */
	private static final int MAX_DIGITS = 20;

	private ScalarConversion() {
	}

	static <T> T convert(Scalar<T> scalar, Object value) {
		if (scalar.javaType().isInstance(value) && scalar.family() != Family.CHARACTER) {
			scalar.encode(scalar.javaType().cast(value));
			return scalar.javaType().cast(value);
		}
		return switch (scalar.family()) {
			case SIGNED, UNSIGNED -> integer(scalar, value);
			case FLOATING -> floating(scalar, value);
			case BOOLEAN -> scalar.decode(bool(scalar, value) ? 1 : 0);
			case CHARACTER -> character(scalar, value);
		};
	}

	private static <T> T integer(Scalar<T> scalar, Object value) {
		BigDecimal number = decimal(scalar, value).stripTrailingZeros();
		if (number.scale() > 0) {
			throw wrong(scalar, "a whole number", value);
		}
		boolean fits = (long) number.precision() - number.scale() <= MAX_DIGITS;
		BigInteger integer = fits ? number.toBigIntegerExact() : null;
		if (integer == null || integer.compareTo(min(scalar)) < 0 || integer.compareTo(max(scalar)) > 0) {
			throw scalar.outOfRange(value);
		}
		return scalar.decode(integer.longValue() & mask(scalar));
	}

	private static BigInteger max(Scalar<?> scalar) {
		int signBit = (scalar.family() == Family.SIGNED) ? 1 : 0;
		return BigInteger.ONE.shiftLeft(8 * scalar.size() - signBit).subtract(BigInteger.ONE);
	}

	private static BigInteger min(Scalar<?> scalar) {
		return (scalar.family() == Family.SIGNED) ? max(scalar).not() : BigInteger.ZERO;
	}

	private static long mask(Scalar<?> scalar) {
		return -1L >>> (64 - 8 * scalar.size());
	}

	private static <T> T floating(Scalar<T> scalar, Object value) {
		double number;
		if (value instanceof Double || value instanceof Float) {
			number = ((Number) value).doubleValue();
		}
		else if (value instanceof CharSequence text && isSpecial(text.toString().trim())) {
			number = Double.parseDouble(text.toString().trim());
		}
		else {
			number = decimal(scalar, value).doubleValue();
			if (Double.isInfinite(number)) {
				throw scalar.outOfRange(value);
			}
		}
		return scalar.decode(Numbers.fromDouble(scalar, number));
	}

	private static boolean isSpecial(String text) {
		return text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity");
	}

	private static BigDecimal decimal(Scalar<?> scalar, Object value) {
		if (value instanceof Number || value instanceof CharSequence) {
			try {
				return new BigDecimal(value.toString().trim().replace("_", ""));
			}
			catch (NumberFormatException ex) {
				throw wrong(scalar, "a number", value);
			}
		}
		throw wrong(scalar, "a number", value);
	}

	private static boolean bool(Scalar<?> scalar, Object value) {
		return switch (value.toString().trim().toLowerCase(Locale.ROOT)) {
			case "true" -> true;
			case "false" -> false;
			default -> throw wrong(scalar, "true or false", value);
		};
	}

	private static <T> T character(Scalar<T> scalar, Object value) {
		int codePoint;
		if (value instanceof Integer number) {
			codePoint = number;
		}
		else {
			String text = value.toString();
			if (text.isEmpty() || text.codePointCount(0, text.length()) != 1) {
				throw wrong(scalar, "one character", value);
			}
			codePoint = text.codePointAt(0);
		}
		int max = (scalar.size() == 1) ? 0xff : Character.MAX_CODE_POINT;
		if (codePoint < 0 || codePoint > max) {
			throw scalar.outOfRange(codePoint);
		}
		return scalar.decode(codePoint);
	}

	private static WrongTypeException wrong(Scalar<?> scalar, String expected, Object value) {
		return new WrongTypeException(expected + " for " + scalar.name(),
				value.getClass().getSimpleName() + " '" + value + "'", "Give a value that the element type takes");
	}

}
