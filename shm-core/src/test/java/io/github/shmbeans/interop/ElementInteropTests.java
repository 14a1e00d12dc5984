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

package io.github.shmbeans.interop;

import java.util.Collections;
import java.util.List;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.error.SegmentMismatchException;
import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Values and arrays shared with ctypes and numpy: {@code RawValue}, {@code RawArray} and,
 * under a lock, {@code Value} and {@code Array}.
 */
@Tag("slow")
@Tag("any-jdk")
class ElementInteropTests {

	@Order(1)
	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@Order(2)
	@RegisterExtension
	final PythonSession python = new PythonSession();

	private final SharedMemoryManager manager = SharedMemoryManager.create();

	private final String name = this.names.name("x");

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	private <T> SharedArray<T> attach(ElementType<T> type) {
		return this.manager.array("there", type).segmentName(this.name).mode(OpenMode.ATTACH).locked(false).open();
	}

	private void attachArrayThere(String code, int length) {
		this.python.exec("shm = attach('%s')\na = (ctype('%s') * %d).from_buffer(shm.buf)", this.name, code, length);
	}

	private void makeArrayThere(String code, int length) {
		this.python.exec("T = ctype('%2$s') * %3$d\nshm = make('%1$s', ctypes.sizeof(T))\na = T.from_buffer(shm.buf)",
				this.name, code, length);
	}

	private String list() {
		return this.python.eval("[a[i] for i in range(len(a))]");
	}

	@ParameterizedTest
	@EnumSource(Scalars.class)
	<T> void arrayMadeHereIsReadAndWrittenThere(Scalars scalar) {
		ElementType<T> type = scalar.type();
		SharedArray<T> array = this.manager.array(this.name, type).initial(scalar.elements()).open();
		attachArrayThere(scalar.code(), 4);
		assertThat(list()).isEqualTo(scalar.literal());
		assertThat(this.python.eval("ctypes.sizeof(a)")).isEqualTo(String.valueOf(array.dataSize()));
		this.python.exec("for i, value in enumerate(list(a)): a[3 - i] = value");
		List<T> reversed = scalar.elements();
		Collections.reverse(reversed);
		assertThat(array.stream()).isEqualTo(reversed);
	}

	@ParameterizedTest
	@EnumSource(Scalars.class)
	<T> void arrayMadeThereIsReadAndWrittenHere(Scalars scalar) {
		makeArrayThere(scalar.code(), 4);
		this.python.exec("for i, value in enumerate(%s): a[i] = value", scalar.literal());
		SharedArray<T> array = attach(scalar.type());
		assertThat(array.length()).isEqualTo(4);
		assertThat(array.stream()).isEqualTo(scalar.elements());
		List<T> reversed = scalar.elements();
		Collections.reverse(reversed);
		array.setSlice(0, reversed);
		assertThat(list()).isEqualTo(this.python.eval("list(reversed(%s))", scalar.literal()));
	}

	@ParameterizedTest
	@EnumSource(Scalars.class)
	<T> void valueIsTheSameOnBothSides(Scalars scalar) {
		ElementType<T> type = scalar.type();
		List<T> values = scalar.elements();
		SharedValue<T> here = this.manager.value(this.name, type).open();
		this.python.exec("shm = attach('%s')\nv = ctype('%s').from_buffer(shm.buf)", this.name, scalar.code());
		assertThat(this.python.eval("v.value")).isEqualTo(this.python.eval("ctype('%s')().value", scalar.code()));
		here.set(values.get(1));
		assertThat(this.python.eval("v.value == %s[1]", scalar.literal())).isEqualTo("True");
		this.python.exec("v.value = %s[0]", scalar.literal());
		assertThat(here.get()).isEqualTo(values.get(0));
		here.raw().set(values.get(2));
		assertThat(this.python.eval("v.value == %s[2]", scalar.literal())).isEqualTo("True");
	}

	@ParameterizedTest
	@EnumSource(Scalars.class)
	<T> void valueMadeThereIsTheSameHere(Scalars scalar) {
		ElementType<T> type = scalar.type();
		List<T> values = scalar.elements();
		this.python.exec("T = ctype('%2$s')\nshm = make('%1$s', ctypes.sizeof(T))\nv = T.from_buffer(shm.buf)",
				this.name, scalar.code());
		SharedValue<T> here = this.manager.value(this.name, type).mode(OpenMode.ATTACH).locked(false).open();
		this.python.exec("v.value = %s[1]", scalar.literal());
		assertThat(here.get()).isEqualTo(values.get(1));
		here.set(values.get(0));
		assertThat(this.python.eval("v.value == %s[0]", scalar.literal())).isEqualTo("True");
	}

