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
import java.util.stream.Stream;

import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.error.WrongTypeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NumbersTests {

	@ParameterizedTest
	@CsvSource({ "int8, 255, -1", "uint8, 255, 255", "int16, 65535, -1", "uint16, 65535, 65535",
			"int32, 4294967295, -1", "uint32, 4294967295, 4294967295", "int64, -1, -1", "uint64, 7, 7" })
	void bitsAreExtendedAsTheTypeSays(String scalar, long bits, long expected) {
		assertThat(Numbers.toLong(Scalar.named(scalar), bits)).isEqualTo(expected);
	}

	@Test
	void uint64ThatExceedsLongIsRefusedAsLong() {
		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Numbers.toLong(Scalar.UINT64, -1))
			.withMessage("Expected a uint64 that fits a long, found 18446744073709551615. Use get()");
	}

	@ParameterizedTest
	@CsvSource({ "int8, -128, 127", "uint8, 0, 255", "int16, -32768, 32767", "uint16, 0, 65535",
			"int32, -2147483648, 2147483647", "uint32, 0, 4294967295",
			"int64, -9223372036854775808, 9223372036854775807", "uint64, 0, 9223372036854775807" })
	void longInRangeIsTakenAndOneBeyondRefused(String name, long min, long max) {
		Scalar<?> scalar = Scalar.named(name);
		long mask = -1L >>> (64 - 8 * scalar.size());
		assertThat(Numbers.toLong(scalar, Numbers.fromLong(scalar, min) & mask)).isEqualTo(min);
		assertThat(Numbers.toLong(scalar, Numbers.fromLong(scalar, max) & mask)).isEqualTo(max);
		if (max != Long.MAX_VALUE) {
			assertThatExceptionOfType(ValueOutOfRangeException.class)
				.isThrownBy(() -> Numbers.fromLong(scalar, max + 1))
				.withMessageStartingWith((max + 1) + " does not fit " + name + " (" + min + " to " + max + ")");
		}
		if (min != Long.MIN_VALUE) {
			assertThatExceptionOfType(ValueOutOfRangeException.class)
				.isThrownBy(() -> Numbers.fromLong(scalar, min - 1))
				.withMessageStartingWith((min - 1) + " does not fit " + name + " (" + min + " to ");
		}
	}

	@Test
	void bitsBecomeTheNearestDouble() {
		assertThat(Numbers.toDouble(Scalar.INT8, 0x80)).isEqualTo(-128.0);
		assertThat(Numbers.toDouble(Scalar.UINT32, 4294967295L)).isEqualTo(4294967295.0);
		assertThat(Numbers.toDouble(Scalar.INT64, Long.MAX_VALUE)).isEqualTo(0x1p63);
		assertThat(Numbers.toDouble(Scalar.UINT64, -1)).isEqualTo(0x1p64);
		assertThat(Numbers.toDouble(Scalar.UINT64, 5)).isEqualTo(5.0);
		assertThat(Numbers.toDouble(Scalar.FLOAT32, 0x3fc00000L)).isEqualTo(1.5);
		assertThat(Numbers.toDouble(Scalar.FLOAT64, 0x3ff8000000000000L)).isEqualTo(1.5);
	}

	@Test
	void doubleBecomesTheNearestFloat() {
		assertThat(Numbers.fromDouble(Scalar.FLOAT32, 0.1)).isEqualTo(Float.floatToRawIntBits(0.1f));
		assertThat(Numbers.fromDouble(Scalar.FLOAT32, -1.0)).isEqualTo(0xbf800000L);
		assertThat(Numbers.fromDouble(Scalar.FLOAT32, Double.NEGATIVE_INFINITY)).isEqualTo(0xff800000L);
		assertThat(Numbers.fromDouble(Scalar.FLOAT32, Double.NaN)).isEqualTo(0x7fc00000L);
		assertThat(Numbers.fromDouble(Scalar.FLOAT32, Math.nextDown(0x1.ffffffp127))).isEqualTo(0x7f7fffffL);
		assertThat(Numbers.fromDouble(Scalar.FLOAT64, 1e300)).isEqualTo(Double.doubleToRawLongBits(1e300));
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0x1.ffffffp127, -0x1.ffffffp127, 1e300 })
	void finiteDoubleThatBecomesInfiniteIsRefused(double value) {
		assertThatExceptionOfType(ValueOutOfRangeException.class)
			.isThrownBy(() -> Numbers.fromDouble(Scalar.FLOAT32, value))
			.withMessageStartingWith(value + " does not fit float32 (-3.4028235E38 to 3.4028235E38)");
	}

	@ParameterizedTest
	@MethodSource
	<T> void numbersAreAdded(Scalar<T> scalar, T value, T delta, T sum) {
		assertThat(Numbers.add(scalar, value, delta)).isEqualTo(sum);
	}

	static Stream<Arguments> numbersAreAdded() {
		return Stream.of(Arguments.of(Scalar.INT8, (byte) 100, (byte) 27, (byte) 127),
				Arguments.of(Scalar.UINT8, (short) 200, (short) 55, (short) 255),
				Arguments.of(Scalar.INT16, (short) -5, (short) 3, (short) -2),
				Arguments.of(Scalar.UINT16, 1, 65534, 65535), Arguments.of(Scalar.INT32, -1, -2, -3),
				Arguments.of(Scalar.UINT32, 4294967294L, 1L, 4294967295L),
				Arguments.of(Scalar.INT64, Long.MAX_VALUE, -1L, Long.MAX_VALUE - 1),
				Arguments.of(Scalar.UINT64, BigInteger.ONE.shiftLeft(63), BigInteger.ONE.shiftLeft(62),
						BigInteger.valueOf(3).shiftLeft(62)),
				Arguments.of(Scalar.FLOAT32, 0.1f, 0.2f, 0.1f + 0.2f),
				Arguments.of(Scalar.FLOAT64, 0.1, 0.2, 0.1 + 0.2),
				Arguments.of(Scalar.FLOAT64, 1.0, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY),
				Arguments.of(Scalar.UINT8, (short) 255, (short) -255, (short) 0), Arguments.of(Scalar.UINT16, 1, -1, 0),
				Arguments.of(Scalar.UINT32, 4294967295L, -5L, 4294967290L), Arguments.of(Scalar.UINT64,
						BigInteger.ONE.shiftLeft(63), BigInteger.ONE.shiftLeft(63).negate(), BigInteger.ZERO));
	}

	@ParameterizedTest
	@MethodSource
	<T> void sumOutOfRangeIsRefused(Scalar<T> scalar, T value, T delta) {
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> Numbers.add(scalar, value, delta))
			.withMessageStartingWith("The sum of " + value + " and " + delta + " does not fit " + scalar + " (");
	}

	static Stream<Arguments> sumOutOfRangeIsRefused() {
		return Stream.of(Arguments.of(Scalar.INT8, Byte.MAX_VALUE, (byte) 1),
				Arguments.of(Scalar.INT8, Byte.MIN_VALUE, (byte) -1),
				Arguments.of(Scalar.UINT8, (short) 255, (short) 1), Arguments.of(Scalar.UINT16, 65535, 1),
				Arguments.of(Scalar.INT16, Short.MIN_VALUE, (short) -1),
				Arguments.of(Scalar.INT32, Integer.MAX_VALUE, 1), Arguments.of(Scalar.UINT32, 4294967295L, 1L),
				Arguments.of(Scalar.INT64, Long.MAX_VALUE, 1L), Arguments.of(Scalar.INT64, Long.MIN_VALUE, -1L),
				Arguments.of(Scalar.UINT64, new BigInteger("18446744073709551615"), BigInteger.ONE),
				Arguments.of(Scalar.UINT64, BigInteger.ZERO, BigInteger.ONE.negate()),
				Arguments.of(Scalar.UINT8, (short) 0, (short) -1), Arguments.of(Scalar.UINT32, 1L, Long.MIN_VALUE),
				Arguments.of(Scalar.FLOAT32, Float.MAX_VALUE, 1e32f),
				Arguments.of(Scalar.FLOAT64, -Double.MAX_VALUE, -1e300));
	}

	@Test
	void typesThatAreNoNumbersAreRefused() {
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> Numbers.toLong(Scalar.FLOAT64, 0))
			.withMessage("Expected an element type that is an integer, found float64. "
					+ "Use get() and set(), or another element type");
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> Numbers.fromLong(Scalar.BOOL, 0));
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> Numbers.toDouble(Scalar.WCHAR, 0))
			.withMessageStartingWith("Expected an element type that is a number, found wchar");
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> Numbers.fromDouble(Scalar.INT64, 0))
			.withMessageStartingWith("Expected an element type that is a floating-point number, found int64");
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> Numbers.add(Scalar.CHAR, 'a', 'b'));
	}

}
