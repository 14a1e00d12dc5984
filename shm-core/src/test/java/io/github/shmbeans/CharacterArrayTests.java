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

import java.util.List;

import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.error.WrongTypeException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The semantics of ctypes' character arrays.
 */
class CharacterArrayTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	private <T> SharedArray<T> open(ElementType<T> type, boolean locked) {
		SharedArray<T> array = this.manager.array("text", type).length(8).open();
		return locked ? array : array.raw();
	}

	private String hex(int length) {
		return SegmentFile.of(this.names, "text").hex(length);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void textIsEndedByNulAndTheTailIsKept(boolean locked) {
		SharedArray<Character> array = open(ElementType.CHAR, locked);
		array.setText("abcdefgh");
		assertThat(array.getText()).isEqualTo("abcdefgh");
		array.setText("xy");
		assertThat(array.getText()).isEqualTo("xy");
		assertThat(hex(10)).isEqualTo("787900" + "6465666768" + "0000");
		array.setText("");
		assertThat(array.getText()).isEmpty();
		assertThat(hex(8)).isEqualTo("0079006465666768");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void wideTextIsEndedByNulAndTheTailIsKept(boolean locked) {
		SharedArray<Integer> array = open(ElementType.WCHAR, locked);
		array.setText("abcd😀fgh");
		assertThat(array.getText()).isEqualTo("abcd😀fgh");
		assertThat(array.get(4)).isEqualTo(0x1f600);
		array.setText("é");
		assertThat(array.getText()).isEqualTo("é");
		assertThat(hex(16)).isEqualTo("e9000000" + "00000000" + "63000000" + "64000000");
	}

	@Test
	void textThatFillsTheArrayHasNoTerminator() {
		SharedArray<Character> array = open(ElementType.CHAR, true);
		array.setText("abcdefgh");
		assertThat(hex(9)).isEqualTo("616263646566676800");
		array.setText("abcdefg");
		assertThat(hex(9)).isEqualTo("616263646566670000");
	}

	@Test
	void multibyteTextIsMeasuredInBytes() {
		SharedArray<Character> array = open(ElementType.CHAR, true);
		array.setText("ééé");
		assertThat(array.getText()).isEqualTo("ééé");
		assertThat(hex(8)).isEqualTo("c3a9c3a9c3a90000");
		array.setText("😀😀");
		assertThat(array.getText()).isEqualTo("😀😀");
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> array.setText("€€€"))
			.withMessage("A text of 9 bytes does not fit char[8] (at most 8 bytes). "
					+ "Shorten the text, or declare a longer array");
		assertThat(array.getText()).isEqualTo("😀😀");
	}

	@ParameterizedTest
	@ValueSource(strings = { "abcdefghi", "\0", "ab\0", "a\ud83d" })
	void textThatWouldNotReadBackIsRefusedAndNothingWritten(String text) {
		SharedArray<Character> array = open(ElementType.CHAR, true);
		SharedArray<Integer> wide = this.manager.array("wide", ElementType.WCHAR).length(8).open();
		array.setText("kept");
		wide.setText("kept");
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> array.setText(text));
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> wide.setText(text));
		assertThat(array.getText()).isEqualTo("kept");
		assertThat(wide.getText()).isEqualTo("kept");
		assertThat(array.lock().isLocked()).isFalse();
	}

	@Test
	void elementsAreTheRawBytes() {
		SharedArray<Character> array = open(ElementType.CHAR, true);
		array.setText("é");
		assertThat(array.slice(0, 3)).containsExactly('Ã', '©', '\0');
		array.setSlice(0, List.of('h', 'i', '\0', 'x'));
		assertThat(array.getText()).isEqualTo("hi");
	}

	@Test
	void bytesThatAreNoTextAreRefused() {
		SharedArray<Character> array = open(ElementType.CHAR, true);
		array.set(0, 'ÿ');
		assertThatExceptionOfType(InvalidSegmentException.class).isThrownBy(array::getText)
			.withMessageStartingWith("Segment '%s': a char array was expected to hold UTF-8 text, found other bytes",
					array.name());
		assertThat(array.lock().isLocked()).isFalse();
	}

	@Test
	void otherTypesHaveNoText() {
		SharedArray<Byte> array = open(ElementType.INT8, true);
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(array::getText)
			.withMessageStartingWith("Expected an element type of char or wchar for text, found int8");
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> array.setText("a"));
		assertThatExceptionOfType(WrongTypeException.class)
			.isThrownBy(() -> this.manager.array("other", ElementType.INT8).initialText("a").open());
	}

	@Test
	void initialTextGivesTheLengthAndZerosFollow() {
		SharedArray<Character> exact = this.manager.array("exact", ElementType.CHAR).initialText("héllo").open();
		assertThat(exact.length()).isEqualTo(6);
		assertThat(exact.getText()).isEqualTo("héllo");
		SharedArray<Integer> wide = this.manager.array("wide", ElementType.WCHAR).initialText("a😀").open();
		assertThat(wide.length()).isEqualTo(2);
		assertThat(wide.getText()).isEqualTo("a😀");
		SharedArray<Integer> longer = this.manager.array("longer", ElementType.WCHAR)
			.length(4)
			.initialText("ab")
			.open();
		assertThat(longer.slice(0, 4)).containsExactly(97, 98, 0, 0);
	}

	@Test
	void initialTextLongerThanTheArrayIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.manager.array("text", ElementType.CHAR).length(4).initialText("€€").open())
			.withMessage("Expected text of at most 4 characters for the initial data of array 'text', found 6. "
					+ "Make length and initial agree, or leave one out");
		assertThatExceptionOfType(ValueOutOfRangeException.class)
			.isThrownBy(() -> this.manager.array("text", ElementType.CHAR).length(4).initialText("a\0").open());
		assertThat(SegmentFile.of(this.names, "text").exists()).isFalse();
	}

}
