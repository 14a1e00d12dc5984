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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.error.WrongTypeException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SharedArrayAtomicTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	private <T> SharedArray<T> open(ElementType<T> type, boolean locked) {
		SharedArray<T> array = this.manager.array("array", type).length(5).open();
		return locked ? array : array.raw();
	}

	static Stream<Arguments> elements() {
		return Stream.of(true, false)
			.flatMap((locked) -> Stream.of(Arguments.of(locked, ElementType.INT8, (byte) -1, (byte) 0x55),
					Arguments.of(locked, ElementType.UINT8, (short) 255, (short) 0xaa),
					Arguments.of(locked, ElementType.INT16, (short) -1, (short) 0x5555),
					Arguments.of(locked, ElementType.UINT16, 65535, 0xaaaa),
					Arguments.of(locked, ElementType.INT32, -1, 0x55555555),
					Arguments.of(locked, ElementType.UINT32, 0xffffffffL, 0xaaaaaaaaL),
					Arguments.of(locked, ElementType.INT64, -1L, 0x5555555555555555L),
					Arguments.of(locked, ElementType.UINT64, BigInteger.TWO.pow(64).subtract(BigInteger.ONE),
							BigInteger.TWO.pow(63)),
					Arguments.of(locked, ElementType.FLOAT32, -0f, 1f),
					Arguments.of(locked, ElementType.FLOAT64, Double.NaN, 1.0),
					Arguments.of(locked, ElementType.BOOL, true, false),
					Arguments.of(locked, ElementType.CHAR, 'ÿ', 'a'),
					Arguments.of(locked, ElementType.WCHAR, 0x10ffff, 'a' + 0)));
	}

	@ParameterizedTest
	@MethodSource("elements")
	<T> void compareAndSetTouchesNoNeighbour(boolean locked, ElementType<T> type, T around, T other) {
		SharedArray<T> array = open(type, locked);
		array.fill(around);
		for (int i = 0; i < 5; i++) {
			assertThat(array.compareAndSet(i, other, around)).isFalse();
			assertThat(array.slice(0, 5)).containsOnly(around);
			assertThat(array.compareAndSet(i, around, other)).isTrue();
			List<T> expected = new ArrayList<>(List.of(around, around, around, around, around));
			expected.set(i, other);
			assertThat(array.slice(0, 5)).isEqualTo(expected);
			assertThat(array.compareAndSet(i, around, other)).isFalse();
			assertThat(array.compareAndSet(i, other, around)).isTrue();
		}
		assertThat(array.slice(0, 5)).containsOnly(around);
	}

	@Test
	void lastElementOfAFileThatEndsWithItIsExchangedToo() {
		SegmentFile.write(this.names, "foreign", new byte[] { 1, 2, 3 });
		try (SharedArray<Byte> array = this.manager.array("foreign", ElementType.INT8).length(3).locked(false).open()) {
			assertThat(array.compareAndSet(2, (byte) 3, (byte) 4)).isTrue();
			assertThat(array.getAndAdd(2, (byte) 1)).isEqualTo((byte) 4);
		}
		assertThat(SegmentFile.of(this.names, "foreign").bytes()).containsExactly(1, 2, 5);
		SegmentFile.of(this.names, "foreign").delete();
	}

	static Stream<Arguments> sums() {
		return Stream.of(true, false)
			.flatMap((locked) -> Stream.of(Arguments.of(locked, ElementType.INT8, Byte.MAX_VALUE, (byte) 1),
					Arguments.of(locked, ElementType.INT8, Byte.MIN_VALUE, (byte) -1),
					Arguments.of(locked, ElementType.UINT8, (short) 255, (short) 1),
					Arguments.of(locked, ElementType.INT16, Short.MAX_VALUE, (short) 1),
					Arguments.of(locked, ElementType.UINT16, 65535, 1),
					Arguments.of(locked, ElementType.INT32, Integer.MIN_VALUE, -1),
					Arguments.of(locked, ElementType.UINT32, 4294967295L, 1L),
					Arguments.of(locked, ElementType.INT64, Long.MAX_VALUE, 1L),
					Arguments.of(locked, ElementType.INT64, Long.MIN_VALUE, -1L), Arguments.of(locked,
							ElementType.UINT64, BigInteger.TWO.pow(64).subtract(BigInteger.ONE), BigInteger.ONE)));
	}

	@ParameterizedTest
	@MethodSource("sums")
	<T> void additionThatOverflowsIsRefusedAndTheElementUnchanged(boolean locked, ElementType<T> type, T edge,
			T delta) {
		SharedArray<T> array = open(type, locked);
		array.fill(edge);
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> array.getAndAdd(2, delta))
			.withMessageStartingWith("The sum of " + edge + " and " + delta + " does not fit " + type + " (");
		assertThat(array.slice(0, 5)).containsOnly(edge);
		if (locked) {
			assertThat(array.lock().isLocked()).isFalse();
		}
	}

	@ParameterizedTest
	@MethodSource("sums")
	<T> void additionReturnsTheElementBefore(boolean locked, ElementType<T> type, T edge, T delta) {
		SharedArray<T> array = open(type, locked);
		assertThat(array.getAndAdd(3, edge)).isEqualTo(array.get(0));
		assertThat(array.getAndAdd(3, array.get(0))).isEqualTo(edge);
		assertThat(array.slice(0, 5)).containsExactly(array.get(0), array.get(0), array.get(0), edge, array.get(0));
	}

	static Stream<Arguments> unsignedTypes() {
		return Stream.of(true, false)
			.flatMap(
					(locked) -> Stream.of(ElementType.UINT8, ElementType.UINT16, ElementType.UINT32, ElementType.UINT64)
						.map((type) -> Arguments.of(locked, type)));
	}

	@ParameterizedTest
	@MethodSource("unsignedTypes")
	<T> void unsignedElementIsDecreasedByANegativeNumberButNotBelowZero(boolean locked, ElementType<T> type) {
		SharedArray<T> array = open(type, locked);
		T two = type.convert(2);
		T minusOne = minusOne(type);
		array.set(2, two);
		assertThat(array.getAndAdd(2, minusOne)).isEqualTo(two);
		assertThat(array.addAndGet(2, minusOne)).isEqualTo(type.convert(0));
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> array.getAndAdd(2, minusOne))
			.withMessageStartingWith("The sum of 0 and -1 does not fit " + type + " (0 to ");
		assertThat(array.slice(0, 5)).containsOnly(type.convert(0));
	}

	private static <T> T minusOne(ElementType<T> type) {
		Object minusOne = switch (type.name()) {
			case "uint8" -> (Object) (short) -1;
			case "uint16" -> -1;
			case "uint32" -> -1L;
			default -> BigInteger.ONE.negate();
		};
		return type.javaType().cast(minusOne);
	}

	@ParameterizedTest
	@MethodSource("elements")
	<T> void getAndSetTouchesNoNeighbour(boolean locked, ElementType<T> type, T around, T other) {
		SharedArray<T> array = open(type, locked);
		array.fill(around);
		for (int i = 0; i < 5; i++) {
			assertThat(array.getAndSet(i, other)).isEqualTo(around);
			List<T> expected = new ArrayList<>(List.of(around, around, around, around, around));
			expected.set(i, other);
			assertThat(array.slice(0, 5)).isEqualTo(expected);
			assertThat(array.getAndSet(i, around)).isEqualTo(other);
		}
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.getAndSet(5, other));
		assertThat(array.slice(0, 5)).containsOnly(around);
	}

	@ParameterizedTest
	@CsvSource({ "int8, true", "uint8, false", "int16, true", "uint16, false", "int32, false", "uint32, true",
			"int64, true", "int64, false", "uint64, false", "float32, true", "float64, false" })
	void additionsReturnTheElementAfter(String name, boolean locked) {
		assertAddition(ElementType.of(name), locked);
	}

	private <T> void assertAddition(ElementType<T> type, boolean locked) {
		SharedArray<T> array = open(type, locked);
		SharedValue<T> opened = this.manager.value("value", type).open();
		SharedValue<T> value = locked ? opened : opened.raw();
		assertThat(array.incrementAndGet(4)).isEqualTo(type.convert(1));
		assertThat(array.addAndGet(4, type.convert(41))).isEqualTo(type.convert(42)).isEqualTo(array.get(4));
		assertThat(value.incrementAndGet()).isEqualTo(type.convert(1));
		assertThat(value.addAndGet(type.convert(41))).isEqualTo(type.convert(42)).isEqualTo(value.get());
		assertThat(value.getAndSet(type.convert(7))).isEqualTo(type.convert(42));
		assertThat(value.get()).isEqualTo(type.convert(7));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void valueHasTheIntegerAccessorsOfArrays(boolean locked) {
		SharedValue<Long> opened = this.manager.value("value", ElementType.INT64).open();
		SharedValue<Long> value = locked ? opened : opened.raw();
		value.setInt(-5);
		assertThat(value.getInt()).isEqualTo(-5);
		value.setLong(Long.MAX_VALUE);
		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(value::getInt);
		assertThat(value.getAndAddLong(1)).isEqualTo(Long.MAX_VALUE);
		assertThat(value.get()).isEqualTo(Long.MIN_VALUE);
		SharedValue<Integer> other = this.manager.value("other", ElementType.INT32).open();
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> other.getAndAddLong(1))
			.withMessageStartingWith("Expected an element type of int64, found int32");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void getAndAddLongWraps(boolean locked) {
		SharedArray<Long> array = open(ElementType.INT64, locked);
		array.setLong(4, Long.MAX_VALUE);
		assertThat(array.getAndAddLong(4, 1)).isEqualTo(Long.MAX_VALUE);
		assertThat(array.getLong(4)).isEqualTo(Long.MIN_VALUE);
		assertThat(array.getLong(3)).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "bool, true", "char, 'a'", "wchar, 1" })
	void typesThatAreNoNumbersAreNotAdded(String name, String delta) {
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> addConverted(ElementType.of(name), delta))
			.withMessageStartingWith("Expected an element type that is a number, found " + name);
	}

	private <T> void addConverted(ElementType<T> type, String delta) {
		SharedArray<T> array = open(type, true);
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> array.incrementAndGet(0));
		array.getAndAdd(0, type.convert(delta));
	}

	@ParameterizedTest
	@CsvSource({ "int8, true", "int16, true", "int32, true", "int64, true", "int8, false", "int16, false",
			"int32, false", "int64, false", "float64, false", "uint64, false" })
	void additionsOfManyThreadsToNeighboursAreNotLost(String name, boolean locked) throws Exception {
		addFromThreads(ElementType.of(name), locked);
	}

	private <T> void addFromThreads(ElementType<T> type, boolean locked) throws Exception {
		int times = (type.size() == 1) ? 60 : 5_000;
		SharedArray<T> array = open(type, locked);
		T one = type.convert(1);
		ExecutorService executor = Executors.newFixedThreadPool(4);
		try {
			List<Future<?>> threads = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				int index = i % 2;
				threads.add(executor.submit(() -> {
					for (int j = 0; j < times; j++) {
						if (j % 2 == 0) {
							array.getAndAdd(index, one);
						}
						else {
							array.incrementAndGet(index);
						}
					}
				}));
			}
			for (Future<?> thread : threads) {
				thread.get();
			}
		}
		finally {
			executor.shutdown();
		}
		assertThat(array.slice(0, 3)).containsExactly(type.convert(2 * times), type.convert(2 * times),
				type.convert(0));
	}

	@Test
	void compareAndSetLoopsOfManyThreadsLoseNothing() throws Exception {
		SharedArray<Short> array = open(ElementType.INT16, false);
		ExecutorService executor = Executors.newFixedThreadPool(3);
		try {
			List<Future<?>> threads = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				int index = i;
				threads.add(executor.submit(() -> {
					int done = 0;
					for (int tries = 0; done < 10_000 && tries < 100_000_000; tries++) {
						short found = array.get(index);
						done += array.compareAndSet(index, found, (short) (found + 1)) ? 1 : 0;
					}
					return done;
				}));
			}
			for (Future<?> thread : threads) {
				thread.get();
			}
		}
		finally {
			executor.shutdown();
		}
		assertThat(array.slice(0, 4)).containsExactly((short) 10_000, (short) 10_000, (short) 10_000, (short) 0);
	}

}
