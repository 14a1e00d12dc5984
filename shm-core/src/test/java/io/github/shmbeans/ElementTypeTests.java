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
import java.util.stream.Stream;

import io.github.shmbeans.error.ValueOutOfRangeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ElementTypeTests {

	@ParameterizedTest
	@MethodSource
	void namesFindTheType(ElementType<?> type, int size, Class<?> javaType, String names) {
		for (String name : names.split(" ")) {
			assertThat(ElementType.of(name)).isEqualTo(type).hasSameHashCodeAs(type);
		}
		assertThat(type.size()).isEqualTo(size);
		assertThat(type.javaType()).isEqualTo(javaType);
		assertThat(type.name()).isEqualTo(names.split(" ")[0]);
		assertThat(type).hasToString(type.name());
	}

	static Stream<Arguments> namesFindTheType() {
		return Stream.of(Arguments.of(ElementType.INT8, 1, Byte.class, "int8 b byte c_byte c_int8"),
				Arguments.of(ElementType.UINT8, 1, Short.class, "uint8 B c_ubyte c_uint8"),
				Arguments.of(ElementType.INT16, 2, Short.class, "int16 h short c_short c_int16"),
				Arguments.of(ElementType.UINT16, 2, Integer.class, "uint16 H c_ushort c_uint16"),
				Arguments.of(ElementType.INT32, 4, Integer.class, "int32 i int c_int c_int32"),
				Arguments.of(ElementType.UINT32, 4, Long.class, "uint32 I c_uint c_uint32"),
				Arguments.of(ElementType.INT64, 8, Long.class, "int64 l q long c_long c_longlong c_int64 c_ssize_t"),
				Arguments.of(ElementType.UINT64, 8, BigInteger.class,
						"uint64 L Q c_ulong c_ulonglong c_uint64 c_size_t"),
				Arguments.of(ElementType.FLOAT32, 4, Float.class, "float32 f float c_float"),
				Arguments.of(ElementType.FLOAT64, 8, Double.class, "float64 d double c_double"),
				Arguments.of(ElementType.BOOL, 1, Boolean.class, "bool ? boolean c_bool"),
				Arguments.of(ElementType.CHAR, 1, Character.class, "char c c_char"),
				Arguments.of(ElementType.WCHAR, 4, Integer.class, "wchar u c_wchar"));
	}

	@Test
	void typesOfEqualSizeDiffer() {
		assertThat(ElementType.INT64).isNotEqualTo(ElementType.UINT64);
		assertThat(ElementType.WCHAR).isNotEqualTo(ElementType.INT32);
		assertThat(ElementType.INT64).isNotEqualTo("int64");
	}

	@Test
	void unknownNameIsRefusedWithAllNames() {
		assertThatIllegalArgumentException().isThrownBy(() -> ElementType.of("integer"))
			.withMessageContaining(" int32 ")
			.withMessageContaining(" c_size_t ")
			.withMessageEndingWith(", found 'integer'. Use one of these names");
	}

	@Test
	void convertTakesWhatPropertiesAndJsonHave() {
		assertThat(ElementType.INT64.convert(5)).isEqualTo(5L);
		assertThat(ElementType.UINT8.convert("255")).isEqualTo((short) 255);
		assertThat(ElementType.BOOL.convert("true")).isTrue();
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> ElementType.UINT8.convert(-1));
	}

}
