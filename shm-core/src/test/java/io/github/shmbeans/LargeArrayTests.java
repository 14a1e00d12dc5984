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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Arrays beyond the 2 GiB that a Java buffer holds.
 */
@Tag("slow")
class LargeArrayTests {

	private static final long GIB = 1L << 30;

	private static final long BYTES = 2 * GIB + 100_000;

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	@BeforeEach
	void requireMemory() throws IOException {
		long free = Files.getFileStore(Path.of("/dev/shm")).getUsableSpace();
		Assumptions.assumeTrue(free > 4 * GIB, "needs 4 GiB free in /dev/shm, found " + free);
	}

	private SharedArray<Byte> bytes() {
		return this.manager.array("bytes", ElementType.INT8).length(BYTES).open();
	}

	@Test
	void textThatNoJavaArrayHoldsIsRefused() {
		SharedArray<Character> array = this.manager.array("text", ElementType.CHAR).length(BYTES).open();
		assertThatIllegalStateException().isThrownBy(array::getText)
			.withMessageContaining("found %,d. Read it in parts".formatted(BYTES));
	}

	@Test
	void bytesAreReachedAtBothEndsAndAroundEveryGibibyte() {
		SharedArray<Byte> array = bytes();
		assertThat(array.length()).isEqualTo(BYTES);
		assertThat(array.fileSize()).isEqualTo((BYTES + 4095) / 4096 * 4096 + 12288);
		assertBytesAreReached(array);
		array.setSlice(GIB - 1, List.of((byte) 0, (byte) 0, (byte) 0));
		assertBytesAreReached(array.raw());
	}

