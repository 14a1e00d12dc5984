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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;

import io.github.shmbeans.error.InsufficientMemoryException;
import io.github.shmbeans.error.SegmentExistsException;
import io.github.shmbeans.error.SegmentMismatchException;
import io.github.shmbeans.error.SegmentNotFoundException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The block of bytes as CPython's {@code SharedMemory} has it, without a manager.
 */
class SharedMemoryTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@Test
	void newBlockIsZeroAndOfTheSizeAskedFor() {
		try (SharedMemory memory = SharedMemory.create(this.names.name("block"), 5000)) {
			assertThat(memory.name()).isEqualTo(this.names.name("block"));
			assertThat(memory.size()).isEqualTo(5000).isEqualTo(memory.dataSize());
			assertThat(memory.fileSize()).isEqualTo(8192 + 12288);
			assertThat(memory.kind()).isEqualTo(SegmentKind.BLOCK);
			assertThat(memory).hasToString("SharedMemory[name=" + memory.name() + ", size=5000]");
			ByteBuffer buffer = memory.buffer();
			assertThat(buffer.capacity()).isEqualTo(5000);
			assertThat(buffer.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
			while (buffer.hasRemaining()) {
				assertThat(buffer.get()).isZero();
			}
			memory.unlink();
		}
	}

	@Test
	void blocksOfOneNameAreTheSameMemory() {
		try (SharedMemory memory = SharedMemory.create(this.names.name("block"), 16);
				SharedMemory same = SharedMemory.attach(memory.name())) {
			memory.buffer().putLong(8, 42);
			assertThat(same.buffer().getLong(8)).isEqualTo(42);
			assertThat(same.size()).isEqualTo(16);
			memory.unlink();
		}
	}

	@Test
	void nameOfItsOwnMakingIsShortAndNew() {
		try (SharedMemory one = SharedMemory.create(1); SharedMemory other = SharedMemory.create(1)) {
			assertThat(one.name()).matches("shm_[0-9a-f]{8}");
			assertThat(other.name()).matches("shm_[0-9a-f]{8}").isNotEqualTo(one.name());
			one.unlink();
			other.unlink();
		}
	}

	@Test
	void fileIsForThisUserAlone() throws IOException {
		try (SharedMemory memory = SharedMemory.create(this.names.name("block"), 1)) {
			assertThat(Files.getPosixFilePermissions(this.names.path("block")))
				.isEqualTo(PosixFilePermissions.fromString("rw-------"));
			memory.unlink();
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, Long.MIN_VALUE })
	void sizeBelowOneIsRefused(long size) {
		assertThatIllegalArgumentException().isThrownBy(() -> SharedMemory.create(this.names.name("block"), size))
			.withMessage("Expected a block size of at least 1 byte, found %d. Declare how many bytes to share", size);
		assertThatIllegalArgumentException().isThrownBy(() -> SharedMemory.create(size));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1L << 50, 1L << 62, Long.MAX_VALUE - 20_000 })
	void sizeBeyondTheFilesystemIsRefusedWithNothingLeftBehind(long size) {
		assertThatExceptionOfType(InsufficientMemoryException.class)
			.isThrownBy(() -> SharedMemory.create(this.names.name("block"), size))
			.withMessageContaining("Segment '" + this.names.name("block") + "' needs ")
			.satisfies((ex) -> assertThat(ex.needed()).isGreaterThan(size))
			.satisfies((ex) -> assertThat(ex.free()).isPositive().isLessThan(size));
		assertThat(this.names.existing()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "..", ".hidden", "a/b", "/a", "a\0b", "a b", "é" })
	void nameThatIsNoFileNameIsRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> SharedMemory.create(name, 1))
			.withMessageStartingWith("Expected a segment name of 1 to 250 characters");
		assertThatIllegalArgumentException().isThrownBy(() -> SharedMemory.attach(name))
			.withMessageContaining("found '%s' (%d characters)", name, name.length());
	}

	@Test
	void longestNameIsTakenAndOneMoreCharacterRefused() {
		String name = this.names.name("n".repeat(250 - this.names.prefix().length()));
		try (SharedMemory memory = SharedMemory.create(name, 1)) {
			assertThat(memory.name()).hasSize(250);
			memory.unlink();
		}
		assertThatIllegalArgumentException().isThrownBy(() -> SharedMemory.create(name + "n", 1));
	}

	@Test
	void nameThatIsTakenIsRefused() {
		try (SharedMemory memory = SharedMemory.create(this.names.name("block"), 16)) {
			assertThatExceptionOfType(SegmentExistsException.class)
				.isThrownBy(() -> SharedMemory.create(memory.name(), 16))
				.withMessage("Segment '%s' was expected not to exist, found a regular file of 16384 bytes "
						+ "in use or to be kept. Use mode create-or-attach or attach, choose another name, "
						+ "or remove /dev/shm/%s if nobody needs it", memory.name(), memory.name());
			memory.unlink();
		}
	}

	@Test
	void missingBlockIsReported() {
		assertThatExceptionOfType(SegmentNotFoundException.class)
			.isThrownBy(() -> SharedMemory.attach(this.names.name("none")))
			.withMessage(
					"Segment '%s' was expected in /dev/shm, found nothing after 0 ms. Start the process that "
							+ "creates it first, raise attach-timeout, or use mode create-or-attach",
					this.names.name("none"));
	}

	@Test
	void segmentOfAnotherKindIsRefused() {
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			manager.value("v", ElementType.INT64).segmentName(this.names.name("value")).open();
			assertThatExceptionOfType(SegmentMismatchException.class)
				.isThrownBy(() -> SharedMemory.attach(this.names.name("value")))
				.withMessageContaining("was expected to be block of any size, found value of int64");
		}
	}

	@Test
	void nameOutlivesCloseAndGoesWithUnlink() {
		SharedMemory memory = SharedMemory.create(this.names.name("block"), 16);
		memory.buffer().put(0, (byte) 7);
		memory.close();
		memory.close();
		assertThat(this.names.existing()).containsExactly(this.names.name("block"));
		try (SharedMemory again = SharedMemory.attach(this.names.name("block"))) {
			assertThat(again.buffer().get(0)).isEqualTo((byte) 7);
		}
		memory.unlink();
		assertThat(this.names.existing()).isEmpty();
		memory.unlink();
	}

	@Test
	void mappingLivesOnAfterUnlink() {
		try (SharedMemory memory = SharedMemory.create(this.names.name("block"), 16);
				SharedMemory same = SharedMemory.attach(memory.name())) {
			memory.unlink();
			assertThat(this.names.existing()).isEmpty();
			memory.buffer().put(0, (byte) 7);
			assertThat(same.buffer().get(0)).isEqualTo((byte) 7);
			assertThat(memory.status().linked()).isFalse();
			assertThatExceptionOfType(SegmentNotFoundException.class)
				.isThrownBy(() -> SharedMemory.attach(memory.name()));
		}
	}

	@Test
	void unlinkDoesNotRemoveANewerBlockOfTheSameName() {
		try (SharedMemory old = SharedMemory.create(this.names.name("block"), 16)) {
			old.unlink();
			try (SharedMemory newer = SharedMemory.create(this.names.name("block"), 16)) {
				old.unlink();
				assertThat(this.names.existing()).containsExactly(newer.name());
				assertThat(old.status().linked()).isFalse();
				assertThat(newer.status().linked()).isTrue();
				newer.unlink();
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "-1, 1", "0, -1", "17, 0", "16, 1", "0, 17", "9223372036854775807, 1", "4294967296, 1" })
	void partOutsideTheBlockIsRefused(long offset, int length) {
		try (SharedMemory memory = SharedMemory.create(this.names.name("block"), 16)) {
			memory.unlink();
			assertThat(memory.buffer(16, 0).capacity()).isZero();
			assertThat(memory.buffer(15, 1).capacity()).isOne();
			assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> memory.buffer(offset, length))
				.withMessage("Expected a part of the 16 bytes of '%s', found %d bytes at %d", memory.name(), length,
						offset);
		}
	}

	@Test
	void creatorAndAttachersShareTheLock() {
		try (SharedMemory memory = SharedMemory.create(this.names.name("block"), 16);
				SharedMemory same = SharedMemory.attach(memory.name())) {
			memory.lock().lock();
			assertThat(memory.lock().isHeldByCurrentThread()).isTrue();
			assertThat(same.lock().tryLock()).isFalse();
			memory.lock().unlock();
			assertThat(same.lock().tryLock()).isTrue();
			same.lock().unlock();
			memory.unlink();
		}
	}

}
