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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.error.SegmentMismatchException;
import io.github.shmbeans.error.SharedMemoryException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Control blocks that lie, each in one field, seen by a process that attaches: an array
 * of four {@code int64}. Offsets are those of {@code docs/layout.md}.
 */
class DamagedSegmentTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	private SegmentFile file;

	@BeforeEach
	void copySegment() {
		this.manager.array("original", ElementType.INT64).length(4).open();
		this.file = SegmentFile.of(this.names, "original").copy(this.names, "damaged");
	}

	@AfterEach
	void deleteFile() {
		this.file.delete();
	}

	private SharedArray<Long> open(OpenMode mode, boolean locked) {
		return this.manager.array("damaged", ElementType.INT64).length(4).mode(mode).locked(locked).open();
	}

	private void assertInvalid(String problem) {
		byte[] before = this.file.bytes();
		for (boolean locked : new boolean[] { true, false }) {
			for (OpenMode mode : new OpenMode[] { OpenMode.ATTACH, OpenMode.CREATE_OR_ATTACH }) {
				assertThatExceptionOfType(InvalidSegmentException.class).isThrownBy(() -> open(mode, locked))
					.satisfies((ex) -> assertThat(ex.problem())
						.isEqualTo("Segment '%s' %s".formatted(this.names.name("damaged"), problem)))
					.satisfies((ex) -> assertThat(ex.remedy()).contains("remove the file from /dev/shm"));
			}
		}
		assertThat(this.manager.segments()).containsOnlyKeys("original");
		assertThat(this.file.bytes()).isEqualTo(before);
	}

	@Test
	void undamagedCopyIsAttached() {
		try (SharedArray<Long> array = open(OpenMode.ATTACH, true)) {
			assertThat(array.status().attachments()).hasSize(1);
			array.set(3, 5L);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2, 65535 })
	void otherMajorVersionIsRefused(int major) {
		this.file.putShort(8, major);
		assertInvalid("was expected to have layout version 1, found version " + major);
	}

	@Test
	void newerMinorVersionAndCompatibleFeaturesAreTaken() {
		this.file.putShort(10, 7).putInt(20, -1);
		open(OpenMode.ATTACH, true).close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, Integer.MIN_VALUE, -1 })
	void incompatibleFeatureIsRefused(int features) {
		this.file.putInt(16, features);
		assertInvalid(
				"has a damaged control block: unknown incompatible features was expected to be 0, found " + features);
	}

	static Stream<Arguments> ints() {
		return Stream.of(Arguments.of(12, 4096, "control block length was expected to be 12288, found 4096"),
				Arguments.of(24, 0, "kind was expected to be 1 to 5, found 0"),
				Arguments.of(24, 6, "kind was expected to be 1 to 5, found 6"),
				Arguments.of(24, -1, "kind was expected to be 1 to 5, found -1"),
				Arguments.of(120, 0, "slot count was expected to be 128, found 0"),
				Arguments.of(120, Integer.MAX_VALUE, "slot count was expected to be 128, found 2147483647"),
				Arguments.of(124, -1, "schema length was expected to be 0 to 3584, found -1"),
				Arguments.of(124, 3585, "schema length was expected to be 0 to 3584, found 3585"),
				Arguments.of(124, Integer.MAX_VALUE, "schema length was expected to be 0 to 3584, found 2147483647"));
	}

	@ParameterizedTest
	@MethodSource("ints")
	void absurdIntIsRefused(int field, int value, String problem) {
		this.file.putInt(field, value);
		assertInvalid("has a damaged control block: " + problem);
	}

	static Stream<Arguments> longs() {
		return Stream.of(Arguments.of(32, 0, "data length was expected to be 4 elements of 0 bytes, found 32"),
				Arguments.of(32, -8, "data length was expected to be 4 elements of -8 bytes, found 32"),
				Arguments.of(32, 4, "data length was expected to be 4 elements of 4 bytes, found 32"),
				Arguments.of(40, 0, "data length was expected to be 0 elements of 8 bytes, found 32"),
				Arguments.of(40, -4, "data length was expected to be -4 elements of 8 bytes, found 32"),
				Arguments.of(40, 5, "data length was expected to be 5 elements of 8 bytes, found 32"),
				Arguments.of(40, Long.MAX_VALUE,
						"data length was expected to be 9223372036854775807 elements of 8 bytes, found 32"),
				Arguments.of(40, 4 + (1L << 61),
						"data length was expected to be 2305843009213693956 elements of 8 bytes, found 32"),
				Arguments.of(48, -1, "data length was expected to be 0 to 16384, found -1"),
				Arguments.of(48, Long.MIN_VALUE,
						"data length was expected to be 0 to 16384, found -9223372036854775808"),
				Arguments.of(48, Long.MAX_VALUE,
						"data length was expected to be 0 to 16384, found 9223372036854775807"),
				Arguments.of(48, 16385, "data length was expected to be 0 to 16384, found 16385"),
				Arguments.of(48, 4097, "file size was expected to be 20480, found 16384"),
				Arguments.of(48, 0, "file size was expected to be 12288, found 16384"),
				Arguments.of(48, 33, "data length was expected to be 4 elements of 8 bytes, found 33"));
	}

	@ParameterizedTest
	@MethodSource("longs")
	void absurdLongIsRefused(int field, long value, String problem) {
		this.file.putLong(field, value);
		assertInvalid("has a damaged control block: " + problem);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 16, -1, Integer.MAX_VALUE })
	void absurdNumberOfDimensionsIsRefused(int dimensions) {
		this.file.putInt(128, dimensions);
		assertInvalid("has a damaged control block: number of dimensions was expected to be 0 or 2 to 15, found "
				+ dimensions);
	}

	@ParameterizedTest
	@CsvSource({ "2, 3, 'product of the shape was expected to be 4, found 6'",
			"0, 4, 'product of the shape was expected to be 4, found 0'",
			"-2, -2, 'shape was expected to be one of 4 elements, found [-2, -2]'",
			"4611686018427387905, 4, 'shape was expected to be one of 4 elements, found [4611686018427387905, 4]'" })
	void shapeOfAnotherLengthIsRefused(long rows, long columns, String problem) {
		this.file.putInt(128, 2).putLong(136, rows).putLong(144, columns);
		assertInvalid("has a damaged control block: " + problem);
	}

	@Test
	void valueOfNoElementsIsRefused() {
		this.file.putInt(24, 1).putLong(40, 0);
		assertInvalid("has a damaged control block: data length was expected to be 0 elements of 8 bytes, found 32");
	}

	@Test
	void wrongSchemaHashIsRefused() {
		this.file.putLong(56, 1);
		assertThatExceptionOfType(InvalidSegmentException.class).isThrownBy(() -> open(OpenMode.ATTACH, true))
			.withMessageContaining("damaged control block: schema hash was expected to be ")
			.withMessageContaining("found 1.");
	}

	@Test
	void changedSchemaTextIsRefused() {
		this.file.put(512, "uint8".getBytes(StandardCharsets.UTF_8));
		assertThatExceptionOfType(InvalidSegmentException.class).isThrownBy(() -> open(OpenMode.ATTACH, true))
			.withMessageContaining("damaged control block: schema hash was expected to be ");
		this.file.put(512, new byte[] { (byte) 0xff, (byte) 0xff });
		assertInvalid("has a damaged control block: schema was expected to be UTF-8, found malformed bytes");
	}

	@Test
	void typeCodeThatDiffersFromItsTextIsRefused() {
		this.file.putInt(28, 8);
		assertThatExceptionOfType(SegmentMismatchException.class).isThrownBy(() -> open(OpenMode.ATTACH, true));
	}

	@Test
	void segmentWithoutMagicIsAFileThatOthersMade() {
		this.file.putLong(0, 0);
		assertThatExceptionOfType(SegmentMismatchException.class).isThrownBy(() -> open(OpenMode.ATTACH, true))
			.withMessageContaining("found a file that others made");
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 31, 32, 4096, 12287, 12288, 16383 })
	void truncatedSegmentIsNoSegmentOfThisLibrary(long size) {
		this.file.truncate(size);
		assertThatExceptionOfType(SegmentMismatchException.class).isThrownBy(() -> open(OpenMode.ATTACH, true))
			.withMessageContaining("found a file that others made");
	}

	@Test
	void controlBlockBehindTooLittleDataIsRefused() {
		byte[] bytes = this.file.bytes();
		SegmentFile.write(this.names, "damaged", Arrays.copyOfRange(bytes, 4096, bytes.length));
		assertInvalid("has a damaged control block: file size was expected to be 16384, found 12288");
	}

	@Test
	void garbageInSlotsAndLockIsNoReasonToFail() {
		byte[] garbage = new byte[8192];
		new Random(1).nextBytes(garbage);
		this.file.put(4096, garbage);
		try (SharedArray<Long> array = open(OpenMode.ATTACH, false)) {
			assertThat(array.status().attachments()).hasSize(1);
			array.set(1, 5L);
			assertThat(array.get(1)).isEqualTo(5);
		}
	}

	@Test
	void garbageInTheControlBlockIsRefusedWhateverItIs() {
		byte[] original = this.file.bytes();
		Random random = new Random(42);
		int refused = 0;
		for (int i = 0; i < 400; i++) {
			byte[] bytes = original.clone();
			for (int j = 0; j < 3; j++) {
				bytes[bytes.length - 12288 + 8 + random.nextInt(120)] = (byte) random.nextInt();
			}
			SegmentFile.write(this.names, "damaged", bytes);
			try (SharedArray<Long> array = open(OpenMode.ATTACH, true)) {
				assertThat(array.slice(0, 4)).containsOnly(0L);
			}
			catch (SharedMemoryException ex) {
				refused++;
				assertThat(ex).isInstanceOfAny(InvalidSegmentException.class, SegmentMismatchException.class);
			}
		}
		assertThat(refused).isGreaterThan(100);
	}

}
