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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.ListIterator;
import java.util.NoSuchElementException;
import java.util.RandomAccess;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ShareableListTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	private ShareableList open(Object... items) {
		return this.manager.list("list").initial(items).open();
	}

	@Test
	void initialItemsTakeThePlaceOfThoseSetBefore() {
		assertThat(this.manager.list("list").item("gone").initial(1, 2).item(3).open()).containsExactly(1L, 2L, 3L);
	}

	@Test
	void listHoldsAllSixTypes() {
		ShareableList list = open(100, -273.154, true, "howdy", new byte[] { 1, 2 }, null);
		assertThat(list.get(0)).isEqualTo(100L);
		assertThat(list.get(1)).isEqualTo(-273.154);
		assertThat(list.get(2)).isEqualTo(true);
		assertThat(list.get(3)).isEqualTo("howdy");
		assertThat(list.get(4)).isEqualTo(new byte[] { 1, 2 });
		assertThat(list.get(5)).isNull();
		assertThat(list).hasSize(6).isInstanceOf(RandomAccess.class);
		assertThat(list.getLong(0)).isEqualTo(100);
		assertThat(list.getDouble(1)).isEqualTo(-273.154);
	}

	@Test
	void listDescribesItsSegment() {
		ShareableList list = open(100, "howdy");
		assertThat(list.name()).isEqualTo(this.names.name("list"));
		assertThat(list.kind()).isEqualTo(SegmentKind.LIST);
		assertThat(list.dataSize()).isEqualTo(16 + 2 * 17 + 16);
		assertThat(list.fileSize()).isEqualTo(4096 + 12288);
		assertThat(list).hasToString("[100, howdy]");
		assertThat(list.lock().isLocked()).isFalse();
	}

	@Test
	void listIsLaidOutAsCPythonDoes() {
		open("howdy", 100);
		assertThat(SegmentFile.of(this.names, "list").hex(66))
			.isEqualTo("0200000000000000" + "0000000000000000" + "0800000000000000" + "1000000000000000"
					+ "686f776479000000" + "6400000000000000" + "3873000000000000" + "7100000000000000" + "0100");
	}

	@Test
	void negativeIndexCountsFromTheEnd() {
		ShareableList list = open(1, 2.5, "three");
		assertThat(list.get(-1)).isEqualTo("three");
		assertThat(list.get(-3)).isEqualTo(1L);
		assertThat(list.getLong(-3)).isEqualTo(1);
		assertThat(list.getDouble(-2)).isEqualTo(2.5);
		assertThat(list.format(-1)).isEqualTo("8s");
		assertThat(list.capacity(-1)).isEqualTo(8);
		list.set(-1, "four");
		list.setLong(-3, 5);
		list.setDouble(-2, 6.5);
		assertThat(list).containsExactly(5L, 6.5, "four");
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, -4, Integer.MAX_VALUE, Integer.MIN_VALUE })
	void indexOutsideTheListIsRefused(int index) {
		ShareableList list = open(1, 2.5, "three");
		for (Consumer<ShareableList> access : List.<Consumer<ShareableList>>of((l) -> l.get(index),
				(l) -> l.set(index, 1), (l) -> l.getLong(index), (l) -> l.getDouble(index), (l) -> l.setLong(index, 1),
				(l) -> l.setDouble(index, 1), (l) -> l.format(index), (l) -> l.capacity(index))) {
			assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> access.accept(list))
				.withMessage("Expected an index in [-3, 3), found %d. Check the size first", index);
		}
		assertThat(list).containsExactly(1L, 2.5, "three");
		assertThat(list.lock().isLocked()).isFalse();
	}

	@Test
	void emptyListHasNoIndex() {
		ShareableList list = open();
		assertThat(list).isEmpty();
		assertThat(list.count(null)).isZero();
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> list.get(0))
			.withMessageStartingWith("Expected an index in [0, 0), found 0");
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> list.get(-1));
	}

	@Test
	void setReturnsTheItemBeforeAndMayChangeItsType() {
		ShareableList list = open("howdy");
		Object[] items = { 5L, 2.5, true, null, "text", new byte[] { 7 }, "" };
		String[] formats = { "q", "d", "xxxxxxx?", "xxxxxx?x", "8s", "8s", "8s" };
		Object before = "howdy";
		for (int i = 0; i < items.length; i++) {
			assertThat(list.set(0, items[i])).isEqualTo(before);
			assertThat(list.get(0)).isEqualTo(items[i]);
			assertThat(list.format(0)).isEqualTo(formats[i]);
			before = items[i];
		}
		list.setLong(0, Long.MIN_VALUE);
		assertThat(list.get(0)).isEqualTo(Long.MIN_VALUE);
		list.setDouble(0, Double.NaN);
		assertThat(list.get(0)).isEqualTo(Double.NaN);
		assertThat(list.format(0)).isEqualTo("d");
	}

	@Test
	void smallerNumbersAreWidened() {
		ShareableList list = open((byte) 1, (short) 2, 3, 4L, 5f, BigInteger.valueOf(6));
		assertThat(list).containsExactly(1L, 2L, 3L, 4L, 5.0, 6L);
	}

	static Stream<Object> unfitItems() {
		return Stream.of("more than 8 bytes", "€€€", new byte[9], "nul at the end\0", "\ud800", BigInteger.TWO.pow(63),
				'c', new Object(), List.of(), new int[1]);
	}

	@ParameterizedTest
	@MethodSource("unfitItems")
	void itemThatDoesNotFitIsRefusedAndTheListUnchanged(Object item) {
		ShareableList list = open("howdy", 1);
		String before = SegmentFile.of(this.names, "list").hex(66);
		assertThatIllegalArgumentException().isThrownBy(() -> list.set(0, item));
		assertThatIllegalArgumentException().isThrownBy(() -> list.set(1, item));
		assertThat(SegmentFile.of(this.names, "list").hex(66)).isEqualTo(before);
		assertThat(list.lock().isLocked()).isFalse();
	}

	@Test
	void integerBeyond64BitsIsOutOfRange() {
		assertThatExceptionOfType(ValueOutOfRangeException.class)
			.isThrownBy(() -> open(BigInteger.TWO.pow(63).negate().subtract(BigInteger.ONE)))
			.withMessageStartingWith("-9223372036854775809 does not fit int (-2^63 to 2^63-1)");
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void primitiveAccessorsRefuseOtherTypes() {
		ShareableList list = open(1, 2.5);
		assertThatIllegalArgumentException().isThrownBy(() -> list.getDouble(0))
			.withMessage("Expected float in item 0, found int (format q)");
		assertThatIllegalArgumentException().isThrownBy(() -> list.getLong(1));
		assertThat(list.lock().isLocked()).isFalse();
	}

	@Test
	void itemMayHaveMoreRoomThanItNeedsAtFirst() {
		ShareableList list = this.manager.list("list").item("a", 100).item("12345678").item(new byte[0], 0).open();
		assertThat(list.capacity(0)).isEqualTo(104);
		assertThat(list.capacity(1)).isEqualTo(16);
		assertThat(list.capacity(2)).isEqualTo(8);
		list.set(0, "x".repeat(104));
		assertThat(list.get(0)).isEqualTo("x".repeat(104));
		assertThat(list.format(0)).isEqualTo("104s");
		assertThatIllegalArgumentException().isThrownBy(() -> list.set(0, "x".repeat(105)))
			.withMessageStartingWith("Expected at most 104 bytes in item 0, found str of 105 bytes");
	}

	@Test
	void lengthIsFixed() {
		ShareableList list = open(1, 2, 3);
		for (Consumer<ShareableList> change : List.<Consumer<ShareableList>>of((l) -> l.add(4), (l) -> l.add(0, 4),
				(l) -> l.addAll(List.of(4)), (l) -> l.addAll(0, List.of(4)), (l) -> l.remove(0),
				(l) -> l.remove((Object) 1L), List::clear, (l) -> l.removeIf((item) -> true),
				(l) -> l.removeAll(List.of(1L)), (l) -> l.retainAll(List.of()), (l) -> l.subList(0, 1).clear(),
				(l) -> l.iterator().remove())) {
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> change.accept(list))
				.isInstanceOfAny(UnsupportedOperationException.class, IllegalStateException.class);
		}
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.add(null));
		ListIterator<Object> iterator = list.listIterator();
		iterator.next();
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(iterator::remove);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> iterator.add(1));
		assertThat(list).containsExactly(1L, 2L, 3L);
	}

	@Test
	void itemsChangeThroughTheViewsOfJavaUtil() {
		ShareableList list = open(3, 1, 2);
		Collections.sort(list, null);
		assertThat(list).containsExactly(1L, 2L, 3L);
		list.replaceAll((item) -> (Long) item * 2);
		assertThat(list).containsExactly(2L, 4L, 6L);
		Collections.reverse(list);
		list.subList(1, 3).set(0, 9);
		ListIterator<Object> iterator = list.listIterator(3);
		iterator.previous();
		iterator.set("end");
		assertThat(list).containsExactly(6L, 9L, "end");
		assertThat(list.stream().filter(Long.class::isInstance)).containsExactly(6L, 9L);
		assertThat(list.toArray(new Object[0])).containsExactly(6L, 9L, "end");
	}

	@Test
	void listIsAttachedByName() {
		ShareableList list = open("shared", 1);
		try (ShareableList same = ShareableList.attach(list.name())) {
			same.set(1, 2);
			assertThat(list.getLong(1)).isEqualTo(2);
			same.lock().lock();
			assertThat(list.lock().tryLock()).isFalse();
			same.lock().unlock();
		}
		ShareableList locked = this.manager.list("other").segmentName(list.name()).mode(OpenMode.ATTACH).open();
		assertThat(locked).isEqualTo(list);
		locked.lock().lock();
		assertThat(list.lock().tryLock()).isFalse();
		locked.lock().unlock();
	}

	@Test
	void listWithoutItemsIsRefusedUnlessItAttaches() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.manager.list("list").open())
			.withMessage(
					"Expected the items of list 'list', found none. Set initial; only mode attach and read-only access go without");
	}

	@Test
	void itemsAreCountedAndFoundByTypeAndValue() {
		ShareableList list = open(1, "a", 1L, null, true, 1.0, new byte[] { 1 });
		assertThat(list.count(1)).isEqualTo(2);
		assertThat(list.count("a")).isOne();
		assertThat(list.count("b")).isZero();
		assertThat(list.index(null)).isEqualTo(3);
		assertThat(list.index(new byte[] { 1 })).isEqualTo(6);
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> list.index("b"))
			.withMessage("Expected 'b' in list '%s', found none. Use indexOf or contains", list.name());
		assertThat(Arrays.asList(list.toArray()).get(6)).isEqualTo(new byte[] { 1 });
	}

}
