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

import java.util.List;

import io.github.shmbeans.error.SegmentMismatchException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Segments of this library that differ from what is declared.
 */
class MismatchTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager one = manager();

	private final SharedMemoryManager other = manager();

	private SharedMemoryManager manager() {
		return SharedMemoryManager.builder().namespace(this.names.prefix()).build();
	}

	@AfterEach
	void closeManagers() {
		this.one.close();
		this.other.close();
	}

	private void assertMismatch(Runnable opening, String expected, String found) {
		byte[] before = SegmentFile.of(this.names, "segment").bytes();
		assertThatExceptionOfType(SegmentMismatchException.class).isThrownBy(opening::run)
			.withMessage(
					"Segment '%s' was expected to be %s, found %s. "
							+ "Declare what is there, set on-mismatch: replace-if-unused to replace it when nobody "
							+ "uses it any more, or stop its users and remove /dev/shm/%1$s",
					this.names.name("segment"), expected, found);
		assertThat(this.other.segments()).isEmpty();
		assertThat(SegmentFile.of(this.names, "segment").bytes()).isEqualTo(before);
	}

	@ParameterizedTest
	@CsvSource({ "int64, uint64", "int64, float64", "int32, wchar", "int8, bool", "char, uint8", "int32, int64" })
	void valueOfAnotherTypeIsRefused(String there, String declared) {
		this.one.value("segment", ElementType.of(there)).open();
		assertMismatch(() -> this.other.value("segment", ElementType.of(declared)).open(), "value of " + declared,
				"value of " + there);
	}

	@ParameterizedTest
	@EnumSource(value = OpenMode.class, names = "CREATE", mode = EnumSource.Mode.EXCLUDE)
	void arrayOfAnotherLengthIsRefused(OpenMode mode) {
		this.one.array("segment", ElementType.INT64).length(4).open();
		assertMismatch(() -> this.other.array("segment", ElementType.INT64).length(5).mode(mode).open(),
				"array of 5 int64", "array of 4 int64");
		assertMismatch(() -> this.other.array("segment", ElementType.INT64).length(3).mode(mode).open(),
				"array of 3 int64", "array of 4 int64");
		assertMismatch(() -> this.other.array("segment", ElementType.INT32).length(8).mode(mode).open(),
				"array of 8 int32", "array of 4 int64");
	}

	@Test
	void arrayOfAnyLengthIsStillOfItsType() {
		this.one.array("segment", ElementType.INT64).length(4).open();
		assertMismatch(() -> this.other.array("segment", ElementType.FLOAT64).mode(OpenMode.ATTACH).open(),
				"array of any number of float64", "array of 4 int64");
	}

	@Test
	void segmentOfAnotherKindIsRefused() {
		this.one.array("segment", ElementType.INT64).length(1).open();
		assertMismatch(() -> this.other.value("segment", ElementType.INT64).open(), "value of int64",
				"array of 1 int64");
		assertMismatch(() -> this.other.list("segment").initial(1).open(), "list of 1 items", "array of 1 int64");
		assertMismatch(() -> this.other.block("segment").size(8).open(), "block of 8 bytes", "array of 1 int64");
		assertMismatch(() -> this.other.lock("segment").open(), "lock of kind process", "array of 1 int64");
		assertMismatch(() -> ShareableList.attach(this.names.name("segment")), "list", "array of 1 int64");
	}

	@Test
	void blockOfAnotherSizeIsRefused() {
		this.one.block("segment").size(8).open();
		assertMismatch(() -> this.other.block("segment").size(9).open(), "block of 9 bytes", "block of 8 bytes");
	}

	@Test
	void listOfAnotherLengthIsRefused() {
		this.one.list("segment").initial(1, 2).open();
		assertMismatch(() -> this.other.list("segment").initial(1).open(), "list of 1 items", "list of 2 items");
		assertThat(this.other.list("segment").initial("other", "types").open()).containsExactly(1L, 2L);
	}

	@Test
	void lockIsNoOtherKindOfSegment() {
		this.one.lock("segment").open();
		assertMismatch(() -> this.other.value("segment", ElementType.INT64).open(), "value of int64",
				"lock of kind process");
		assertMismatch(() -> this.other.lock("segment").kind(LockKind.SEMAPHORE).open(), "lock of kind semaphore",
				"lock of kind process");
	}

	@Test
	void refusedOpeningLeavesNoAttachmentBehind() {
		SharedValue<Long> value = this.one.value("segment", ElementType.INT64).open();
		for (ElementType<?> type : List.of(ElementType.INT32, ElementType.FLOAT64)) {
			assertThatExceptionOfType(SegmentMismatchException.class)
				.isThrownBy(() -> this.other.value("segment", type).open());
		}
		assertThat(value.status().attachments()).hasSize(1);
		value.close();
		assertThat(this.names.existing()).isEmpty();
	}

}
