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
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import io.github.shmbeans.engine.ElementCodec;
import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What numpy and ctypes find in the memory.
 */
class ElementBytesTests {

	private static final BigInteger UINT64_MAX = new BigInteger("18446744073709551615");

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

	private static String hex(SharedArray<?> array) {
		ByteBuffer buffer = array.buffer();
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	private static Stream<Arguments> lockedAndRaw(Stream<Arguments> arguments) {
		return arguments.flatMap((each) -> Stream.of(true, false).map((locked) -> {
			List<Object> all = new ArrayList<>(List.of(locked));
			all.addAll(List.of(each.get()));
			return Arguments.of(all.toArray());
		}));
	}

	static Stream<Arguments> elements() {
		return lockedAndRaw(Stream.of(Arguments.of(ElementType.INT8, (byte) -2, "fe"),
				Arguments.of(ElementType.UINT8, (short) 254, "fe"),
				Arguments.of(ElementType.INT16, (short) 0x1234, "3412"),
				Arguments.of(ElementType.UINT16, 0xfedc, "dcfe"), Arguments.of(ElementType.INT32, -2, "feffffff"),
				Arguments.of(ElementType.UINT32, 0xfedcba98L, "98badcfe"),
				Arguments.of(ElementType.INT64, 0x0123456789abcdefL, "efcdab8967452301"),
				Arguments.of(ElementType.UINT64, UINT64_MAX.subtract(BigInteger.ONE), "feffffffffffffff"),
				Arguments.of(ElementType.FLOAT32, 1.5f, "0000c03f"),
				Arguments.of(ElementType.FLOAT64, -273.154, "5839b4c8761271c0"),
				Arguments.of(ElementType.BOOL, true, "01"), Arguments.of(ElementType.CHAR, 'ÿ', "ff"),
				Arguments.of(ElementType.WCHAR, 0x1f600, "00f60100")));
	}

	@ParameterizedTest
	@MethodSource("elements")
	<T> void arrayElementLiesBetweenItsNeighbours(boolean locked, ElementType<T> type, T element, String bytes) {
		SharedArray<T> array = array(type, locked);
		String zero = "00".repeat(type.size());
		for (int i = 0; i < 3; i++) {
			array.set(i, element);
			assertThat(array.get(i)).isEqualTo(element);
			assertThat(hex(array)).isEqualTo(bytes.repeat(i + 1) + zero.repeat(2 - i));
		}
	}

	@ParameterizedTest
	@MethodSource("elements")
	<T> void valueLiesAtOffsetZero(boolean locked, ElementType<T> type, T element, String bytes) {
		SharedValue<T> value = value(type, locked);
		value.set(element);
		assertThat(value.get()).isEqualTo(element);
		assertThat(SegmentFile.of(this.names, "value").hex(16)).isEqualTo(bytes + "00".repeat(16 - type.size()));
	}

	@ParameterizedTest
	@MethodSource("elements")
	<T> void initialElementsAreLaidOutAlike(boolean locked, ElementType<T> type, T element, String bytes) {
		try (SharedArray<T> array = this.manager.array("a", type)
			.locked(locked)
			.initial(List.of(element, element))
			.open(); SharedValue<T> value = this.manager.value("v", type).locked(locked).initial(element).open()) {
			assertThat(hex(array)).isEqualTo(bytes.repeat(2));
			assertThat(SegmentFile.of(this.names, "v").hex(type.size())).isEqualTo(bytes);
			assertThat(value.get()).isEqualTo(element);
		}
	}

	static Stream<Arguments> ranges() {
		return lockedAndRaw(Stream.of(Arguments.of(ElementType.INT8, Byte.MIN_VALUE, Byte.MAX_VALUE),
				Arguments.of(ElementType.UINT8, (short) 0, (short) 255),
				Arguments.of(ElementType.INT16, Short.MIN_VALUE, Short.MAX_VALUE),
				Arguments.of(ElementType.UINT16, 0, 65535),
				Arguments.of(ElementType.INT32, Integer.MIN_VALUE, Integer.MAX_VALUE),
				Arguments.of(ElementType.UINT32, 0L, 4294967295L),
				Arguments.of(ElementType.INT64, Long.MIN_VALUE, Long.MAX_VALUE),
				Arguments.of(ElementType.UINT64, BigInteger.ZERO, UINT64_MAX),
				Arguments.of(ElementType.FLOAT32, -Float.MAX_VALUE, Float.MAX_VALUE),
				Arguments.of(ElementType.FLOAT64, -Double.MAX_VALUE, Double.MAX_VALUE),
				Arguments.of(ElementType.BOOL, false, true), Arguments.of(ElementType.CHAR, '\0', 'ÿ'),
				Arguments.of(ElementType.WCHAR, 0, 0x10ffff)));
	}

	@ParameterizedTest
	@MethodSource("ranges")
	<T> void leastAndGreatestReadBack(boolean locked, ElementType<T> type, T least, T greatest) {
		SharedArray<T> array = array(type, locked);
		array.set(0, least);
		array.set(2, greatest);
		assertThat(array.get(0)).isEqualTo(least);
		assertThat(array.get(1)).isEqualTo(ElementCodec.of(type).read(ByteBuffer.allocate(8), 0));
		assertThat(array.get(2)).isEqualTo(greatest);
		SharedValue<T> value = value(type, locked);
		for (T each : List.of(greatest, least)) {
			value.set(each);
			assertThat(value.get()).isEqualTo(each);
		}
	}

	static Stream<Arguments> beyond() {
		return lockedAndRaw(Stream.of(Arguments.of(ElementType.UINT8, (short) 7, (short) -1),
				Arguments.of(ElementType.UINT8, (short) 7, (short) 256), Arguments.of(ElementType.UINT16, 7, -1),
				Arguments.of(ElementType.UINT16, 7, 65536), Arguments.of(ElementType.UINT32, 7L, -1L),
				Arguments.of(ElementType.UINT32, 7L, 4294967296L),
				Arguments.of(ElementType.UINT64, BigInteger.TEN, BigInteger.ONE.negate()),
				Arguments.of(ElementType.UINT64, BigInteger.TEN, UINT64_MAX.add(BigInteger.ONE)),
				Arguments.of(ElementType.CHAR, 'x', 'Ā'), Arguments.of(ElementType.WCHAR, 7, -1),
				Arguments.of(ElementType.WCHAR, 7, 0x110000)));
	}

	@ParameterizedTest
	@MethodSource("beyond")
	<T> void oneBeyondIsRefusedAndNothingWritten(boolean locked, ElementType<T> type, T before, T beyond) {
		SharedArray<T> array = array(type, locked);
		array.fill(before);
		String bytes = hex(array);
		assertThatRefused(type, () -> array.set(1, beyond));
		assertThatRefused(type, () -> array.setSlice(0, List.of(before, beyond)));
		assertThatRefused(type, () -> array.fill(beyond));
		assertThatRefused(type, () -> array.compareAndSet(1, before, beyond));
		assertThat(hex(array)).isEqualTo(bytes);
		SharedValue<T> value = value(type, locked);
		value.set(before);
		assertThatRefused(type, () -> value.set(beyond));
		assertThatRefused(type, () -> value.compareAndSet(before, beyond));
		assertThat(value.get()).isEqualTo(before);
		if (locked) {
			assertThatRefused(type, () -> array.update(1, (current) -> beyond));
			assertThatRefused(type, () -> value.update((current) -> beyond));
			assertThat(hex(array)).isEqualTo(bytes);
			assertThat(value.get()).isEqualTo(before);
			assertThat(value.lock().isLocked()).isFalse();
		}
	}

	static Stream<Arguments> integers() {
		return lockedAndRaw(
				Stream.of(Arguments.of(ElementType.INT8, -129L, 128L), Arguments.of(ElementType.UINT8, -1L, 256L),
						Arguments.of(ElementType.INT16, -32769L, 32768L), Arguments.of(ElementType.UINT16, -1L, 65536L),
						Arguments.of(ElementType.INT32, -2147483649L, 2147483648L),
						Arguments.of(ElementType.UINT32, -1L, 4294967296L),
						Arguments.of(ElementType.UINT64, -1L, Long.MIN_VALUE)));
	}

	@ParameterizedTest
	@MethodSource("integers")
	void longOneBeyondIsRefusedAndNothingWritten(boolean locked, ElementType<?> type, long below, long above) {
		SharedArray<?> array = array(type, locked);
		SharedValue<?> value = value(type, locked);
		for (long beyond : new long[] { below, above }) {
			assertThatRefused(type, () -> array.setLong(1, beyond));
			assertThatRefused(type, () -> value.setLong(beyond));
		}
		assertThat(hex(array)).isEqualTo("00".repeat(3 * type.size()));
		assertThat(value.getLong()).isZero();
	}

	private static void assertThatRefused(ElementType<?> type, Runnable access) {
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(access::run)
			.withMessageContaining(" does not fit " + type + " (");
	}

}