	private static void assertBytesAreReached(SharedArray<Byte> array) {
		long[] indexes = { 0, 1, GIB - 1, GIB, GIB + 1, 2 * GIB - 2, 2 * GIB - 1, 2 * GIB, 2 * GIB + 1, BYTES - 2,
				BYTES - 1 };
		for (int i = 0; i < indexes.length; i++) {
			array.set(indexes[i], (byte) (i + 1));
		}
		for (int i = 0; i < indexes.length; i++) {
			assertThat(array.get(indexes[i])).isEqualTo((byte) (i + 1));
			assertThat(array.getLong(indexes[i])).isEqualTo(i + 1);
			assertThat(array.compareAndSet(indexes[i], (byte) (i + 1), (byte) (i + 2))).isTrue();
			assertThat(array.getAndAdd(indexes[i], (byte) 1)).isEqualTo((byte) (i + 2));
		}
		assertThat(array.slice(GIB - 2, GIB + 3)).containsExactly((byte) 0, (byte) 5, (byte) 6, (byte) 7, (byte) 0);
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.get(BYTES));
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.get(-1));
	}

	@Test
	void longsAreReachedWithoutTheWholeBuffer() {
		long length = BYTES / 8;
		SharedArray<Long> array = this.manager.array("longs", ElementType.INT64).length(length).open();
		long[] indexes = { 0, GIB / 8 - 1, GIB / 8, 2 * GIB / 8 - 1, 2 * GIB / 8, length - 1 };
		for (long index : indexes) {
			array.setLong(index, -index - 1);
			array.raw().getAndAddLong(index, 1);
		}
		for (long index : indexes) {
			assertThat(array.getLong(index)).isEqualTo(-index);
			assertThat(array.raw().getLong(index)).isEqualTo(-index);
			assertThat(array.get(index)).isEqualTo(-index);
			assertThat(array.getDouble(index)).isEqualTo(-index);
		}
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.getLong(length));
		array.close();
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void slicesAndBulkTransfersCrossTheBoundaries() {
		SharedArray<Byte> array = bytes();
		for (long boundary : new long[] { GIB, 2 * GIB }) {
			array.setSlice(boundary - 2, List.of((byte) 1, (byte) 2, (byte) 3, (byte) 4));
			assertThat(array.slice(boundary - 3, boundary + 3)).containsExactly((byte) 0, (byte) 1, (byte) 2, (byte) 3,
					(byte) 4, (byte) 0);
			byte[] source = new byte[100_000];
			source[0] = 5;
			source[50_000] = 6;
			source[99_999] = 7;
			array.write(boundary - 50_000, source, 0, source.length);
			byte[] target = new byte[source.length];
			array.read(boundary - 50_000, target, 0, target.length);
			assertThat(target).isEqualTo(source);
			assertThat(array.get(boundary)).isEqualTo((byte) 6);
		}
		try (SharedMemoryManager other = SharedMemoryManager.builder().namespace(this.names.prefix()).build()) {
			SharedArray<Byte> same = other.array("bytes", ElementType.INT8).length(BYTES).open();
			byte[] tail = new byte[10];
			array.set(BYTES - 1, (byte) 9);
			same.read(BYTES - 10, tail, 0, 10);
			assertThat(tail[9]).isEqualTo((byte) 9);
			same.close();
			assertThatIllegalStateException().isThrownBy(() -> same.raw().get(BYTES - 1));
		}
	}

	@Test
	void oneTransferMayMoveMoreThanAGibibyte() {
		long needed = 3 * GIB;
		Assumptions.assumeTrue(Runtime.getRuntime().maxMemory() > needed,
				"needs 3 GiB of heap, found " + Runtime.getRuntime().maxMemory());
		SharedArray<Byte> array = bytes().raw();
		byte[] java = new byte[(int) GIB + 50];
		java[(int) GIB - 1] = 1;
		java[(int) GIB] = 2;
		java[java.length - 1] = 3;
		array.write(GIB / 2, java, 0, java.length);
		assertThat(array.get(GIB / 2 + GIB - 1)).isEqualTo((byte) 1);
		assertThat(array.get(GIB / 2 + GIB)).isEqualTo((byte) 2);
		assertThat(array.get(GIB / 2 + GIB + 49)).isEqualTo((byte) 3);
		java[java.length - 1] = 0;
		array.read(GIB / 2, java, 0, java.length);
		assertThat(java[java.length - 1]).isEqualTo((byte) 3);
	}

	@Test
	void bufferOfTheWholeIsRefusedButPartsAreViews() {
		SharedArray<Byte> array = bytes();
		assertThatIllegalStateException().isThrownBy(array::buffer)
			.withMessage("Expected segment '%s' to fit one buffer of 2 GiB, found %d bytes. Use buffer(offset, length)",
					array.name(), BYTES);
		array.buffer(GIB - 1, 3).put(0, (byte) 1).put(1, (byte) 2).put(2, (byte) 3);
		assertThat(array.slice(GIB - 1, GIB + 2)).containsExactly((byte) 1, (byte) 2, (byte) 3);
		ByteBuffer tail = array.buffer(BYTES - 8, 8);
		tail.putLong(0, 0x0807060504030201L);
		assertThat(array.get(BYTES - 1)).isEqualTo((byte) 8);
		assertThat(array.buffer(BYTES, 0).capacity()).isZero();
		assertThat(array.buffer(GIB - 1, (int) GIB).capacity()).isEqualTo((int) GIB);
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.buffer(BYTES - 7, 8));
	}

	@Test
	void blockOfTheWholeIsRefusedButPartsAreViews() {
		SharedMemory memory = this.manager.block("block").size(BYTES).open();
		assertThat(memory.size()).isEqualTo(BYTES);
		assertThatIllegalStateException().isThrownBy(memory::buffer);
		memory.buffer(BYTES - 8, 8).putLong(0, 5);
		assertThat(memory.buffer(BYTES - 8, 1).get(0)).isEqualTo((byte) 5);
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> memory.buffer(BYTES - 8, 9));
	}

	@Test
	void copyTakesEveryByte() throws IOException {
		Assumptions.assumeTrue(Files.getFileStore(Path.of("/dev/shm")).getUsableSpace() > 6 * GIB,
				"needs 6 GiB free in /dev/shm");
		SharedArray<Byte> array = bytes();
		long[] indexes = { 0, GIB - 1, GIB, 2 * GIB - 1, 2 * GIB, BYTES - 1 };
		for (long index : indexes) {
			array.set(index, (byte) 7);
		}
		SharedArray<Byte> copy = array.copy(this.names.name("copy"));
		assertThat(copy.length()).isEqualTo(BYTES);
		for (long index : indexes) {
			assertThat(copy.get(index)).isEqualTo((byte) 7);
		}
		assertThat(copy.get(GIB + 1)).isZero();
	}

}
