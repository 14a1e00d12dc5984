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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.testing.CPython;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Lists shared with the {@code ShareableList} of each CPython that is found.
 */
@Tag("slow")
@Tag("any-jdk")
class ListInteropTests {

	private static final String SIX = "['howdy', b'HoWdY', -273.154, 100, None, True]";

	/**
	 * A list whose slots are as wide as its UTF-8 rounded up to 8, with formats that name
	 * the exact lengths, as CPython will write it.
	 */
	private static final String TIGHT = """
			def make_tight(items, name):
			    slots = [item.encode() if isinstance(item, str) else item for item in items]
			    texts = [slot if isinstance(slot, bytes) else struct.pack('q', slot) for slot in slots]
			    widths = [(len(text) + 7) // 8 * 8 for text in texts]
			    offsets = [sum(widths[:i]) for i in range(len(items) + 1)]
			    data = struct.pack('%dq' % (len(items) + 2), len(items), *offsets)
			    data += b''.join(text.ljust(width, bytes(1)) for text, width in zip(texts, widths))
			    for item, text in zip(items, texts):
			        data += (b'q' if isinstance(item, int) else b'%ds' % len(text)).ljust(8, bytes(1))
			    data += bytes(1 if isinstance(item, str) else 2 if isinstance(item, bytes) else 0 for item in items)
			    shm = make(name, len(data))
			    shm.buf[:] = data
			""";

	@Order(1)
	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@Order(2)
	@RegisterExtension
	final PythonSession python = new PythonSession();

	private final SharedMemoryManager manager = SharedMemoryManager.create();

	private final String name = this.names.name("list");

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	static List<CPython> versions() {
		CPython.assume();
		return CPython.ofAllVersions();
	}

	private static Object[] six() {
		return new Object[] { "howdy", "HoWdY".getBytes(), -273.154, 100L, null, true };
	}

