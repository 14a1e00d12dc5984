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

import java.util.stream.Stream;

import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FloatingPointTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	private <T> SharedArray<T> array(ElementType<T> type, boolean locked) {
		SharedArray<T> array = this.manager.array("array", type).length(3).open();
		return locked ? array : array.raw();
	}

	private <T> SharedValue<T> value(ElementType<T> type, boolean locked) {
		SharedValue<T> value = this.manager.value("value", type).open();
		return locked ? value : value.raw();
	}

	static Stream<Arguments> doubles() {
		return Stream.of(true, false)
			.flatMap((locked) -> Stream
				.of(0x7ff8000000000000L, 0x7ff0000000000001L, 0xfff8dead0000beefL, 0x7ff0000000000000L,
						0xfff0000000000000L, 0x8000000000000000L, 1L)
				.map((bits) -> Arguments.of(locked, bits)));
	}

	@ParameterizedTest
	@MethodSource("doubles")
	void doubleKeepsEveryBit(boolean locked, long bits) {
		double number = Double.longBitsToDouble(bits);
		SharedArray<Double> array = array(ElementType.FLOAT64, locked);
		array.set(0, number);
		array.setDouble(1, number);
		array.write(2, new double[] { number }, 0, 1);
		for (int i = 0; i < 3; i++) {
			assertThat(array.buffer().getLong(8 * i)).isEqualTo(bits);
			assertThat(Double.doubleToRawLongBits(array.get(i))).isEqualTo(bits);
			assertThat(Double.doubleToRawLongBits(array.getDouble(i))).isEqualTo(bits);
		}
		SharedValue<Double> value = value(ElementType.FLOAT64, locked);
		value.set(number);
		assertThat(Double.doubleToRawLongBits(value.get())).isEqualTo(bits);
		value.setDouble(0);
		value.setDouble(number);
		assertThat(Double.doubleToRawLongBits(value.getDouble())).isEqualTo(bits);
	}

	static Stream<Arguments> floats() {
		return Stream.of(true, false)
			.flatMap((locked) -> Stream.of(0x7fc00000, 0x7fc0beef, 0xffc0dead, 0x7f800000, 0xff800000, 0x80000000, 1)
				.map((bits) -> Arguments.of(locked, bits)));
	}

	@ParameterizedTest
	@MethodSource("floats")
	void floatKeepsEveryBit(boolean locked, int bits) {
		float number = Float.intBitsToFloat(bits);
		SharedArray<Float> array = array(ElementType.FLOAT32, locked);
		array.set(0, number);
		array.setDouble(1, number);
		array.write(2, new float[] { number }, 0, 1);
		for (int i = 0; i < 3; i++) {
			assertThat(array.buffer().getInt(4 * i)).isEqualTo(bits);
			assertThat(Float.floatToRawIntBits(array.get(i))).isEqualTo(bits);
			assertThat(Float.floatToRawIntBits((float) array.getDouble(i))).isEqualTo(bits);
		}
		SharedValue<Float> value = value(ElementType.FLOAT32, locked);
		value.set(number);
		assertThat(Float.floatToRawIntBits(value.get())).isEqualTo(bits);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void doubleIsRoundedToTheNearestFloatButNeverToInfinity(boolean locked) {
		SharedArray<Float> array = array(ElementType.FLOAT32, locked);
		array.setDouble(1, 0.1);
		assertThat(array.get(1)).isEqualTo(0.1f);
		assertThat(array.getDouble(1)).isEqualTo(0.1f);
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> array.setDouble(1, 1e39))
			.withMessageStartingWith("1.0E39 does not fit float32 (-3.4028235E38 to 3.4028235E38)");
		assertThat(array.get(1)).isEqualTo(0.1f);
		SharedValue<Float> value = value(ElementType.FLOAT32, locked);
		value.setDouble(-0.1);
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> value.setDouble(-1e39));
		assertThat(value.getDouble()).isEqualTo(-0.1f);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void compareAndSetTellsZeroFromMinusZeroAndFindsNaN(boolean locked) {
		SharedValue<Double> value = value(ElementType.FLOAT64, locked);
		value.set(-0.0);
		assertThat(value.compareAndSet(0.0, 1.0)).isFalse();
		assertThat(value.compareAndSet(-0.0, Double.NaN)).isTrue();
		assertThat(value.compareAndSet(Double.NaN, 2.0)).isTrue();
		assertThat(value.get()).isEqualTo(2.0);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void additionFollowsIeee754(boolean locked) {
		SharedArray<Double> array = array(ElementType.FLOAT64, locked);
		array.set(1, 0.1);
		assertThat(array.getAndAdd(1, 0.2)).isEqualTo(0.1);
		assertThat(array.get(1)).isEqualTo(0.1 + 0.2);
		array.set(1, Double.MAX_VALUE);
		array.getAndAdd(1, Double.POSITIVE_INFINITY);
		assertThat(array.get(1)).isEqualTo(Double.POSITIVE_INFINITY);
		array.getAndAdd(1, Double.NEGATIVE_INFINITY);
		assertThat(array.get(1)).isNaN();
		assertThat(array.slice(0, 3)).containsExactly(0.0, Double.NaN, 0.0);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void sumOfFiniteNumbersThatIsInfiniteIsRefusedAndTheElementUnchanged(boolean locked) {
		SharedArray<Double> doubles = array(ElementType.FLOAT64, locked);
		doubles.set(1, -Double.MAX_VALUE);
		assertThatExceptionOfType(ValueOutOfRangeException.class)
			.isThrownBy(() -> doubles.getAndAdd(1, -Double.MAX_VALUE))
			.withMessageContaining(" does not fit float64 (-1.7976931348623157E308 to 1.7976931348623157E308)");
		assertThat(doubles.slice(0, 3)).containsExactly(0.0, -Double.MAX_VALUE, 0.0);
		SharedValue<Float> floats = value(ElementType.FLOAT32, locked);
		floats.set(Float.MAX_VALUE);
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> floats.getAndAdd(1e32f));
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> floats.addAndGet(1e32f));
		assertThat(floats.get()).isEqualTo(Float.MAX_VALUE);
	}

}
