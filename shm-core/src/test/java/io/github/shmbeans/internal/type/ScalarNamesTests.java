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
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ScalarNamesTests {

	@ParameterizedTest
	@CsvSource({ "b, int8", "B, uint8", "h, int16", "H, uint16", "i, int32", "I, uint32", "l, int64", "L, uint64",
			"q, int64", "Q, uint64", "f, float32", "d, float64", "?, bool", "c, char", "u, wchar" })
	void typecodeFindsItsScalar(String typecode, String scalar) {
		assertThat(Scalar.named(typecode).name()).isEqualTo(scalar);
	}

	@ParameterizedTest
	@ValueSource(strings = { "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32",
			"float64", "bool", "char", "wchar" })
	void fixedWidthNameFindsItsScalar(String name) {
		assertThat(Scalar.named(name).name()).isEqualTo(name);
		assertThat(Scalar.named(name)).hasToString(name);
	}

	@ParameterizedTest
	@CsvSource({ "byte, int8", "short, int16", "int, int32", "long, int64", "float, float32", "double, float64",
			"boolean, bool" })
	void javaNameFindsItsScalar(String name, String scalar) {
		assertThat(Scalar.named(name).name()).isEqualTo(scalar);
	}

	@ParameterizedTest
	@CsvSource({ "c_byte, int8", "c_int8, int8", "c_ubyte, uint8", "c_uint8, uint8", "c_short, int16", "c_int16, int16",
			"c_ushort, uint16", "c_uint16, uint16", "c_int, int32", "c_int32, int32", "c_uint, uint32",
			"c_uint32, uint32", "c_long, int64", "c_longlong, int64", "c_int64, int64", "c_ssize_t, int64",
			"c_ulong, uint64", "c_ulonglong, uint64", "c_uint64, uint64", "c_size_t, uint64", "c_float, float32",
			"c_double, float64", "c_bool, bool", "c_char, char", "c_wchar, wchar" })
	void ctypesNameFindsItsScalar(String name, String scalar) {
		assertThat(Scalar.named(name).name()).isEqualTo(scalar);
	}

	@ParameterizedTest
	@MethodSource
	void scalarHasSizeFamilyCodeAndJavaType(Scalar<?> scalar, int size, int code, Family family, Class<?> javaType) {
		assertThat(scalar.size()).isEqualTo(size);
		assertThat(scalar.code()).isEqualTo(code);
		assertThat(scalar.family()).isEqualTo(family);
		assertThat(scalar.javaType()).isEqualTo(javaType);
		assertThat(scalar.isWhole()).isTrue();
	}

	static Stream<Arguments> scalarHasSizeFamilyCodeAndJavaType() {
		return Stream.of(Arguments.of(Scalar.INT8, 1, 1, Family.SIGNED, Byte.class),
				Arguments.of(Scalar.UINT8, 1, 2, Family.UNSIGNED, Short.class),
				Arguments.of(Scalar.INT16, 2, 3, Family.SIGNED, Short.class),
				Arguments.of(Scalar.UINT16, 2, 4, Family.UNSIGNED, Integer.class),
				Arguments.of(Scalar.INT32, 4, 5, Family.SIGNED, Integer.class),
				Arguments.of(Scalar.UINT32, 4, 6, Family.UNSIGNED, Long.class),
				Arguments.of(Scalar.INT64, 8, 7, Family.SIGNED, Long.class),
				Arguments.of(Scalar.UINT64, 8, 8, Family.UNSIGNED, BigInteger.class),
				Arguments.of(Scalar.FLOAT32, 4, 9, Family.FLOATING, Float.class),
				Arguments.of(Scalar.FLOAT64, 8, 10, Family.FLOATING, Double.class),
				Arguments.of(Scalar.BOOL, 1, 11, Family.BOOLEAN, Boolean.class),
				Arguments.of(Scalar.CHAR, 1, 12, Family.CHARACTER, Character.class),
				Arguments.of(Scalar.WCHAR, 4, 13, Family.CHARACTER, Integer.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "LONG", "int128", "c_longdouble", "g", "l ", "java.lang.Long" })
	void unknownNameIsRefusedWithAllNames(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> Scalar.named(name))
			.withMessageStartingWith("Expected an element type of ")
			.withMessageEndingWith(", found '%s'. Use one of these names", name)
			.satisfies((ex) -> assertThat(List.of(ex.getMessage().split("[ ,]"))).contains("int8", "uint64", "float32",
					"bool", "char", "wchar", "long", "c_long", "q", "?"));
	}

	@Test
	void codesOfTheFastPathsAreThoseOfTheirScalars() {
		assertThat(Scalar.INT64.code()).isEqualTo(Scalar.INT64_CODE);
		assertThat(Scalar.FLOAT64.code()).isEqualTo(Scalar.FLOAT64_CODE);
	}

}
