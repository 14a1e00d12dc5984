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

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import io.github.shmbeans.error.InsufficientMemoryException;
import io.github.shmbeans.error.InvalidOptionException;
import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.error.SegmentMismatchException;
import io.github.shmbeans.internal.posix.FileDescriptor;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HugeSizeTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MAX_VALUE, Long.MAX_VALUE - 4095, Long.MAX_VALUE / 8, Long.MAX_VALUE / 8 + 1 })
	void lengthWhoseBytesExceedALongIsRefusedAsTooLargeForTheFilesystem(long length) {
		assertThatExceptionOfType(InsufficientMemoryException.class)
			.isThrownBy(() -> this.manager.array("array", ElementType.INT64).length(length).open())
			.withMessageContaining("Segment '" + this.names.name("array") + "' needs more than 2^63 - 1 bytes");
		assertThatExceptionOfType(InsufficientMemoryException.class)
			.isThrownBy(() -> this.manager.block("block").size(length).open());
		assertThatExceptionOfType(InsufficientMemoryException.class)
			.isThrownBy(() -> SharedMemory.create(this.names.name("block"), length));
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void listLongerThanOneBufferIsRefusedBeforeAnythingIsReserved() {
		ListBuilder list = this.manager.list("list");
		for (int i = 0; i < 215; i++) {
			list.item("text", 9_999_992);
		}
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(list::spec)
			.withMessage("List 'list' needs 2,150,001,951 bytes, but a list has at most 2,147,483,640. "
					+ "Declare fewer items or smaller capacities, or use several lists");
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(list::open);
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void fileLongerThanOneBufferIsRefusedAsAListBeforeAnythingIsReserved() throws IOException {
		Path file = this.names.path("list");
		Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		try (RandomAccessFile list = new RandomAccessFile(file.toFile(), "rw")) {
			list.setLength(3L << 30);
		}
		assertThatExceptionOfType(SegmentMismatchException.class)
			.isThrownBy(() -> this.manager.list("list").mode(OpenMode.ATTACH).locked(false).open())
			.withMessage(
					"Segment '%s' was expected to be a list of at most 2 GiB, found a file of 3,221,225,472 bytes. "
							+ "Attach to it as a block, or use several lists",
					this.names.name("list"));
		assertThat(FileDescriptor.status(file.toString()).isSparse()).isTrue();
		Files.delete(file);
	}

	@Test
	void createKeepsTheSegmentOfTheDeadThatItDoesNotUnderstand() {
		this.manager.value("original", ElementType.INT64).open();
		SegmentFile file = SegmentFile.of(this.names, "original").copy(this.names, "value").putShort(8, 2);
		assertThatExceptionOfType(InvalidSegmentException.class)
			.isThrownBy(() -> this.manager.value("value", ElementType.INT64).mode(OpenMode.CREATE).open())
			.withMessageContaining("was expected to have layout version 1, found version 2");
		assertThat(file.exists()).isTrue();
		file.delete();
	}

}
