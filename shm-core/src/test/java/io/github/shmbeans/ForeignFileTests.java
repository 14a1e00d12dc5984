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
import java.util.HexFormat;

import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.error.SegmentMismatchException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Segments that CPython, numpy or any other program has made: plain files without a
 * control block.
 */
class ForeignFileTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	@AfterEach
	void deleteFile() {
		SegmentFile.of(this.names, "foreign").delete();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 191, 4096, 12288, 16384, 20000 })
	void plainFileIsABlockOfItsSize(int size) {
		byte[] bytes = new byte[size];
		bytes[size - 1] = 7;
		SegmentFile file = SegmentFile.write(this.names, "foreign", bytes);
		try (SharedMemory memory = SharedMemory.attach(this.names.name("foreign"))) {
			assertThat(memory.size()).isEqualTo(size).isEqualTo(memory.fileSize());
			assertThat(memory.buffer(size - 1, 1).get(0)).isEqualTo((byte) 7);
			memory.buffer().put(size - 1, (byte) 8);
			assertThat(memory.status().file().managed()).isFalse();
			assertThat(memory.status().attachments()).isEmpty();
			assertThat(memory.status().linked()).isTrue();
			assertThat(memory.status().onShutdown()).isEqualTo(ShutdownPolicy.CLOSE);
		}
		bytes[size - 1] = 8;
		assertThat(file.bytes()).isEqualTo(bytes);
	}

	@Test
	void plainFileIsAnArrayOfAsManyElementsAsFit() {
		SegmentFile.write(this.names, "foreign", HexFormat.of().parseHex("01000000" + "feffffff" + "030000"));
		SharedArray<Integer> array = this.manager.array("foreign", ElementType.INT32)
			.mode(OpenMode.ATTACH)
			.locked(false)
			.open();
		assertThat(array.length()).isEqualTo(2);
		assertThat(array.stream()).containsExactly(1, -2);
		array.set(1, 9);
		assertThat(SegmentFile.of(this.names, "foreign").hex(11)).isEqualTo("01000000" + "09000000" + "030000");
	}

	@Test
	void plainFileMayBeLongerThanWhatIsDeclared() {
		SegmentFile.write(this.names, "foreign", HexFormat.of().parseHex("0100020003000400"));
		assertThat(this.manager.array("foreign", ElementType.INT16).length(3).locked(false).open().stream())
			.containsExactly((short) 1, (short) 2, (short) 3);
		assertThat(this.manager.value("v", ElementType.INT64)
			.segmentName(this.names.name("foreign"))
			.locked(false)
			.open()
			.get()).isEqualTo(0x0004000300020001L);
		assertThat(this.manager.block("b").segmentName(this.names.name("foreign")).size(5).locked(false).open().size())
			.isEqualTo(5);
	}

	@Test
	void plainFileThatIsTooShortIsRefused() {
		SegmentFile.write(this.names, "foreign", new byte[7]);
		assertThatExceptionOfType(SegmentMismatchException.class)
			.isThrownBy(() -> this.manager.value("foreign", ElementType.INT64).locked(false).open())
			.withMessage("Segment '%s' was expected to be value of int64, at least 8 bytes, found a file of 7 bytes. "
					+ "Declare the length that its creator uses", this.names.name("foreign"));
		assertThatExceptionOfType(SegmentMismatchException.class)
			.isThrownBy(() -> this.manager.array("foreign", ElementType.INT16).length(4).locked(false).open())
			.withMessageContaining("was expected to be array of 4 int16, at least 8 bytes, found a file of 7 bytes");
		assertThatExceptionOfType(SegmentMismatchException.class).isThrownBy(
				() -> this.manager.array("foreign", ElementType.INT64).mode(OpenMode.ATTACH).locked(false).open());
		assertThat(this.manager.segments()).isEmpty();
	}

	@Test
	void listOfCPythonIsReadAndWritten() {
		SegmentFile file = SegmentFile.write(this.names, "foreign",
				HexFormat.of()
					.parseHex("0200000000000000" + "0000000000000000" + "0800000000000000" + "1000000000000000"
							+ "686f776479000000" + "6400000000000000" + "3873000000000000" + "7100000000000000"
							+ "0100"));
		try (ShareableList list = ShareableList.attach(this.names.name("foreign"))) {
			assertThat(list).containsExactly("howdy", 100L);
			list.set(1, -1);
		}
		assertThat(new String(file.bytes(), StandardCharsets.ISO_8859_1)).contains("howdy\0\0\0ÿÿÿÿÿÿÿÿ8s");
		assertThatExceptionOfType(SegmentMismatchException.class)
			.isThrownBy(() -> this.manager.list("foreign").initial(1, 2, 3).locked(false).open())
			.withMessageContaining("was expected to be a list of 3 items, found 2");
	}

	@Test
	void plainFileThatIsNoListIsRefused() {
		SegmentFile.write(this.names, "foreign", new byte[] { 9, 9, 9 });
		assertThatExceptionOfType(InvalidSegmentException.class)
			.isThrownBy(() -> ShareableList.attach(this.names.name("foreign")))
			.withMessageStartingWith("Segment '%s': expected a list of at least 16 bytes, found 3",
					this.names.name("foreign"));
	}

	@Test
	void lockThatAPlainFileCannotHaveIsRefusedWithTheRemedy() {
		SegmentFile.write(this.names, "foreign", new byte[64]);
		for (SegmentBuilder<?> builder : new SegmentBuilder<?>[] { this.manager.value("foreign", ElementType.INT64),
				this.manager.array("foreign", ElementType.INT64).length(8), this.manager.block("foreign").size(64),
				this.manager.list("foreign").initial(), this.manager.lock("foreign") }) {
			assertThatExceptionOfType(SegmentMismatchException.class).isThrownBy(() -> open(builder))
				.withMessage(
						"Segment '%s' was expected to be a segment with a control block, which its lock needs, "
								+ "found a file that others made. Set 'lock: false', or name an entry of shm.locks",
						this.names.name("foreign"))
				.satisfies((ex) -> assertThat(ex.remedy()).contains("'lock: false'"));
		}
	}

	private static void open(SegmentBuilder<?> builder) {
		if (builder instanceof ValueBuilder<?> value) {
			value.open();
		}
		else if (builder instanceof ArrayBuilder<?> array) {
			array.open();
		}
		else if (builder instanceof BlockBuilder block) {
			block.open();
		}
		else if (builder instanceof ListBuilder list) {
			list.open();
		}
		else {
			((LockBuilder) builder).open();
		}
	}

	@Test
	void plainFileIsGuardedByALockOfItsOwnSegment() {
		SegmentFile.write(this.names, "foreign", new byte[8]);
		SharedLock lock = this.manager.lock("lock").open();
		SharedValue<Long> value = this.manager.value("foreign", ElementType.INT64).lock(lock).open();
		assertThat(value.update((current) -> lock.isHeldByCurrentThread() ? current + 5 : -1)).isEqualTo(5);
		assertThat(value.lock()).isSameAs(lock);
	}

	@Test
	void plainFileHasNoLockWithoutOne() {
		SegmentFile.write(this.names, "foreign", new byte[8]);
		try (SharedMemory memory = SharedMemory.attach(this.names.name("foreign"))) {
			assertThatIllegalStateException().isThrownBy(memory::lock);
		}
	}

	@ParameterizedTest
	@EnumSource(ShutdownPolicy.class)
	void plainFileIsRemovedOnlyWhereUnlinkIsAskedFor(ShutdownPolicy policy) {
		SegmentFile file = SegmentFile.write(this.names, "foreign", new byte[8]);
		this.manager.value("foreign", ElementType.INT64).locked(false).onShutdown(policy).open().close();
		assertThat(file.exists()).isEqualTo(policy != ShutdownPolicy.UNLINK);
	}

}