	@ParameterizedTest
	@EnumSource(Scalars.class)
	void namesOfCtypesHaveTheWidthsOfCtypes(Scalars scalar) {
		this.python.exec("T = getattr(ctypes, '%s')", scalar.ctype());
		assertThat(this.python.eval("ctypes.sizeof(T)"))
			.isEqualTo(String.valueOf(ElementType.of(scalar.ctype()).size()));
		assertThat(ElementType.of(scalar.ctype())).isEqualTo(ElementType.of(scalar.code()));
		assertThat(
				this.python.eval("T is ctype('%s') or ctypes.sizeof(T) == ctypes.sizeof(ctype('%1$s'))", scalar.code()))
			.isEqualTo("True");
	}

	@ParameterizedTest
	@EnumSource(Scalars.class)
	void arraysOfASizeAreZeroOnBothSides(Scalars scalar) {
		SharedArray<?> here = this.manager.array(this.name, scalar.type()).length(3).open();
		attachArrayThere(scalar.code(), 3);
		assertThat(this.python.eval("list(a) == list((ctype('%s') * 3)())", scalar.code())).isEqualTo("True");
		this.python.exec("del a");
		here.close();
		makeArrayThere(scalar.code(), 3);
		assertThat(attach(scalar.type()).stream().distinct()).hasSize(1)
			.containsOnly(scalar.type().convert(zero(scalar)));
	}

	private static Object zero(Scalars scalar) {
		return switch (scalar.code()) {
			case "c" -> "\0";
			case "?" -> false;
			default -> 0;
		};
	}

	@ParameterizedTest
	@EnumSource(Scalars.class)
	void numpySeesTheSameElements(Scalars scalar) {
		Assumptions.assumeTrue(this.python.python().has("numpy"), "Skipped: this CPython has no numpy");
		this.manager.array(this.name, scalar.type()).initial(scalar.elements()).open();
		attachArrayThere(scalar.code(), 4);
		this.python.exec("import numpy");
		assertThat(this.python.eval("numpy.ndarray(4, '%s', shm.buf).tolist() == [%s for x in a]", scalar.dtype(),
				"cu".contains(scalar.code()) ? "ord(x)" : "x"))
			.isEqualTo("True");
	}

