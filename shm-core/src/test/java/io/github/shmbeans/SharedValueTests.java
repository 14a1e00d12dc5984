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

class SharedValueTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	private <T> SharedValue<T> open(ElementType<T> type) {
		return this.manager.value("value", type).open();
	}

	@Test
	void valueDescribesItsSegment() {
		SharedValue<Short> value = open(ElementType.UINT8);
		assertThat(value.name()).isEqualTo(this.names.name("value"));
		assertThat(value.kind()).isEqualTo(SegmentKind.VALUE);
		assertThat(value.elementType()).isEqualTo(ElementType.UINT8);
		assertThat(value.dataSize()).isEqualTo(1);
		assertThat(value.fileSize()).isEqualTo(4096 + 12288)
			.isEqualTo(SegmentFile.of(this.names, "value").bytes().length);
		assertThat(value).hasToString("SharedValue[name=" + value.name() + ", type=uint8]");
		assertThat(value.isClosed()).isFalse();
	}

	@Test
	void newValueIsZeroUnlessItHasAnInitialOne() {
		assertThat(open(ElementType.FLOAT64).get()).isZero();
		assertThat(this.manager.value("initial", ElementType.FLOAT64).initial(1.5).open().get()).isEqualTo(1.5);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void primitiveAccessorsAreTheValue(boolean locked) {
		SharedValue<Long> value = locked ? open(ElementType.INT64) : open(ElementType.INT64).raw();
		value.setLong(Long.MIN_VALUE);
		assertThat(value.get()).isEqualTo(Long.MIN_VALUE);
		value.set(7L);
		assertThat(value.getLong()).isEqualTo(7);
		assertThat(value.getDouble()).isEqualTo(7.0);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void uint64BeyondLongIsReadByGetAlone(boolean locked) {
		SharedValue<BigInteger> value = locked ? open(ElementType.UINT64) : open(ElementType.UINT64).raw();
		value.set(BigInteger.ONE.shiftLeft(63));
		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(value::getLong)
			.withMessage("Expected a uint64 that fits a long, found 9223372036854775808. Use get()");
		assertThat(value.getDouble()).isEqualTo(0x1p63);
		value.setLong(Long.MAX_VALUE);
		assertThat(value.getLong()).isEqualTo(Long.MAX_VALUE);
	}

	@ParameterizedTest
	@CsvSource({ "float64, true", "float64, false", "bool, true", "bool, false", "wchar, true", "char, false" })
	void typesOtherThanIntegersHaveNoLong(String type, boolean locked) {
		SharedValue<?> opened = open(ElementType.of(type));
		SharedValue<?> value = locked ? opened : opened.raw();
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(value::getLong)
			.withMessageStartingWith("Expected an element type that is an integer, found " + type);
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> value.setLong(1));
		assertThat(SegmentFile.of(this.names, "value").hex(8)).isEqualTo("0000000000000000");
	}

	@ParameterizedTest
	@CsvSource({ "int64, true", "uint8, false", "bool, true", "char, false" })
	void typesOtherThanFloatingPointNumbersTakeNoDouble(String type, boolean locked) {
		SharedValue<?> opened = open(ElementType.of(type));
		SharedValue<?> value = locked ? opened : opened.raw();
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> value.setDouble(1))
			.withMessageStartingWith("Expected an element type that is a floating-point number, found " + type);
		assertThat(SegmentFile.of(this.names, "value").hex(8)).isEqualTo("0000000000000000");
	}

	@Test
	void typesThatAreNoNumbersHaveNoDouble() {
		SharedValue<Boolean> value = open(ElementType.BOOL);
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(value::getDouble)
			.withMessageStartingWith("Expected an element type that is a number, found bool");
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(value.raw()::getDouble);
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> value.getAndAdd(true));
	}

	@Test
	@SuppressWarnings({ "unchecked", "rawtypes" })
	void valueOfAnotherJavaTypeIsRefused() {
		SharedValue<Long> value = open(ElementType.INT64);
		for (SharedValue each : new SharedValue[] { value, value.raw() }) {
			assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> each.set(5))
				.withMessageStartingWith("Expected a Long for int64, found Integer 5");
			assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> each.set(null));
			assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> each.getAndAdd("1"));
			assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> each.compareAndSet(0L, 1));
		}
		assertThat(value.get()).isZero();
	}

	@Test
	void updateReturnsTheNewValueAndHoldsTheLock() {
		SharedValue<Long> value = open(ElementType.INT64);
		value.set(20L);
		assertThat(value.update((current) -> {
			assertThat(value.lock().isHeldByCurrentThread()).isTrue();
			return current + value.get() + 2;
		})).isEqualTo(42);
		assertThat(value.get()).isEqualTo(42);
		assertThat(value.lock().isLocked()).isFalse();
	}

	@Test
	void updateThatThrowsLeavesTheValueAndTheLockFree() {
		SharedValue<Long> value = open(ElementType.INT64);
		value.set(20L);
		assertThatIllegalStateException().isThrownBy(() -> value.update((current) -> {
			throw new IllegalStateException("no");
		})).withMessage("no");
		assertThat(value.get()).isEqualTo(20);
		assertThat(value.lock().isLocked()).isFalse();
	}

	@Test
	void updateWithoutALockIsRefused() {
		SharedValue<Long> raw = open(ElementType.INT64).raw();
		SharedValue<Long> unlocked = this.manager.value("unlocked", ElementType.INT64).locked(false).open();
		for (SharedValue<Long> value : List.of(raw, unlocked)) {
			assertThatIllegalStateException().isThrownBy(() -> value.update((current) -> current + 1))
				.withMessage("Expected a lock for update, found none. "
						+ "Open the segment with a lock, or use compareAndSet in a loop");
			assertThat(value.get()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void getAndAddReturnsTheValueBefore(boolean locked) {
		SharedValue<Integer> opened = open(ElementType.UINT16);
		SharedValue<Integer> value = locked ? opened : opened.raw();
		assertThat(value.getAndAdd(65535)).isZero();
		assertThat(value.getAndAdd(0)).isEqualTo(65535);
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> value.getAndAdd(1))
			.withMessage(
					"The sum of 65535 and 1 does not fit uint16 (0 to 65535). Use a wider element type or a value in range");
		assertThat(value.get()).isEqualTo(65535);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void compareAndSetWritesOnlyOverTheExpectedValue(boolean locked) {
		SharedValue<Long> opened = open(ElementType.INT64);
		SharedValue<Long> value = locked ? opened : opened.raw();
		assertThat(value.compareAndSet(1L, 2L)).isFalse();
		assertThat(value.compareAndSet(0L, 2L)).isTrue();
		assertThat(value.get()).isEqualTo(2);
	}

	@Test
	void rawValueIsTheSameMemoryAndLifecycle() {
		SharedValue<Long> value = open(ElementType.INT64);
		SharedValue<Long> raw = value.raw();
		raw.set(3L);
		assertThat(value.get()).isEqualTo(3);
		assertThat(raw.lock()).isSameAs(value.lock());
		raw.close();
		assertThat(value.isClosed()).isTrue();
	}

	@Test
	void unlockedValueHasNoLock() {
		SharedValue<Long> value = this.manager.value("value", ElementType.INT64).locked(false).open();
		value.set(4L);
		assertThat(value.get()).isEqualTo(4);
		assertThatIllegalStateException().isThrownBy(value::lock)
			.withMessage("Expected segment '%s' to have a lock, found it opened without. "
					+ "Open it with 'lock: true' or the key of a lock", value.name());
	}

	@Test
	void copyHasMemoryOfItsOwn() {
		SharedValue<Long> value = open(ElementType.INT64);
		value.set(5L);
		SharedValue<Long> copy = value.copy(this.names.name("copy"));
		assertThat(copy.name()).isEqualTo(this.names.name("copy"));
		assertThat(copy.get()).isEqualTo(5);
		copy.set(6L);
		assertThat(value.get()).isEqualTo(5);
		assertThat(this.manager.segments()).containsKey(copy.name());
		assertThat(value.lock().isLocked()).isFalse();
	}

	@Test
	void copyToANameThatIsTakenIsRefused() {
		SharedValue<Long> value = open(ElementType.INT64);
		assertThatExceptionOfType(SegmentExistsException.class).isThrownBy(() -> value.copy(value.name()));
		assertThat(value.lock().isLocked()).isFalse();
		assertThat(this.manager.segments()).containsOnlyKeys("value");
	}

}
