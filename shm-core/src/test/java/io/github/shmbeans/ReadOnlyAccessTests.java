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

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.shmbeans.error.InvalidOptionException;
import io.github.shmbeans.error.SegmentNotFoundException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReadOnlyAccessTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	private SharedMemoryManager creator;

	@BeforeEach
	void createSegments() {
		this.creator = SharedMemoryManager.builder().namespace(this.names.prefix()).build();
		this.creator.value("value", ElementType.INT64).initial(5L).open();
		this.creator.array("array", ElementType.INT64).initial(List.of(5L, 5L)).open();
		this.creator.array("doubles", ElementType.FLOAT64).initial(List.of(5.0, 5.0)).open();
		this.creator.array("text", ElementType.CHAR).initialText("five").open();
		this.creator.list("list").initial(5, 5.5, "five").open();
		this.creator.block("block").size(8).open().buffer().put(0, (byte) 5);
	}

	@AfterEach
	void closeCreator() {
		this.creator.close();
	}

	@Test
	void whatIsNeverCreatedNeedsNoSize() {
		assertThat(this.manager.array("array", ElementType.INT64).access(AccessMode.READ_ONLY).open().length())
			.isEqualTo(2);
		assertThat(this.manager.list("list").access(AccessMode.READ_ONLY).open()).hasSize(3);
		assertThat(this.manager.block("block").access(AccessMode.READ_ONLY).open().size()).isEqualTo(8);
	}

	private <B extends SegmentBuilder<B>> B readOnly(SegmentBuilder<B> builder, boolean locked) {
		return builder.mode(OpenMode.ATTACH).access(AccessMode.READ_ONLY).locked(locked);
	}

	private static void assertAllRefused(SharedSegment segment, List<Runnable> writes) {
		for (Runnable write : writes) {
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(write::run)
				.withMessage("Expected segment '%s' to be open for writing, found access read-only. "
						+ "Open it with access read-write", segment.name());
		}
		assertThat(segment.status().lock()).satisfiesAnyOf((lock) -> assertThat(lock).isNull(),
				(lock) -> assertThat(lock.held()).isFalse());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void valueIsReadAndEveryWriteRefused(boolean locked) {
		SharedValue<Long> value = readOnly(this.manager.value("value", ElementType.INT64), locked).open();
		assertThat(value.get()).isEqualTo(5);
		assertThat(value.getLong()).isEqualTo(5);
		assertThat(value.getDouble()).isEqualTo(5);
		assertAllRefused(value, List.of(() -> value.set(6L), () -> value.setLong(6), () -> value.getAndAdd(1L),
				() -> value.compareAndSet(5L, 6L), () -> value.raw().set(6L), () -> value.raw().setLong(6)));
		if (locked) {
			assertAllRefused(value, List.of(() -> value.update((current) -> 6L)));
		}
		assertThat(value.get()).isEqualTo(5);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void arrayIsReadAndEveryWriteRefused(boolean locked) {
		SharedArray<Long> array = readOnly(this.manager.array("array", ElementType.INT64), locked).open();
		SharedArray<Double> doubles = readOnly(this.manager.array("doubles", ElementType.FLOAT64), locked).open();
		SharedArray<Character> text = readOnly(this.manager.array("text", ElementType.CHAR), locked).open();
		assertThat(array.slice(0, 2)).containsExactly(5L, 5L);
		assertThat(text.getText()).isEqualTo("five");
		assertAllRefused(array, List.of(() -> array.set(0, 6L), () -> array.setLong(0, 6), () -> array.setInt(0, 6),
				() -> array.getAndAdd(0, 1L), () -> array.getAndAddLong(0, 1), () -> array.compareAndSet(0, 5L, 6L),
				() -> array.write(0, new long[1], 0, 1), () -> array.write(0, new Long[] { 1L }, 0, 1),
				() -> array.getAndSet(0, 6L), () -> array.incrementAndGet(0), () -> array.addAndGet(0, 1L),
				() -> array.setSlice(0, List.of(6L)), () -> array.fill(6L), () -> array.raw().set(0, 6L)));
		assertAllRefused(doubles, List.of(() -> doubles.setDouble(0, 6)));
		assertAllRefused(text, List.of(() -> text.setText("six")));
		if (locked) {
			assertAllRefused(array, List.of(() -> array.update(0, (current) -> 6L)));
		}
		assertThat(array.slice(0, 2)).containsExactly(5L, 5L);
		assertThat(doubles.slice(0, 2)).containsExactly(5.0, 5.0);
		assertThat(text.getText()).isEqualTo("five");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void listIsReadAndEveryWriteRefused(boolean locked) {
		ShareableList list = readOnly(this.manager.list("list"), locked).open();
		assertThat(list).containsExactly(5L, 5.5, "five");
		assertAllRefused(list, List.of(() -> list.set(0, 6), () -> list.setLong(0, 6), () -> list.setDouble(1, 6),
				() -> list.set(2, null), () -> list.replaceAll((item) -> 6L)));
		assertThat(list).containsExactly(5L, 5.5, "five");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void buffersAreReadOnlyAndInNativeOrder(boolean locked) {
		SharedMemory block = readOnly(this.manager.block("block"), locked).open();
		SharedArray<Long> array = readOnly(this.manager.array("array", ElementType.INT64), locked).open();
		for (ByteBuffer buffer : List.of(block.buffer(), block.buffer(0, 8), array.buffer(), array.buffer(0, 1))) {
			assertThat(buffer.isReadOnly()).isTrue();
			assertThat(buffer.getLong(0)).isEqualTo(5);
			assertThatExceptionOfType(ReadOnlyBufferException.class).isThrownBy(() -> buffer.put(0, (byte) 6));
		}
	}

	@Test
	void readOnlySegmentCanBeLockedAndCopied() {
		SharedArray<Long> array = readOnly(this.manager.array("array", ElementType.INT64), true).open();
		array.lock().lock();
		assertThat(array.get(0)).isEqualTo(5);
		array.lock().unlock();
		SharedArray<Long> copy = array.copy(this.names.name("copy"));
		copy.set(0, 6L);
		assertThat(copy.slice(0, 2)).containsExactly(6L, 5L);
	}

	@Test
	void readOnlyOpeningNeverCreates() {
		assertThatExceptionOfType(SegmentNotFoundException.class)
			.isThrownBy(
					() -> this.manager.value("new", ElementType.INT64).initial(8L).access(AccessMode.READ_ONLY).open())
			.withMessageContaining("Start the process that creates it first");
		assertThat(this.names.existing()).doesNotContain(this.names.name("new"));
	}

	@Test
	void readOnlyOpeningWaitsForItsWriterAndLeavesTheNameToIt() throws Exception {
		CompletableFuture<SharedValue<Long>> opening = CompletableFuture
			.supplyAsync(() -> this.manager.value("late", ElementType.INT64)
				.access(AccessMode.READ_ONLY)
				.attachTimeout(Duration.ofSeconds(20))
				.open());
		try (SharedMemoryManager writer = SharedMemoryManager.builder().namespace(this.names.prefix()).build()) {
			SharedValue<Long> written = writer.value("late", ElementType.INT64)
				.initial(8L)
				.onShutdown(ShutdownPolicy.CLOSE)
				.open();
			SharedValue<Long> value = opening.get(20, TimeUnit.SECONDS);
			assertThat(value.get()).isEqualTo(8);
			assertThat(value.status().onShutdown()).isEqualTo(ShutdownPolicy.CLOSE);
			value.close();
			written.close();
			assertThat(this.names.existing()).contains(this.names.name("late"));
			written.unlink();
		}
	}

	@Test
	void readOnlyOpeningThatIsToCreateIsRefused() {
		assertThatExceptionOfType(InvalidOptionException.class)
			.isThrownBy(() -> this.manager.value("new", ElementType.INT64)
				.access(AccessMode.READ_ONLY)
				.mode(OpenMode.CREATE)
				.open())
			.withMessageContaining("found create")
			.satisfies((ex) -> assertThat(ex.option()).isEqualTo("mode"));
	}

}
