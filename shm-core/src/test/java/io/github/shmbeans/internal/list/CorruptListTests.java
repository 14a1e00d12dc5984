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

package io.github.shmbeans.internal.list;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.github.shmbeans.error.InvalidSegmentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CorruptListTests {

	private static final int COUNT = 0;

	private static final int OFFSETS = 8;

	private static final int ROUNDS = 5_000;

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void corruptHeaderIsRefused(String what, int position, long value, String message) {
		byte[] bytes = TestLists.sampleBytes();
		littleEndian(bytes).putLong(position, value);
		assertThatExceptionOfType(InvalidSegmentException.class).isThrownBy(() -> TestLists.open(bytes))
			.withMessageContaining(message);
	}

	static Stream<Arguments> corruptHeaderIsRefused() {
		return Stream.of(
				Arguments.of("negative count", COUNT, -1L, "Expected a list of 0 to 10 items in 191 bytes, found -1"),
				Arguments.of("smallest count", COUNT, Long.MIN_VALUE, "found -9223372036854775808"),
				Arguments.of("count whose size overflows", COUNT, Long.MAX_VALUE / 8, "found 1152921504606846975"),
				Arguments.of("count whose int is in range", COUNT, 0x1_0000_0007L, "found 4294967303"),
				Arguments.of("count beyond the bytes", COUNT, 11L, "Expected a list of 0 to 10 items"),
				Arguments.of("count with codes beyond the bytes", COUNT, 8L, "as offset 5 of a list of 8 items"),
				Arguments.of("first offset not 0", OFFSETS, 8L,
						"Expected a multiple of 8 from 0 to 0 as offset 0 of a list of 7 items in 191 bytes, found 8"),
				Arguments.of("negative first offset", OFFSETS, -8L, "from 0 to 0 as offset 0"),
				Arguments.of("offset that is lower than the one before", OFFSETS + 16, 0L,
						"Expected a multiple of 8 from 8 to 56 as offset 2"),
				Arguments.of("negative offset", OFFSETS + 16, -16L, "found -16"),
				Arguments.of("offset that is higher than the one after", OFFSETS + 16, 32L,
						"Expected a multiple of 8 from 32 to 56 as offset 3"),
				Arguments.of("offset between multiples of 8", OFFSETS + 16, 17L, "found 17"),
				Arguments.of("offset beyond the data", OFFSETS + 16, 64L, "from 8 to 56 as offset 2"),
				Arguments.of("offset whose int is in range", OFFSETS + 16, 0x1_0000_0010L, "found 4294967312"),
				Arguments.of("end of data beyond the bytes", OFFSETS + 56, 64L,
						"Expected a multiple of 8 from 48 to 56 as offset 7"),
				Arguments.of("largest end of data", OFFSETS + 56, Long.MAX_VALUE, "found 9223372036854775807"));
	}

	@Test
	void bytesTooFewForTheHeaderAreRefused() {
		for (int size = 0; size < 16; size++) {
			byte[] bytes = new byte[size];
			assertThatExceptionOfType(InvalidSegmentException.class).isThrownBy(() -> TestLists.open(bytes))
				.withMessageContaining("Expected a list of at least 16 bytes, found " + size);
		}
	}

	@Test
	void everyTruncationIsRefused() {
		for (int size = 0; size < 191; size++) {
			byte[] bytes = Arrays.copyOf(TestLists.sampleBytes(), size);
			assertThatExceptionOfType(InvalidSegmentException.class).isThrownBy(() -> TestLists.open(bytes));
		}
	}

	@Test
	void slotWiderThanAnyFormatIsRefused() {
		ByteBuffer bytes = littleEndian(new byte[10_000_100]);
		bytes.putLong(COUNT, 1).putLong(OFFSETS + 8, 10_000_000);
		assertThatExceptionOfType(InvalidSegmentException.class).isThrownBy(() -> ListCodec.open(bytes))
			.withMessageContaining("from 0 to 9999992 as offset 1")
			.withMessageContaining("found 10000000");
		bytes.putLong(OFFSETS + 8, 9_999_992);
		assertThat(ListCodec.open(bytes).capacity(0)).isEqualTo(9_999_992);
	}

	@ParameterizedTest
	@CsvSource({ "q, 1", "q, 2", "q, 4", "q, -1", "d, 1", "xxxxxxx?, 2", "xxxxxx?x, 0", "xxxxxx?x, 1", "8s, 0", "8s, 4",
			"9s, 1", "9s, 3", "16s, 2", "9999999s, 1", "99999999, 1", "s, 1", "s8, 1", "8, 1", "-8s, 1", "8sx, 1",
			"8ss, 1", "i, 0", "Q, 0", "qq, 0", "x, 3", "'', 0", "'', 3", "' q', 0", "8S, 1", "8\u00E9, 1" })
	void slotWhoseFormatAndCodeMakeNoSenseIsRefusedAndCanBeWrittenAgain(String format, byte code) {
		byte[] bytes = TestLists.sampleBytes();
		ListView view = TestLists.open(bytes);
		byte[] text = Arrays.copyOf(format.getBytes(StandardCharsets.ISO_8859_1), 8);
		System.arraycopy(text, 0, bytes, TestLists.SAMPLE_FORMATS + 24, 8);
		bytes[TestLists.SAMPLE_CODES + 3] = code;
		assertThatExceptionOfType(InvalidSegmentException.class).isThrownBy(() -> view.get(3))
			.withMessageContaining("Expected item 3, in a slot of 8 bytes, to have format q")
			.withMessageContaining("with code " + code)
			.withMessageContaining("Write the item again");
		assertThatExceptionOfType(InvalidSegmentException.class).isThrownBy(() -> view.getLong(3));
		view.setLong(3, 5);
		assertThat(view.getLong(3)).isEqualTo(5);
		assertThat(view.format(3)).isEqualTo("q");
	}

	@ParameterizedTest
	@ValueSource(strings = { "71", "64", "787878787878783f" })
	void numberInASlotWithoutRoomForItIsRefused(String format) {
		byte[] bytes = TestLists.hex("0100000000000000 0000000000000000 0000000000000000 0000000000000000 00");
		byte[] number = TestLists.hex(format);
		System.arraycopy(number, 0, bytes, 24, number.length);
		ListView view = TestLists.open(bytes);
		assertThatExceptionOfType(InvalidSegmentException.class).isThrownBy(() -> view.get(0))
			.withMessageContaining("Expected item 0, in a slot of 0 bytes");
		assertThatExceptionOfType(InvalidSegmentException.class).isThrownBy(() -> view.getLong(0));
		assertThatExceptionOfType(InvalidSegmentException.class).isThrownBy(() -> view.getDouble(0));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 0x7A7A, 0xFFFF_FFFF_FFFF_FFFFL, 0x7100, 0x7339, 0x3939_3939_3939_3939L })
	void formatThatIsUnknownIsRefused(long format) {
		byte[] bytes = TestLists.sampleBytes();
		littleEndian(bytes).putLong(TestLists.SAMPLE_FORMATS, format);
		ListView view = TestLists.open(bytes);
		assertThatExceptionOfType(InvalidSegmentException.class).isThrownBy(() -> view.format(0))
			.withMessageContaining("Expected item 0");
	}

	@Test
	void unprintableFormatIsShownEscaped() {
		byte[] bytes = TestLists.sampleBytes();
		littleEndian(bytes).putLong(TestLists.SAMPLE_FORMATS, 0x1B00_71FFL);
		ListView view = TestLists.open(bytes);
		assertThatExceptionOfType(InvalidSegmentException.class).isThrownBy(() -> view.get(0))
			.withMessageContaining("found format '\\xffq\\x00\\x1b' with code 1");
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void damagedListIsRefusedOrReadButNeverLeft(long seed) {
		RandomGenerator random = new Random(seed);
		byte[] list = TestLists.encode(ListItem.of("howdy"), ListItem.of("wider".getBytes(), 40), ListItem.of(1.5),
				ListItem.of(7, 24), ListItem.of(null), ListItem.of(true), ListItem.of("é".repeat(20)));
		for (int i = 0; i < ROUNDS; i++) {
			byte[] bytes = Arrays.copyOf(list, list.length + random.nextInt(0, 20));
			damage(bytes, random);
			use(bytes, random, "seed %d, round %d".formatted(seed, i));
		}
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void randomBytesAreRefusedOrReadButNeverLeft(long seed) {
		RandomGenerator random = new Random(seed);
		for (int i = 0; i < ROUNDS; i++) {
			byte[] bytes = new byte[random.nextInt(400)];
			random.nextBytes(bytes);
			if (bytes.length >= 8) {
				littleEndian(bytes).putLong(COUNT, random.nextInt(4));
			}
			for (int j = 8; j + 8 <= bytes.length && random.nextInt(10) > 0; j += 8) {
				littleEndian(bytes).putLong(j, 8L * random.nextInt(j / 8));
			}
			use(bytes, random, "seed %d, round %d".formatted(seed, i));
		}
	}

	static Stream<Long> seeds() {
		return Stream.of(1L, 20261101L, System.nanoTime());
	}

	private static void damage(byte[] bytes, RandomGenerator random) {
		int last = bytes.length - 1;
		for (int i = random.nextInt(1, 6); i > 0; i--) {
			int position = random.nextInt(bytes.length);
			switch (random.nextInt(4)) {
				case 0 -> set(bytes, position, random.nextInt());
				case 1 -> set(bytes, position, bytes[position] ^ (1 << random.nextInt(8)));
				case 2 -> set(bytes, position, bytes[random.nextInt(bytes.length)]);
				default -> Arrays.fill(bytes, position, Math.min(last, position + 8), (byte) random.nextInt(-1, 9));
			}
		}
	}

	private static void set(byte[] bytes, int position, int value) {
		bytes[position] = (byte) value;
	}

	private static void use(byte[] bytes, RandomGenerator random, String round) {
		ListView view;
		try {
			view = TestLists.open(bytes);
		}
		catch (InvalidSegmentException ex) {
			return;
		}
		for (int i = 0; i < view.size(); i++) {
			int index = i;
			attempt(round, () -> view.get(index));
			attempt(round, () -> view.format(index));
			attempt(round, () -> view.getLong(index));
			attempt(round, () -> view.getDouble(index));
		}
		if (view.size() > 0) {
			write(bytes, view, random, round);
		}
	}

	private static void write(byte[] bytes, ListView view, RandomGenerator random, String round) {
		int index = random.nextInt(view.size());
		byte[] before = bytes.clone();
		Object value = value(random);
		if (attempt(round, () -> view.set(index, value))) {
			assertThat(view.get(index)).as(round).isEqualTo(value);
		}
		else {
			assertThat(bytes).as(round).isEqualTo(before);
		}
		long start = 8L * (view.size() + 2);
		ByteBuffer header = littleEndian(before);
		long slot = start + header.getLong(OFFSETS + 8 * index);
		long end = start + header.getLong(OFFSETS + 8 * index + 8);
		long formats = start + header.getLong(OFFSETS + 8 * view.size());
		long format = formats + 8L * index;
		long code = formats + 8L * view.size() + index;
		for (int i = 0; i < bytes.length; i++) {
			boolean item = (i >= slot && i < end) || (i >= format && i < format + 8) || i == code;
			if (!item && bytes[i] != before[i]) {
				throw new AssertionError("%s: byte %d, outside item %d, was written".formatted(round, i, index));
			}
		}
	}

	private static Object value(RandomGenerator random) {
		return switch (random.nextInt(6)) {
			case 0 -> random.nextLong();
			case 1 -> random.nextDouble();
			case 2 -> random.nextBoolean();
			case 3 -> null;
			case 4 -> "x".repeat(random.nextInt(50));
			default -> "x".repeat(random.nextInt(50)).getBytes();
		};
	}

	private static boolean attempt(String round, Runnable access) {
		try {
			access.run();
			return true;
		}
		catch (InvalidSegmentException | IllegalArgumentException ex) {
			return false;
		}
		catch (Throwable ex) {
			throw new AssertionError("%s: expected a refusal, found %s".formatted(round, ex), ex);
		}
	}

	private static ByteBuffer littleEndian(byte[] bytes) {
		return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
	}

}
