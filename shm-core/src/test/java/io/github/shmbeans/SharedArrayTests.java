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
import java.util.List;

import io.github.shmbeans.error.SegmentExistsException;
import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.error.WrongTypeException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SharedArrayTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	private <T> SharedArray<T> open(ElementType<T> type, boolean locked) {
		SharedArray<T> array = this.manager.array("array", type).length(4).open();
		return locked ? array : array.raw();
	}

	@Test
	void arrayDescribesItsSegment() {
		SharedArray<Integer> array = open(ElementType.INT32, true);
		assertThat(array.name()).isEqualTo(this.names.name("array"));
		assertThat(array.kind()).isEqualTo(SegmentKind.ARRAY);
		assertThat(array.elementType()).isEqualTo(ElementType.INT32);
		assertThat(array.length()).isEqualTo(4);
		assertThat(array.dataSize()).isEqualTo(16);
		assertThat(array.fileSize()).isEqualTo(4096 + 12288);
		assertThat(array).hasToString("SharedArray[name=" + array.name() + ", type=int32, length=4]");
	}

	@ParameterizedTest
	@CsvSource({ "-1, true", "-1, false", "4, true", "4, false", "9223372036854775807, true",
			"9223372036854775807, false", "-9223372036854775808, true", "4294967296, false", "4294967297, true",
			"2305843009213693952, false" })
	void indexOutsideTheArrayIsRefusedByEveryAccessor(long index, boolean locked) {
		SharedArray<Long> longs = open(ElementType.INT64, locked);
		SharedArray<Double> doubles = this.manager.array("doubles", ElementType.FLOAT64).length(4).open();
		SharedArray<Double> others = locked ? doubles : doubles.raw();
		List<Runnable> accesses = List.of(() -> longs.get(index), () -> longs.set(index, 1L),
				() -> longs.getLong(index), () -> longs.setLong(index, 1), () -> longs.getInt(index),
				() -> longs.setInt(index, 1), () -> longs.getDouble(index), () -> longs.getAndAdd(index, 1L),
				() -> longs.getAndAddLong(index, 1), () -> longs.compareAndSet(index, 0L, 1L),
				() -> others.getDouble(index), () -> others.setDouble(index, 1));
		for (Runnable access : accesses) {
			assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(access::run)
				.withMessage("Expected an index in [0, 4), found %d. Check the length first", index);
		}
		if (locked) {
			assertThatExceptionOfType(IndexOutOfBoundsException.class)
				.isThrownBy(() -> longs.update(index, (current) -> 1L));
			assertThat(longs.lock().isLocked()).isFalse();
			assertThat(doubles.lock().isLocked()).isFalse();
		}
		assertThat(longs.slice(0, 4)).containsOnly(0L);
		assertThat(doubles.slice(0, 4)).containsOnly(0.0);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void firstAndLastElementAreWithinTheArray(boolean locked) {
		SharedArray<Long> array = open(ElementType.INT64, locked);
		array.setLong(0, Long.MIN_VALUE);
		array.set(3, Long.MAX_VALUE);
		assertThat(array.get(0)).isEqualTo(Long.MIN_VALUE);
		assertThat(array.getLong(3)).isEqualTo(Long.MAX_VALUE);
		assertThat(array.getDouble(3)).isEqualTo(0x1p63);
		assertThat(array.slice(1, 3)).containsOnly(0L);
	}

	@ParameterizedTest
	@CsvSource({ "int8, true", "uint8, false", "int16, true", "uint16, false", "int32, true", "uint32, false",
			"int64, true", "int64, false", "uint64, true" })
	void integersOfEveryWidthHaveLongAndInt(String type, boolean locked) {
		SharedArray<?> array = open(ElementType.of(type), locked);
		array.setLong(1, 100);
		array.setInt(2, 127);
		assertThat(array.getLong(1)).isEqualTo(100);
		assertThat(array.getInt(2)).isEqualTo(127);
		assertThat(array.getDouble(2)).isEqualTo(127.0);
		assertThat(array.getLong(0)).isZero();
		assertThat(array.getLong(3)).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void longThatExceedsIntIsRefusedAsInt(boolean locked) {
		SharedArray<Long> array = open(ElementType.INT64, locked);
		array.setLong(1, Integer.MAX_VALUE + 1L);
		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> array.getInt(1));
		array.setLong(1, Integer.MIN_VALUE);
		assertThat(array.getInt(1)).isEqualTo(Integer.MIN_VALUE);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void uint64BeyondLongIsReadByGetAlone(boolean locked) {
		SharedArray<BigInteger> array = open(ElementType.UINT64, locked);
		array.set(2, BigInteger.ONE.shiftLeft(63));
		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> array.getLong(2));
		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> array.getInt(2));
		assertThat(array.get(2)).isEqualTo(new BigInteger("9223372036854775808"));
		assertThat(array.getDouble(2)).isEqualTo(0x1p63);
	}

	@ParameterizedTest
	@CsvSource({ "float64, true", "float32, false", "bool, true", "char, false", "wchar, true" })
	void typesOtherThanIntegersHaveNoLong(String type, boolean locked) {
		SharedArray<?> array = open(ElementType.of(type), locked);
		for (Runnable access : List.<Runnable>of(() -> array.getLong(1), () -> array.getInt(1),
				() -> array.setLong(1, 1), () -> array.setInt(1, 1))) {
			assertThatExceptionOfType(WrongTypeException.class).isThrownBy(access::run)
				.withMessage("Expected an element type that is an integer, found %s. "
						+ "Use get() and set(), or another element type", type);
		}
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> array.getAndAddLong(1, 1))
			.withMessage("Expected an element type of int64, found %s. Use getAndAdd", type);
		assertThat(SegmentFile.of(this.names, "array").hex(32)).isEqualTo("0".repeat(64));
	}

	@ParameterizedTest
	@CsvSource({ "int64, true", "uint8, false", "bool, true", "wchar, false" })
	void typesOtherThanFloatingPointNumbersTakeNoDouble(String type, boolean locked) {
		SharedArray<?> array = open(ElementType.of(type), locked);
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> array.setDouble(1, 1))
			.withMessageStartingWith("Expected an element type that is a floating-point number, found " + type);
		assertThat(SegmentFile.of(this.names, "array").hex(32)).isEqualTo("0".repeat(64));
	}

	@ParameterizedTest
	@CsvSource({ "bool, true", "char, false", "wchar, true" })
	void typesThatAreNoNumbersHaveNoDouble(String type, boolean locked) {
		SharedArray<?> array = open(ElementType.of(type), locked);
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> array.getDouble(0))
			.withMessageStartingWith("Expected an element type that is a number, found " + type);
	}

	@Test
	@SuppressWarnings({ "unchecked", "rawtypes" })
	void elementOfAnotherJavaTypeIsRefused() {
		for (SharedArray each : new SharedArray[] { open(ElementType.INT64, true),
				this.manager.array("raw", ElementType.INT64).length(4).locked(false).open() }) {
			assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> each.set(1, 5));
			assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> each.set(1, null));
			assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> each.fill("x"));
			assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> each.setSlice(0, List.of(1L, 2)));
			assertThat(each.slice(0, 4)).isEqualTo(List.of(0L, 0L, 0L, 0L));
		}
	}

	@Test
	void updateReplacesOneElementUnderTheLock() {
		SharedArray<Long> array = open(ElementType.INT64, true);
		array.set(2, 20L);
		assertThat(array.update(2, (current) -> array.lock().isHeldByCurrentThread() ? current + 1 : -1)).isEqualTo(21);
		assertThat(array.slice(0, 4)).containsExactly(0L, 0L, 21L, 0L);
		assertThatExceptionOfType(ValueOutOfRangeException.class)
			.isThrownBy(() -> this.manager.array("bytes", ElementType.UINT8)
				.length(1)
				.open()
				.update(0, (current) -> (short) 256));
	}

	@Test
	void updateWithoutALockIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> open(ElementType.INT64, false).update(0, (value) -> 1L))
			.withMessageStartingWith("Expected a lock for update, found none");
	}

	@Test
	void copyHasMemoryOfItsOwn() {
		SharedArray<Long> array = open(ElementType.INT64, true);
		array.setSlice(0, List.of(1L, 2L, 3L, 4L));
		SharedArray<Long> copy = array.copy(this.names.name("copy"));
		assertThat(copy.slice(0, copy.length())).containsExactly(1L, 2L, 3L, 4L);
		copy.set(0, 9L);
		array.set(1, 8L);
		assertThat(array.slice(0, 4)).containsExactly(1L, 8L, 3L, 4L);
		assertThat(copy.slice(0, 4)).containsExactly(9L, 2L, 3L, 4L);
		assertThat(array.lock().isLocked()).isFalse();
	}

	@Test
	void copyToANameThatIsTakenIsRefused() {
		SharedArray<Long> array = open(ElementType.INT64, true);
		assertThatExceptionOfType(SegmentExistsException.class).isThrownBy(() -> array.copy(array.name()));
		assertThat(array.lock().isLocked()).isFalse();
	}

	@Test
	void rawArrayIsTheSameMemoryAndLifecycle() {
		SharedArray<Long> array = open(ElementType.INT64, true);
		array.raw().set(1, 5L);
		assertThat(array.get(1)).isEqualTo(5);
		assertThat(array.raw().raw().get(1)).isEqualTo(5);
		assertThat(array.raw().lock()).isSameAs(array.lock());
		array.raw().close();
		assertThat(array.isClosed()).isTrue();
	}

}
