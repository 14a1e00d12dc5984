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

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.shmbeans.error.SegmentClosedException;
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

class SharedArrayBulkTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	private <T> SharedArray<T> open(ElementType<T> type, boolean locked) {
		SharedArray<T> array = this.manager.array("array", type).length(6).open();
		return locked ? array : array.raw();
	}

	static Stream<Arguments> arrays() {
		return Stream.of(true, false)
			.flatMap((locked) -> Stream.of(Arguments.of(locked, "int8", new byte[] { 1, -2, 3, 4 }),
					Arguments.of(locked, "uint8", new byte[] { 1, -2, 3, 4 }),
					Arguments.of(locked, "bool", new byte[] { 1, 0, 1, 1 }),
					Arguments.of(locked, "char", new byte[] { 97, 98, 99, 100 }),
					Arguments.of(locked, "int16", new short[] { 1, -2, 3, 4 }),
					Arguments.of(locked, "uint16", new short[] { 1, -2, 3, 4 }),
					Arguments.of(locked, "int32", new int[] { 1, -2, 3, 4 }),
					Arguments.of(locked, "uint32", new int[] { 1, -2, 3, 4 }),
					Arguments.of(locked, "wchar", new int[] { 1, 2, 3, 4 }),
					Arguments.of(locked, "int64", new long[] { 1, -2, 3, 4 }),
					Arguments.of(locked, "uint64", new long[] { 1, -2, 3, 4 }),
					Arguments.of(locked, "float32", new float[] { 1, -2.5f, Float.NaN, 4 }),
					Arguments.of(locked, "float64", new double[] { 1, -2.5, Double.NaN, 4 })));
	}

	@ParameterizedTest
	@MethodSource("arrays")
	void elementsTravelBetweenTheOffsetsAlone(boolean locked, String type, Object source) {
		SharedArray<?> array = open(ElementType.of(type), locked);
		write(array, 2, source, 1, 3);
		Object target = Array.newInstance(source.getClass().getComponentType(), 8);
		read(array, 1, target, 2, 5);
		Object zero = Array.get(Array.newInstance(source.getClass().getComponentType(), 1), 0);
		assertThat(IntStream.range(0, 8).mapToObj((i) -> Array.get(target, i))).containsExactly(zero, zero, zero,
				Array.get(source, 1), Array.get(source, 2), Array.get(source, 3), zero, zero);
		assertThat(SegmentFile.of(this.names, "array").hex(2 * ElementType.of(type).size())).matches("0+");
		if (locked) {
			assertThat(array.lock().isLocked()).isFalse();
		}
	}

	@Test
	void bitsOfUnsignedElementsAreKept() {
		SharedArray<Short> array = open(ElementType.UINT8, true);
		array.write(0, new byte[] { -1, -128 }, 0, 2);
		assertThat(array.slice(0, 3)).containsExactly((short) 255, (short) 128, (short) 0);
	}

	@ParameterizedTest
	@CsvSource({ "int8, short", "int16, byte", "int16, int", "int32, float", "int32, long", "int64, double",
			"int64, int", "float32, int", "float32, double", "float64, long", "float64, float", "bool, int",
			"char, short", "uint64, double" })
	void arrayOfAnotherTypeIsRefused(String type, String component) {
		Object wrong = switch (component) {
			case "byte" -> new byte[6];
			case "short" -> new short[6];
			case "int" -> new int[6];
			case "long" -> new long[6];
			case "float" -> new float[6];
			default -> new double[6];
		};
		assertRefused(open(ElementType.of(type), true), wrong, component + "[]");
	}

	private void assertRefused(SharedArray<?> array, Object wrong, String found) {
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> read(array, 0, wrong, 0, 1))
			.withMessageMatching("Expected a \\w+\\[] for %s, found %s\\[]. Use the array type of the same width"
				.formatted(array.elementType(), found.replace("[]", "")));
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> write(array, 0, wrong, 0, 1));
		assertThat(SegmentFile.of(this.names, "array").hex(48)).matches("0+");
	}

	@ParameterizedTest
	@CsvSource({ "-1, 0, 1", "0, 0, 7", "6, 0, 1", "7, 0, 0", "1, 0, 6", "9223372036854775807, 0, 1",
			"-9223372036854775808, 0, 0", "9223372036854775807, 0, 6" })
	void rangeOutsideTheSharedArrayIsRefusedAndNothingCopied(long from, int offset, int count) {
		SharedArray<Integer> array = open(ElementType.INT32, true);
		int[] ones = { 1, 1, 1, 1, 1, 1, 1, 1 };
		assertThatExceptionOfType(IndexOutOfBoundsException.class)
			.isThrownBy(() -> array.write(from, ones, offset, count))
			.withMessage("Expected a range within [0, 6), found %d elements from %d. Check the length first", count,
					from);
		assertThat(array.slice(0, 6)).containsOnly(0);
		assertThatExceptionOfType(IndexOutOfBoundsException.class)
			.isThrownBy(() -> array.read(from, ones, offset, count));
		assertThat(ones).containsOnly(1);
	}

	@ParameterizedTest
	@CsvSource({ "-1, 1", "0, 4", "3, 1", "1, 3", "0, -1", "2147483647, 1" })
	void rangeOutsideTheJavaArrayIsRefusedAndNothingCopied(int offset, int count) {
		SharedArray<Integer> array = open(ElementType.INT32, false);
		int[] ones = { 1, 1, 1 };
		assertThatExceptionOfType(IndexOutOfBoundsException.class)
			.isThrownBy(() -> array.write(0, ones, offset, count));
		assertThat(array.slice(0, 6)).containsOnly(0);
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.read(0, ones, offset, count));
		assertThat(ones).containsOnly(1);
	}

	private static void read(SharedArray<?> array, long from, Object target, int offset, int count) {
		if (target instanceof byte[] bytes) {
			array.read(from, bytes, offset, count);
		}
		else if (target instanceof short[] shorts) {
			array.read(from, shorts, offset, count);
		}
		else if (target instanceof int[] ints) {
			array.read(from, ints, offset, count);
		}
		else if (target instanceof long[] longs) {
			array.read(from, longs, offset, count);
		}
		else if (target instanceof float[] floats) {
			array.read(from, floats, offset, count);
		}
		else {
			array.read(from, (double[]) target, offset, count);
		}
	}

	private static void write(SharedArray<?> array, long from, Object source, int offset, int count) {
		if (source instanceof byte[] bytes) {
			array.write(from, bytes, offset, count);
		}
		else if (source instanceof short[] shorts) {
			array.write(from, shorts, offset, count);
		}
		else if (source instanceof int[] ints) {
			array.write(from, ints, offset, count);
		}
		else if (source instanceof long[] longs) {
			array.write(from, longs, offset, count);
		}
		else if (source instanceof float[] floats) {
			array.write(from, floats, offset, count);
		}
		else {
			array.write(from, (double[]) source, offset, count);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void recordsTravelBetweenTheOffsetsAlone(boolean locked) {
		SharedArray<Point> array = open(ElementType.ofRecord(Point.class), locked);
		Point[] source = { new Point(1, 2), new Point(3, 4), new Point(5, 6) };
		array.write(2, source, 1, 2);
		Point[] target = new Point[5];
		array.read(1, target, 1, 4);
		assertThat(target).containsExactly(null, new Point(0, 0), source[1], source[2], new Point(0, 0));
	}

	@Test
	void recordsAreCopiedInOneLockedStep() {
		SharedArray<Point> array = open(ElementType.ofRecord(Point.class), true);
		Point[] points = { new Point(1, 2), new Point(3, 4), new Point(5, 6) };
		long before = array.lock().statistics().acquisitions();
		array.write(0, points, 0, 3);
		array.read(3, points, 0, 3);
		assertThat(array.lock().statistics().acquisitions()).isEqualTo(before + 2);
		assertThat(points).containsOnly(new Point(0, 0));
	}

	@Test
	void noneIsWrittenIfOneOfThemIsRefused() {
		SharedArray<Integer> array = open(ElementType.UINT16, true);
		assertThatExceptionOfType(ValueOutOfRangeException.class)
			.isThrownBy(() -> array.write(0, new Integer[] { 1, 65536 }, 0, 2));
		assertThatExceptionOfType(WrongTypeException.class)
			.isThrownBy(() -> array.write(0, new Integer[] { 1, null }, 0, 2));
		assertThatExceptionOfType(IndexOutOfBoundsException.class)
			.isThrownBy(() -> array.write(5, new Integer[] { 1, 2 }, 0, 2));
		assertThatExceptionOfType(IndexOutOfBoundsException.class)
			.isThrownBy(() -> array.read(0, new Integer[2], 1, 2));
		assertThat(array).containsOnly(0);
		assertThat(array.lock().isLocked()).isFalse();
	}

	@Test
	void primitiveArraysHoldNoStructures() {
		SharedArray<Point> array = open(ElementType.ofRecord(Point.class), true);
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> array.read(0, new long[2], 0, 1))
			.withMessageStartingWith("Expected a scalar element type, found struct{");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void elementsAreIteratedInTheirOrder(boolean locked) {
		SharedArray<Integer> array = open(ElementType.UINT16, locked);
		array.setSlice(0, List.of(5, 4, 3, 2, 1, 65535));
		List<Integer> found = new ArrayList<>();
		for (int element : array) {
			found.add(element);
		}
		assertThat(found).containsExactly(5, 4, 3, 2, 1, 65535);
		Iterator<Integer> iterator = array.iterator();
		iterator.next();
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(iterator::remove);
		iterator.forEachRemaining((element) -> {
		});
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
		Iterator<Integer> late = array.iterator();
		this.manager.close();
		assertThat(late.hasNext()).isTrue();
		assertThatExceptionOfType(SegmentClosedException.class).isThrownBy(late::next);
	}

	@Test
	void nothingCanBeCopiedAnywhereWithin() {
		SharedArray<Integer> array = open(ElementType.INT32, true);
		array.write(6, new int[0], 0, 0);
		array.read(0, new int[] { 1 }, 1, 0);
		assertThat(array.slice(0, 6)).containsOnly(0);
	}

	record Point(double x, int y) {
	}

}
