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
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.shmbeans.testing.SegmentNames;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BufferViewTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	private SharedArray<Integer> open() {
		return this.manager.array("array", ElementType.INT32).initial(List.of(1, 2, 3, 4)).open();
	}

	@Test
	void bufferIsAViewOfTheDataAlone() {
		SharedArray<Integer> array = open();
		ByteBuffer buffer = array.buffer();
		assertThat(buffer.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
		assertThat(buffer.capacity()).isEqualTo(16);
		assertThat(buffer.position()).isZero();
		buffer.putInt(4, 20);
		assertThat(array.get(1)).isEqualTo(20);
		array.set(2, 30);
		assertThat(buffer.getInt(8)).isEqualTo(30);
	}

	@Test
	void buffersHavePositionsOfTheirOwn() {
		SharedArray<Integer> array = open();
		array.buffer().position(8).limit(12).order(ByteOrder.BIG_ENDIAN);
		ByteBuffer buffer = array.buffer();
		assertThat(buffer.remaining()).isEqualTo(16);
		assertThat(buffer.getInt()).isEqualTo(1);
	}

	@Test
	void partOfTheElementsHasABuffer() {
		SharedArray<Integer> array = open();
		ByteBuffer part = array.buffer(1, 2);
		assertThat(part.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
		assertThat(part.capacity()).isEqualTo(8);
		assertThat(part.getInt(0)).isEqualTo(2);
		part.putInt(4, 33);
		assertThat(array.slice(0, 4)).containsExactly(1, 2, 33, 4);
		assertThat(array.buffer(4, 0).capacity()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "-1, 1", "0, 5", "4, 1", "5, 0", "0, -1", "9223372036854775807, 1", "2305843009213693952, 1" })
	void partOutsideTheArrayIsRefused(long from, int count) {
		SharedArray<Integer> array = open();
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.buffer(from, count))
			.withMessageStartingWith("Expected a range within [0, 4), found ");
	}

	@Test
	void bufferKeptAfterCloseReadsZerosAndTakesWritesToNowhere() {
		SharedArray<Integer> array = this.manager.array("kept", ElementType.INT32)
			.initial(List.of(1, 2, 3, 4))
			.onShutdown(ShutdownPolicy.CLOSE)
			.open();
		ByteBuffer whole = array.buffer();
		ByteBuffer part = array.buffer(1, 2);
		array.close();
		assertThat(whole.getInt(0)).isZero();
		assertThat(part.getInt(0)).isZero();
		whole.putInt(0, 99);
		assertThat(SegmentFile.of(this.names, "kept").hex(16)).isEqualTo("01000000020000000300000004000000");
		SegmentFile.of(this.names, "kept").delete();
	}

	@Test
	void bufferKeptAfterTheArrayIsGarbageStillReads() {
		SharedMemoryManager other = SharedMemoryManager.builder().namespace(this.names.prefix()).build();
		SharedArray<Integer> array = other.array("garbage", ElementType.INT32).length(1 << 20).open();
		ByteBuffer view = array.buffer(1 << 19, 1000).slice(400, 40);
		WeakReference<SharedArray<Integer>> reference = new WeakReference<>(array);
		other.close();
		array = null;
		other = null;
		Awaitility.await().until(() -> {
			System.gc();
			return reference.refersTo(null);
		});
		for (int i = 0; i < 40; i++) {
			assertThat(view.get(i)).isZero();
			view.put(i, (byte) 1);
		}
		assertThat(view.get(39)).isOne();
	}

	@Test
	void addressesAreFreedWhenNoBufferIsReachableAnyMore() {
		long before = mappings();
		for (int i = 0; i < 50; i++) {
			try (SharedMemoryManager other = SharedMemoryManager.builder().namespace(this.names.prefix()).build()) {
				other.array("array" + i, ElementType.INT32).length(4).open().buffer().putInt(0, i);
			}
		}
		Awaitility.await().until(() -> {
			System.gc();
			return mappings() - before < 25;
		});
	}

	private static long mappings() {
		try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
			return lines.count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