	private byte[] bytes() {
		try {
			return Files.readAllBytes(this.names.path("list"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("versions")
	void listMadeThereIsUsedHere(CPython version) {
		this.python.use(version);
		this.python.exec("sl = make_list(%s, '%s')", SIX, this.name);
		try (ShareableList list = ShareableList.attach(this.name)) {
			assertThat(list.toArray()).isEqualTo(six());
			assertThat(list.size()).isEqualTo(6);
			assertThat(String.join("", formats(list))).isEqualTo(this.python.eval("sl.format").replace("'", ""));
			Object[] others = { true, null, "eight by", "bytes".getBytes(), -1L, 2.5 };
			for (int i = 0; i < others.length; i++) {
				list.set(i, others[i]);
			}
			assertThat(this.python.eval("list(sl)")).isEqualTo("[True, None, 'eight by', b'bytes', -1, 2.5]");
			assertThat(this.python.eval("sl.format")).isEqualTo("'xxxxxxx?xxxxxx?x8s8sqd'");
			this.python.exec("sl[0] = 'é' * 4\nsl[5] = 7");
			assertThat(list.get(0)).isEqualTo("éééé");
			assertThat(list.getLong(5)).isEqualTo(7);
		}
	}

	@ParameterizedTest
	@MethodSource("versions")
	void listMadeHereIsUsedThere(CPython version) {
		this.python.use(version);
		ShareableList list = this.manager.list(this.name).initial(six()).item("roomy", 40).open();
		this.python.exec("sl = attach_list('%s')", this.name);
		assertThat(this.python.eval("list(sl)")).isEqualTo("['howdy', b'HoWdY', -273.154, 100, None, True, 'roomy']");
		assertThat(this.python.eval("len(sl), sl.count(100), sl.index(True), sl[-1], sl[-7]"))
			.isEqualTo("(7, 1, 5, 'roomy', 'howdy')");
		this.python
			.exec("sl[6] = 'x' * 40\nsl[0] = None\nsl[4] = 'now text'\nsl[3] = 2.5\nsl[5] = False\nsl[2] = b'b'");
		assertThat(list.toArray()).isEqualTo(
				new Object[] { null, "HoWdY".getBytes(), "b".getBytes(), 2.5, "now text", false, "x".repeat(40) });
		assertThat(this.python.eval("sl.__setitem__(6, 'x' * 41)")).startsWith("ValueError");
		assertThat(this.python.eval("sl.__setitem__(4, 'nine char')")).startsWith("ValueError");
		assertThat(list.get(6)).isEqualTo("x".repeat(40));
	}

	private static List<String> formats(ShareableList list) {
		return Stream.iterate(0, (i) -> i < list.size(), (i) -> i + 1).map(list::format).toList();
	}

	@ParameterizedTest
	@MethodSource("versions")
	void listWithTightSlotsIsUsedOnBothSides(CPython version) {
		this.python.use(version);
		this.python.exec(TIGHT);
		this.python.exec("make_tight(['12345678', 'é' * 4, 'abc', b'', 'x' * 16, 42, b'bytes'], '%s')", this.name);
		try (ShareableList list = ShareableList.attach(this.name)) {
			assertThat(list.toArray()).isEqualTo(
					new Object[] { "12345678", "éééé", "abc", new byte[0], "x".repeat(16), 42L, "bytes".getBytes() });
			assertThat(Stream.iterate(0, (i) -> i < 7, (i) -> i + 1).map(list::capacity)).containsExactly(8, 8, 8, 0,
					16, 8, 8);
			assertThat(list.format(2)).isEqualTo("3s");
			list.set(0, "87654321");
			list.set(2, "abcd");
			list.set(4, "y".repeat(16));
			assertThat(list.format(2)).isEqualTo("8s");
			byte[] before = bytes();
			assertThatIllegalArgumentException().isThrownBy(() -> list.set(0, "123456789"));
			assertThatIllegalArgumentException().isThrownBy(() -> list.set(3, "a"));
			assertThatIllegalArgumentException().isThrownBy(() -> list.set(3, 1));
			assertThat(bytes()).isEqualTo(before);
		}
		assertThat(this.python.eval("list(attach_list('%s'))", this.name))
			.isEqualTo("['87654321', 'éééé', 'abcd', b'', 'yyyyyyyyyyyyyyyy', 42, b'bytes']");
	}

	@Test
	void exactFitAndMultibyteTextIsTheSameOnBothSides() {
		ShareableList list = this.manager.list(this.name).initial("1234567", "12345678", "é".repeat(8), "😀😀").open();
		assertThat(Stream.of(0, 1, 2, 3).map(list::capacity)).containsExactly(8, 16, 24, 16);
		this.python.exec("sl = attach_list('%s')", this.name);
		assertThat(this.python.eval("list(sl)")).isEqualTo("['1234567', '12345678', 'éééééééé', '😀😀']");
		list.set(0, "12345678");
		list.set(1, "é".repeat(8));
		list.set(2, "€".repeat(8));
		assertThat(this.python.eval("list(sl)")).isEqualTo("['12345678', 'éééééééé', '€€€€€€€€', '😀😀']");
		this.python.exec("sl[0] = 'éééé'\nsl[3] = '😀' * 4");
		assertThat(list).containsExactly("éééé", "é".repeat(8), "€".repeat(8), "😀😀😀😀");
		assertThat(this.python.eval("sl.__setitem__(0, 'ééééé')")).startsWith("ValueError");
		assertThatIllegalArgumentException().isThrownBy(() -> list.set(0, "ééééé"));
	}

	@Test
	void itemsThatDoNotReadBackAreRefusedBeforeAnyByteChanges() {
		this.python.exec("sl = make_list(['text', b'bytes', 1, 2.5, True, None], '%s')", this.name);
		try (ShareableList list = ShareableList.attach(this.name)) {
			byte[] before = bytes();
			for (int i = 0; i < list.size(); i++) {
				int index = i;
				for (Object unfit : new Object[] { BigInteger.ONE.shiftLeft(63),
						BigInteger.ONE.shiftLeft(63).not().subtract(BigInteger.ONE), "nine char", "ééééé", new byte[9],
						"nul\0", new byte[] { 1, 0 }, "\ud800", new Object(), 'c', List.of(), new int[0] }) {
					assertThatIllegalArgumentException().isThrownBy(() -> list.set(index, unfit));
				}
			}
			assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> list.set(6, 1));
			assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> list.set(-7, 1));
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.add(1));
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.remove(0));
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(list::clear);
			assertThat(bytes()).isEqualTo(before);
		}
		assertThat(this.python.eval("list(sl)")).isEqualTo("['text', b'bytes', 1, 2.5, True, None]");
		assertThat(this.python.eval("sl.append(1)")).startsWith("AttributeError");
	}