	@Test
	void numbersThatCtypesWrapsAreRefusedHere() {
		SharedArray<Short> array = this.manager.array(this.name, ElementType.UINT8).length(1).open();
		attachArrayThere("B", 1);
		this.python.exec("a[0] = 300");
		assertThat(array.get(0)).isEqualTo((short) 44);
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> array.set(0, (short) 300));
		assertThat(this.python.eval("a[0]")).isEqualTo("44");
	}

	@ParameterizedTest
	@CsvSource({ "1:4, 1, 4", ":, 0, 6", "2:2, 2, 2", "-3:, 3, 6", ":-4, 0, 2" })
	void slicesAreThoseOfCtypes(String slice, long from, long to) {
		SharedArray<Integer> array = this.manager.array(this.name, ElementType.INT32)
			.initial(List.of(2, 3, 5, 7, 11, 13))
			.open();
		attachArrayThere("i", 6);
		assertThat(this.python.eval("a[%s]", slice)).isEqualTo(array.slice(from, to).toString());
		this.python.exec("a[%1$s] = [-x for x in a[%1$s]]", slice);
		assertThat(array.slice(from, to)).allMatch((element) -> element < 0);
		array.setSlice(from, array.slice(from, to).stream().map((element) -> -element).toList());
		assertThat(this.python.eval("list(a)")).isEqualTo("[2, 3, 5, 7, 11, 13]");
	}

	@Test
	void slicesWithAStepAreWrittenThereAndPickedFromACopyHere() {
		SharedArray<Integer> array = this.manager.array(this.name, ElementType.INT32).length(6).open();
		attachArrayThere("i", 6);
		this.python.exec("a[::2] = [1, 2, 3]\na[::-2] = [4, 5, 6]");
		assertThat(array.stream()).containsExactly(1, 6, 2, 5, 3, 4);
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.slice(-3, 6));
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.slice(4, 2));
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.get(-1));
		assertThat(this.python.eval("a[4:2]")).isEqualTo("[]");
		assertThat(this.python.eval("a[-1]")).isEqualTo("4");
	}

	@Test
	void valueOfACharArrayEndsAtTheFirstNulAndKeepsTheTail() {
		SharedArray<Character> array = this.manager.array(this.name, ElementType.CHAR)
			.initialText("hello world")
			.open();
		attachArrayThere("c", 11);
		assertThat(this.python.eval("a.value")).isEqualTo("b'hello world'");
		this.python.exec("a.value = b'howdy'");
		assertThat(array.getText()).isEqualTo("howdy");
		byte[] raw = new byte[11];
		array.read(0, raw, 0, 11);
		assertThat(raw).isEqualTo("howdy\0world".getBytes());
		array.setText("é");
		assertThat(this.python.eval("a.value.decode()")).isEqualTo("'é'");
		assertThat(this.python.eval("a.raw")).isEqualTo("b'\\xc3\\xa9\\x00dy\\x00world'");
		array.write(0, "full length".getBytes(), 0, 11);
		assertThat(this.python.eval("a.value")).isEqualTo("b'full length'");
		this.python.exec("a.raw = b'x\\0y' + bytes(8)");
		assertThat(array.getText()).isEqualTo("x");
		assertThat(array.get(2)).isEqualTo('y');
	}

	@Test
	void valueOfACharArrayMadeThereIsTextHere() {
		makeArrayThere("c", 8);
		this.python.exec("a.value = b'whole on'");
		SharedArray<Character> array = attach(ElementType.CHAR);
		assertThat(array.getText()).isEqualTo("whole on");
		array.setText("part");
		assertThat(this.python.eval("a.raw")).isEqualTo("b'part\\x00 on'");
		assertThat(this.python.eval("a.value")).isEqualTo("b'part'");
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> array.setText("nine char"));
		assertThat(this.python.eval("setattr(a, 'value', b'nine char')")).startsWith("ValueError");
	}

	@Test
	void wideTextIsTheSameOnBothSides() {
		SharedArray<Integer> array = this.manager.array(this.name, ElementType.WCHAR).initialText("a€😀zz").open();
		attachArrayThere("u", 5);
		assertThat(this.python.eval("a.value")).isEqualTo("'a€😀zz'");
		this.python.exec("a.value = '😀é'");
		assertThat(array.getText()).isEqualTo("😀é");
		assertThat(array.get(3)).isEqualTo('z');
		array.setText("ß");
		assertThat(this.python.eval("a.value, a[:]")).isEqualTo("('ß', 'ß\\x00\\x00zz')");
	}

	@Test
	void wideTextMadeThereIsTextHere() {
		makeArrayThere("u", 4);
		this.python.exec("a.value = '😀é'");
		SharedArray<Integer> array = attach(ElementType.WCHAR);
		assertThat(array.getText()).isEqualTo("😀é");
		array.setText("four");
		assertThat(this.python.eval("a.value")).isEqualTo("'four'");
	}

	@Test
	void copyIsASegmentOfItsOwn() {
		SharedArray<Double> array = this.manager.array(this.name, ElementType.FLOAT64)
			.initial(List.of(1.5, 2.5))
			.open();
		array.copy(this.names.name("copy"));
		array.set(0, 9.0);
		this.python
			.exec("shm = attach('%s')\na = (ctypes.c_double * 2).from_buffer(shm.buf)\nb = sharedctypes.copy(a)\n"
					+ "a[1] = 7", this.names.name("copy"));
		assertThat(this.python.eval("list(a), list(b)")).isEqualTo("([1.5, 7.0], [1.5, 2.5])");
		assertThat(array.stream()).containsExactly(9.0, 2.5);
	}

	@Test
	void arrayMadeThereThatIsTooShortIsRefused() {
		makeArrayThere("h", 3);
		assertThatExceptionOfType(SegmentMismatchException.class)
			.isThrownBy(() -> this.manager.array(this.name, ElementType.INT16)
				.length(4)
				.mode(OpenMode.ATTACH)
				.locked(false)
				.open())
			.withMessageContaining("was expected to be array of 4 int16, at least 8 bytes, found a file of 6 bytes");
	}

}
