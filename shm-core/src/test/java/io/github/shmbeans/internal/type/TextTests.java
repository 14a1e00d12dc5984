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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.error.WrongTypeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TextTests {

	@ParameterizedTest
	@CsvSource({ "'', ''", "abc, 616263", "é, c3a9", "€, e282ac", "😀, f09f9880" })
	void charTextIsUtf8(String text, String bytes) {
		assertThat(HexFormat.of().formatHex(Text.encode(Scalar.CHAR, text))).isEqualTo(bytes);
		assertThat(Text.decode(Scalar.CHAR, HexFormat.of().parseHex(bytes))).isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource({ "'', ''", "ab, 6100000062000000", "é, e9000000", "😀, 00f60100" })
	void wcharTextIsUtf32WithoutByteOrderMark(String text, String bytes) {
		assertThat(HexFormat.of().formatHex(Text.encode(Scalar.WCHAR, text))).isEqualTo(bytes);
		assertThat(Text.decode(Scalar.WCHAR, HexFormat.of().parseHex(bytes))).isEqualTo(text);
	}

	@Test
	void textEndsAtTheFirstNul() {
		assertThat(Text.decode(Scalar.CHAR, "ab\0cd".getBytes(StandardCharsets.UTF_8))).isEqualTo("ab");
		assertThat(Text.decode(Scalar.CHAR, new byte[3])).isEmpty();
		byte[] wide = Arrays.copyOf(HexFormat.of().parseHex("00010000" + "00000000" + "61000000"), 12);
		assertThat(Text.decode(Scalar.WCHAR, wide)).isEqualTo("Ā");
	}

	@ParameterizedTest
	@ValueSource(strings = { "char", "wchar" })
	void textWithNulOrAnUnpairedSurrogateIsRefused(String scalar) {
		assertThatExceptionOfType(ValueOutOfRangeException.class)
			.isThrownBy(() -> Text.encode(Scalar.named(scalar), "ab\0"))
			.withMessageStartingWith("A text with NUL at index 2 does not fit " + scalar + " text");
		assertThatExceptionOfType(ValueOutOfRangeException.class)
			.isThrownBy(() -> Text.encode(Scalar.named(scalar), "a\ud800"))
			.withMessageStartingWith("A text with an unpaired surrogate does not fit " + scalar + " text");
	}

	@Test
	void bytesThatAreNoTextAreRefused() {
		assertThatExceptionOfType(InvalidSegmentException.class)
			.isThrownBy(() -> Text.decode(Scalar.CHAR, new byte[] { (byte) 0xff }))
			.withMessage("A char array was expected to hold UTF-8 text, found other bytes. Read it element by element");
		assertThatExceptionOfType(InvalidSegmentException.class)
			.isThrownBy(() -> Text.decode(Scalar.WCHAR, HexFormat.of().parseHex("ffffff7f")))
			.withMessageStartingWith("A wchar array was expected to hold UTF-32LE text");
	}

	@Test
	void typesThatAreNoCharactersAreRefused() {
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> Text.encode(Scalar.INT8, "a"))
			.withMessage("Expected an element type of char or wchar for text, found int8. "
					+ "Use get and set, or declare a character array");
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> Text.decode(Scalar.BOOL, new byte[1]));
	}

}
