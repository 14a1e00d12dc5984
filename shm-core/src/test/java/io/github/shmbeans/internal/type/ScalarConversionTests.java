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
import java.util.concurrent.atomic.AtomicLong;
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

class ScalarConversionTests {

	@ParameterizedTest
	@MethodSource
	<T> void valueIsConvertedToTheJavaTypeOfTheScalar(Scalar<T> scalar, Object value, T expected) {
		assertThat(scalar.convert(value)).isEqualTo(expected);
	}

	static Stream<Arguments> valueIsConvertedToTheJavaTypeOfTheScalar() {
		return Stream.of(Arguments.of(Scalar.INT8, -128, (byte) -128), Arguments.of(Scalar.INT8, " 127 ", (byte) 127),
				Arguments.of(Scalar.UINT8, 255L, (short) 255), Arguments.of(Scalar.INT16, "-32768", Short.MIN_VALUE),
				Arguments.of(Scalar.UINT16, (short) 7, 7), Arguments.of(Scalar.INT32, 3.0, 3),
				Arguments.of(Scalar.INT32, "1_000_000", 1_000_000), Arguments.of(Scalar.INT32, "1e3", 1000),
				Arguments.of(Scalar.UINT32, 4294967295L, 4294967295L),
				Arguments.of(Scalar.UINT32, "4294967295", 4294967295L), Arguments.of(Scalar.INT64, 5, 5L),
				Arguments.of(Scalar.INT64, "-9223372036854775808", Long.MIN_VALUE),
				Arguments.of(Scalar.INT64, new AtomicLong(9), 9L),
				Arguments.of(Scalar.UINT64, "18446744073709551615", new BigInteger("18446744073709551615")),
				Arguments.of(Scalar.UINT64, 1, BigInteger.ONE),
				Arguments.of(Scalar.UINT64, new BigDecimal("12.00"), BigInteger.valueOf(12)),
				Arguments.of(Scalar.FLOAT32, "0.1", 0.1f), Arguments.of(Scalar.FLOAT32, 0.1, 0.1f),
				Arguments.of(Scalar.FLOAT32, 2, 2f), Arguments.of(Scalar.FLOAT64, "-273.154", -273.154),
				Arguments.of(Scalar.FLOAT64, 1.5f, 1.5), Arguments.of(Scalar.FLOAT64, "NaN", Double.NaN),
				Arguments.of(Scalar.FLOAT64, "-Infinity", Double.NEGATIVE_INFINITY),
				Arguments.of(Scalar.FLOAT32, "Infinity", Float.POSITIVE_INFINITY),
				Arguments.of(Scalar.FLOAT32, Double.NaN, Float.NaN), Arguments.of(Scalar.BOOL, true, true),
				Arguments.of(Scalar.BOOL, "TRUE", true), Arguments.of(Scalar.BOOL, "false", false),
				Arguments.of(Scalar.CHAR, "ÿ", 'ÿ'), Arguments.of(Scalar.CHAR, 'a', 'a'),
				Arguments.of(Scalar.CHAR, 65, 'A'), Arguments.of(Scalar.WCHAR, "😀", 0x1f600),
				Arguments.of(Scalar.WCHAR, 'a', 97), Arguments.of(Scalar.WCHAR, 0x10ffff, 0x10ffff));
	}

	@ParameterizedTest
	@CsvSource({ "int8, 128", "int8, -129", "uint8, 256", "uint8, -1", "int16, 32768", "int16, -32769", "uint16, 65536",
			"uint16, -1", "int32, 2147483648", "int32, -2147483649", "uint32, 4294967296", "uint32, -1",
			"int64, 9223372036854775808", "int64, -9223372036854775809", "uint64, 18446744073709551616", "uint64, -1",
			"int64, 1e30", "float32, 1e39", "float32, -1e39", "char, Ā" })
	void valueOneBeyondTheRangeIsRefused(String scalar, String value) {
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> Scalar.named(scalar).convert(value))
			.withMessageContaining(" does not fit " + scalar + " (");
	}

	@Test
	void numberOutOfRangeIsNamedWithTheRange() {
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> Scalar.INT8.convert(128))
			.withMessage("128 does not fit int8 (-128 to 127). Use a wider element type or a value in range");
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> Scalar.UINT8.convert((short) 256))
			.withMessage("256 does not fit uint8 (0 to 255). Use a wider element type or a value in range");
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> Scalar.WCHAR.convert(0x110000))
			.withMessageStartingWith("1114112 does not fit wchar (0 to 1114111)");
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> Scalar.CHAR.convert(-1))
			.withMessageStartingWith("-1 does not fit char (0 to 255)");
	}

	@ParameterizedTest
	@CsvSource({ "int64, 1.5, a whole number", "int64, abc, a number", "int64, true, a number", "int64, '', a number",
			"int64, NaN, a number", "float64, abc, a number", "float64, nan, a number", "float64, 0x1p3, a number",
			"bool, 1, true or false", "bool, yes, true or false", "bool, '', true or false", "char, ab, one character",
			"char, '', one character", "wchar, 😀😀, one character" })
	void valueOfAnotherKindIsRefused(String scalar, String value, String expected) {
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> Scalar.named(scalar).convert(value))
			.withMessage("Expected %s for %s, found String '%s'. Give a value that the element type takes", expected,
					scalar, value);
	}

	@Test
	void objectThatIsNeitherNumberNorTextIsRefused() {
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> Scalar.INT64.convert(true))
			.withMessageStartingWith("Expected a number for int64, found Boolean 'true'");
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> Scalar.FLOAT64.convert(new Object()));
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> Scalar.INT64.convert(Double.NaN))
			.withMessageStartingWith("Expected a number for int64, found Double 'NaN'");
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> Scalar.INT32.convert(0.5));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e999999999", "-1e999999999", "1e2147483647" })
	void hugeExponentIsRefusedWithoutBeingWrittenOut(String value) {
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> Scalar.INT64.convert(value))
			.withMessageStartingWith(value + " does not fit int64 (-2^63 to 2^63-1)");
		assertThatExceptionOfType(ValueOutOfRangeException.class)
			.isThrownBy(() -> Scalar.UINT64.convert(new BigDecimal(value)));
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> Scalar.FLOAT64.convert(value));
	}

	@Test
	void tinyFractionIsNoWholeNumber() {
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> Scalar.INT64.convert("1e-999999999"))
			.withMessageStartingWith("Expected a whole number for int64");
		assertThat(Scalar.FLOAT64.convert("1e-999999999")).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e309", "-1e309", "1.7976931348623159e308" })
	void finiteNumberThatADoubleCannotHoldIsRefused(String value) {
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> Scalar.FLOAT64.convert(value))
			.withMessageStartingWith(
					value + " does not fit float64 (-1.7976931348623157E308 to 1.7976931348623157E308)");
	}

}
