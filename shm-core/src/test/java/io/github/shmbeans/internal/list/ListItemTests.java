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

package io.github.shmbeans.internal.list;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Date;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ListItemTests {

	@ParameterizedTest
	@MethodSource
	void valueIsHeldAsTheTypeThatTheListReads(Object given, Object held) {
		assertThat(ListItem.of(given).value()).isEqualTo(held);
	}

	static Stream<Arguments> valueIsHeldAsTheTypeThatTheListReads() {
		return Stream.of(Arguments.of((byte) -1, -1L), Arguments.of((short) 2, 2L), Arguments.of(3, 3L),
				Arguments.of(Long.MIN_VALUE, Long.MIN_VALUE), Arguments.of(BigInteger.TEN, 10L),
				Arguments.of(BigInteger.TWO.pow(63).negate(), Long.MIN_VALUE),
				Arguments.of(BigInteger.TWO.pow(63).subtract(BigInteger.ONE), Long.MAX_VALUE), Arguments.of(0.5f, 0.5),
				Arguments.of(Double.NaN, Double.NaN), Arguments.of(-0.0, -0.0), Arguments.of(true, true),
				Arguments.of(false, false), Arguments.of("é", "é"), Arguments.of("", ""),
				Arguments.of(new byte[] { 1, 0, 2 }, new byte[] { 1, 0, 2 }), Arguments.of(null, null));
	}

	@Test
	void bytesAreCopied() {
		byte[] bytes = { 1, 2 };
		ListItem item = ListItem.of(bytes);
		bytes[0] = 9;
		((byte[]) item.value())[1] = 9;
		assertThat(item.value()).isEqualTo(new byte[] { 1, 2 });
	}

	@ParameterizedTest
	@CsvSource({ "0, 8", "5, 8", "7, 8", "8, 16", "9, 16", "15, 16", "16, 24", "9999991, 9999992" })
	void textGetsTheMultipleOfEightAfterItsLength(int length, int width) {
		assertThat(ListItem.of("x".repeat(length)).capacity()).isEqualTo(width);
		assertThat(ListItem.of("x".repeat(length).getBytes()).capacity()).isEqualTo(width);
	}

	@Test
	void roomIsCountedInBytesOfUtf8() {
		assertThat(ListItem.of("éééé").capacity()).isEqualTo(16);
		assertThat(ListItem.of("💥💥").capacity()).isEqualTo(16);
	}

	@ParameterizedTest
	@CsvSource({ "0, 8", "1, 8", "8, 8", "9, 16", "64, 64", "65, 72", "9999985, 9999992", "9999992, 9999992" })
	void capacityIsRoundedUpToAMultipleOfEight(int capacity, int width) {
		assertThat(ListItem.of("howdy", capacity).capacity()).isEqualTo(width);
		assertThat(ListItem.of(null, capacity).capacity()).isEqualTo(width);
		assertThat(ListItem.of(42, capacity).capacity()).isEqualTo(width);
	}

	@Test
	void capacityBelowTheFirstValuesNeedIsRaised() {
		assertThat(ListItem.of("12345678", 8).capacity()).isEqualTo(16);
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, Integer.MIN_VALUE, 9_999_993, Integer.MAX_VALUE })
	void capacityOutOfRangeIsRefused(int capacity) {
		assertThatIllegalArgumentException().isThrownBy(() -> ListItem.of(1, capacity))
			.withMessageContaining("from 0 to 9999992")
			.withMessageContaining("found " + capacity);
	}

	@Test
	void textThatNoFormatCanNameIsRefused() {
		String text = "x".repeat(9_999_992);
		assertThatIllegalArgumentException().isThrownBy(() -> ListItem.of(text))
			.withMessage("Expected str of at most 9999991 bytes in a list, found 9999992");
	}

	@ParameterizedTest
	@MethodSource
	void otherTypesAreRefused(Object value, String found) {
		assertThatIllegalArgumentException().isThrownBy(() -> ListItem.of(value))
			.withMessageContaining("Expected")
			.withMessageEndingWith("found " + found);
	}

	static Stream<Arguments> otherTypesAreRefused() {
		return Stream.of(Arguments.of(new Date(), "java.util.Date"), Arguments.of('c', "java.lang.Character"),
				Arguments.of(BigDecimal.ONE, "java.math.BigDecimal"), Arguments.of(new int[0], "int[]"),
				Arguments.of(new StringBuilder(), "java.lang.StringBuilder"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "9223372036854775808", "-9223372036854775809" })
	void integersOutsideInt64AreRefused(String number) {
		assertThatIllegalArgumentException().isThrownBy(() -> ListItem.of(new BigInteger(number)))
			.withMessageContaining("-2^63 to 2^63-1")
			.withMessageContaining(number);
	}

	@Test
	void textAndBytesThatEndInNulAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ListItem.of("a\0"))
			.withMessage("Expected str without NUL at its end, which readers strip, found one after 1 bytes");
		assertThatIllegalArgumentException().isThrownBy(() -> ListItem.of(new byte[1]))
			.withMessageContaining("Expected bytes without NUL");
		assertThat(ListItem.of("\0a").value()).isEqualTo("\0a");
	}

	@ParameterizedTest
	@MethodSource
	void unpairedSurrogatesAreRefused(String text, String found) {
		assertThatIllegalArgumentException().isThrownBy(() -> ListItem.of(text))
			.withMessageEndingWith("found an unpaired surrogate " + found);
	}

	static Stream<Arguments> unpairedSurrogatesAreRefused() {
		return Stream.of(Arguments.of("a\uD800", "U+D800 at index 1"), Arguments.of("\uDC00", "U+DC00 at index 0"),
				Arguments.of("\uD83D\uDCA5\uDCA5", "U+DCA5 at index 2"),
				Arguments.of("\uD800\uD800", "U+D800 at index 0"));
	}

}