	@Test
	void listThatCannotBeMadeLeavesNothing() {
		for (Object unfit : new Object[] { BigInteger.ONE.shiftLeft(63), "nul\0", new byte[1], "\ud800", 'c' }) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.manager.list(this.name).initial(1, unfit).open());
		}
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void lengthIsThatOfTheMaker() {
		ShareableList list = this.manager.list(this.name).initial(1, 2).open();
		this.python.exec("sl = attach_list('%s')", this.name);
		assertThat(this.python.eval("len(sl)")).isEqualTo("2");
		assertThat(this.python.eval("sl[2]")).startsWith("IndexError");
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> list.get(2));
		assertThat(list.get(-1)).isEqualTo(2L);
		assertThat(list.get(-2)).isEqualTo(1L);
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> list.get(-3));
	}

	@Test
	void countAndIndexAreThoseOfPythonSaveForItsMixedNumbers() {
		this.python.exec("sl = make_list([1, 1.0, True, 'a', b'a', None, 'a'], '%s')", this.name);
		try (ShareableList list = ShareableList.attach(this.name)) {
			assertThat(this.python.eval("sl.count('a'), sl.count(b'a'), sl.count(None), sl.index('a')"))
				.isEqualTo(List.of(list.count("a"), list.count("a".getBytes()), list.count(null), list.index("a"))
					.toString()
					.replace('[', '(')
					.replace(']', ')'));
			assertThat(this.python.eval("sl.count(1)")).isEqualTo("3");
			assertThat(list.count(1)).isOne();
			assertThat(list.index(true)).isEqualTo(2);
			assertThat(this.python.eval("sl.index('b')")).startsWith("ValueError");
			assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> list.index("b"));
		}
	}

	@Test
	void attachmentsAreEqualAndHaveOneHashCode() {
		this.python.exec("sl = make_list(%s, '%s')", SIX, this.name);
		try (ShareableList list = ShareableList.attach(this.name);
				ShareableList same = ShareableList.attach(this.name)) {
			assertThat(list).isEqualTo(same).hasSameHashCodeAs(same);
			assertThat(list.hashCode()).isEqualTo(list.hashCode());
			assertThat(Objects.hash(list)).isEqualTo(Objects.hash(same));
			List<Object> plain = Arrays.asList(six());
			assertThat(list.equals(plain)).isEqualTo(plain.equals(list)).isFalse();
			list.set(1, "text");
			plain.set(1, "text");
			assertThat(list.equals(plain)).isEqualTo(plain.equals(list)).isTrue();
			assertThat(list).hasSameHashCodeAs(plain).hasToString(plain.toString());
			this.python.exec("sl[0] = 'other'");
			assertThat(list).isEqualTo(same).isNotEqualTo(plain);
		}
	}

	@Test
	void listIsShownWithItsBytesAndWithoutThemOnceClosed() {
		this.python.exec("sl = make_list(['a', b'bc', None], '%s')", this.name);
		ShareableList list = ShareableList.attach(this.name);
		try (list) {
			assertThat(list).hasToString("[a, [98, 99], null]");
			this.python.exec("sl.shm.buf[sl._offset_back_transform_codes] = 9");
			assertThat(list.toString()).isEqualTo("ShareableList[name=" + this.name + ", size=3]");
		}
		assertThat(list.toString()).isEqualTo("ShareableList[name=" + this.name + ", size=3]");
	}

	@Test
	void damageIsReportedWithTheNameOfTheSegment() {
		this.python.exec("sl = make_list(['a', 1], '%s')\nsl.shm.buf[sl._offset_back_transform_codes] = 9", this.name);
		try (ShareableList list = ShareableList.attach(this.name)) {
			assertThatExceptionOfType(InvalidSegmentException.class).isThrownBy(() -> list.get(0))
				.withMessageStartingWith("Segment '%s': expected item 0, in a slot of 8 bytes, to have format",
						this.name);
			assertThat(list.get(1)).isEqualTo(1L);
		}
	}

	@Test
	void nameTravelsByPickleAndBySerialization() throws Exception {
		ShareableList list = this.manager.list(this.name).initial("here").open();
		this.python.exec("sl = attach_list('%s')\nsame = untracked(pickle.loads, pickle.dumps(sl))\nsame[0] = 'there'",
				this.name);
		assertThat(list).containsExactly("there");
		String other = this.names.name("other");
		this.python.exec("sl2 = make_list(['there'], '%s')", other);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ShareableList made = ShareableList.attach(other);
				ObjectOutputStream output = new ObjectOutputStream(bytes)) {
			output.writeObject(made);
		}
		try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
				ShareableList same = (ShareableList) input.readObject()) {
			same.set(0, "here");
			assertThat(this.python.eval("sl2[0]")).isEqualTo("'here'");
		}
	}

}
