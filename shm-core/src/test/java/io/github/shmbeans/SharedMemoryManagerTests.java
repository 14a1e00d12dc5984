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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.github.shmbeans.error.AttachmentLimitException;
import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.error.SegmentMismatchException;
import io.github.shmbeans.testing.OpenFileTable;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SharedMemoryManagerTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	@Test
	void segmentIsNamedByNamespaceAndKeyUnlessItSaysOtherwise() {
		assertThat(this.manager.value("a", ElementType.INT64).open().name()).isEqualTo(this.names.name("a"));
		assertThat(this.manager.value("b", ElementType.INT64).segmentName(this.names.name("other")).open().name())
			.isEqualTo(this.names.name("other"));
		try (SharedMemoryManager plain = SharedMemoryManager.create()) {
			assertThat(plain.value(this.names.name("c"), ElementType.INT64).open().name())
				.isEqualTo(this.names.name("c"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a/b", ".hidden", "a b", "ä" })
	void keyThatMakesNoNameIsRefused(String name) {
		try (SharedMemoryManager plain = SharedMemoryManager.create()) {
			assertThatIllegalArgumentException().isThrownBy(() -> plain.value(name, ElementType.INT64).open())
				.withMessageStartingWith("Expected a segment name of 1 to 250 characters")
				.withMessageEndingWith("Choose another key, namespace or segment name");
			assertThat(plain.segments()).isEmpty();
		}
	}

	@Test
	void namesOfItsOwnMakingGoWithTheManager() {
		List<SharedSegment> made;
		SharedMemory attached;
		try (SharedMemoryManager plain = SharedMemoryManager.create()) {
			SharedMemory block = plain.sharedMemory(10);
			ShareableList list = plain.shareableList(Arrays.asList("howdy", 5, null));
			SharedValue<Long> value = plain.value(ElementType.INT64);
			SharedArray<Double> array = plain.array(ElementType.FLOAT64, 0);
			made = List.of(block, list, value, array);
			assertThat(block.size()).isEqualTo(10);
			assertThat(list).containsExactly("howdy", 5L, null);
			assertThat(value.incrementAndGet()).isOne();
			assertThat(array.length()).isZero();
			assertThat(plain.segments().values()).containsExactlyElementsOf(made);
			assertThat(made).extracting(SharedSegment::name)
				.doesNotHaveDuplicates()
				.allMatch((name) -> name.matches("shm_[0-9a-f]{8}"))
				.allMatch((name) -> Files.exists(Path.of("/dev/shm", name)));
			attached = SharedMemory.attach(block.name());
		}
		assertThat(made).extracting(SharedSegment::name).noneMatch((name) -> Files.exists(Path.of("/dev/shm", name)));
		assertThat(attached.buffer().capacity()).isEqualTo(10);
		attached.close();
	}

	@Test
	void segmentUnderANameOfItsOwnMakingIsCheckedAsAnyOther() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.manager.sharedMemory(0))
			.withMessageContaining("Expected a block size of at least 1 byte");
		assertThatIllegalArgumentException().isThrownBy(() -> this.manager.array(ElementType.INT32, -1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.manager.shareableList(List.of(new Object())));
		this.manager.close();
		assertThatIllegalStateException().isThrownBy(() -> this.manager.value(ElementType.INT32))
			.withMessageContaining("Expected the manager to be open");
	}

	@Test
	void firstSegmentMakesRoomForAllThatAreExpected() {
		int before = OpenFileTable.size();
		try (SharedMemoryManager expecting = SharedMemoryManager.builder()
			.namespace(this.names.prefix())
			.expectedSegments(before)
			.build()) {
			assertThat(OpenFileTable.size()).isEqualTo(before);
			expecting.value("first", ElementType.INT64).open();
			assertThat(OpenFileTable.size()).isGreaterThan(before);
		}
	}

	@Test
	void negativeNumberOfExpectedSegmentsIsRefused() {
		SharedMemoryManager.Builder builder = SharedMemoryManager.builder();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.expectedSegments(-1))
			.withMessage("Expected a number of segments of 0 or more, found -1. Leave it out if it is not known");
	}

	@Test
	void segmentsAreListedByKeyInTheOrderOfTheirOpening() {
		SharedValue<Long> value = this.manager.value("z", ElementType.INT64).open();
		SharedLock lock = this.manager.lock("y").open();
		ShareableList list = this.manager.list("x").initial(1).open();
		assertThat(this.manager.segments().keySet()).containsExactly("z", "y", "x");
		assertThat(this.manager.segments()).containsEntry("z", value).containsEntry("x", list);
		assertThat(this.manager.segments().get("y").kind()).isEqualTo(SegmentKind.LOCK);
		assertThat(this.manager.segments().get("y").dataSize()).isZero();
		assertThat(this.manager.segments().get("y").fileSize()).isEqualTo(12288);
		lock.lock();
		assertThat(this.manager.segments().get("y").status().lock().held()).isTrue();
		lock.unlock();
	}

	@Test
	void listOfSegmentsIsASnapshot() {
		Map<String, SharedSegment> before = this.manager.segments();
		this.manager.value("a", ElementType.INT64).open();
		assertThat(before).isEmpty();
		this.manager.segments().clear();
		assertThat(this.manager.segments()).containsOnlyKeys("a");
	}

	@Test
	void keyInUseIsRefusedAndFreeAgainAfterClose() {
		SharedValue<Long> value = this.manager.value("a", ElementType.INT64).open();
		assertThatIllegalStateException().isThrownBy(() -> this.manager.list("a").initial(1).open())
			.withMessage("Expected a key that this manager does not use yet, found 'a' in use. "
					+ "Use the segment that is open, or another key and the same segment name");
		assertThat(this.manager.segments()).containsEntry("a", value);
		value.close();
		assertThat(this.manager.segments()).isEmpty();
		assertThat(this.manager.list("a").initial(1).open()).containsExactly(1L);
	}

	@Test
	void oneSegmentMayBeOpenUnderSeveralKeys() {
		SharedValue<Long> one = this.manager.value("a", ElementType.INT64).open();
		SharedValue<Long> other = this.manager.value("b", ElementType.INT64).segmentName(one.name()).open();
		one.set(5L);
		assertThat(other.get()).isEqualTo(5);
		assertThat(one.status().attachments()).extracting(Attachment::slot).containsExactly(0, 1);
		one.close();
		assertThat(other.get()).isEqualTo(5);
		assertThat(other.status().attachments()).extracting(Attachment::slot).containsExactly(1);
		assertThat(other.status().linked()).isTrue();
	}

	@Test
	void closedManagerOpensNothing() {
		ValueBuilder<Long> builder = this.manager.value("a", ElementType.INT64);
		this.manager.close();
		assertThat(this.manager.isClosed()).isTrue();
		assertThatIllegalStateException().isThrownBy(builder::open)
			.withMessage("Expected the manager to be open, found it closed. Open segments before it closes");
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void copyFromASegmentOfAClosedManagerIsRefused() {
		SharedValue<Long> value = this.manager.value("a", ElementType.INT64).open();
		this.manager.close();
		assertThatIllegalStateException().isThrownBy(() -> value.raw().copy(this.names.name("copy")));
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void closeClosesEverythingAndIsIdempotent() {
		List<SharedSegment> segments = List.of(this.manager.value("a", ElementType.INT64).open(),
				this.manager.array("b", ElementType.INT64).length(1).open(), this.manager.list("c").initial(1).open(),
				this.manager.block("d").size(1).open());
		this.manager.lock("e").open();
		assertThat(this.manager.isClosed()).isFalse();
		this.manager.close();
		this.manager.close();
		assertThat(segments).allMatch(SharedSegment::isClosed);
		assertThat(this.manager.segments()).isEmpty();
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void failedOpeningLeavesNothing() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.manager.block("block").open())
			.withMessage("Expected a size of at least 1 byte for block 'block', found none. "
					+ "Declare how many bytes to share; only mode attach and read-only access go without");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.manager.value("value", ElementType.UINT8).initial((short) -1).open());
		SegmentFile file = SegmentFile.write(this.names, "bad",
				HexFormat.of().parseHex("0900000000000000" + "00".repeat(8)));
		assertThatExceptionOfType(InvalidSegmentException.class).isThrownBy(
				() -> this.manager.list("bad2").segmentName(this.names.name("bad")).initial(1).locked(false).open());
		file.delete();
		assertThat(this.manager.segments()).isEmpty();
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void openingThatFailedCanBeTriedAgain() {
		ArrayBuilder<Short> builder = this.manager.array("a", ElementType.UINT8).initial(List.of((short) 256));
		assertThatIllegalArgumentException().isThrownBy(builder::open);
		assertThat(builder.initial(List.of((short) 255)).open().get(0)).isEqualTo((short) 255);
	}

	@Test
	void attachmentsTellTheApplicationAndTheProcess() {
		SharedValue<Long> value = this.manager.value("a", ElementType.INT64).open();
		String name = "an application of more than forty bytés";
		try (SharedMemoryManager other = SharedMemoryManager.builder()
			.namespace(this.names.prefix())
			.application(name + name)
			.closeOnExit(false)
			.build()) {
			other.value("a", ElementType.INT64).open();
			assertThat(value.status().attachments()).hasSize(2).allSatisfy((attachment) -> {
				assertThat(attachment.pid()).isEqualTo(ProcessHandle.current().pid());
				assertThat(attachment.startTime().toEpochMilli())
					.isEqualTo(ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli());
				assertThat(attachment.waiting()).isZero();
			});
			assertThat(value.status().attachments().get(1).application()).isEqualTo(name);
		}
		assertThat(value.status().attachments()).hasSize(1);
	}

	@Test
	void statusDescribesTheSegment() {
		SegmentStatus status = this.manager.array("a", ElementType.INT16).length(3).open().status();
		assertThat(status.name()).isEqualTo(this.names.name("a"));
		assertThat(status.kind()).isEqualTo(SegmentKind.ARRAY);
		assertThat(status.type()).isEqualTo("int16");
		assertThat(status.length()).isEqualTo(3);
		assertThat(status.size()).isEqualTo(16384);
		assertThat(status.closed()).isFalse();
		assertThat(status.linked()).isTrue();
		assertThat(status.file().managed()).isTrue();
		assertThat(status.lock().held()).isFalse();
		assertThat(status.lock().owner()).isNull();
		assertThat(status.lock().consistent()).isTrue();
		SegmentStatus block = this.manager.block("b").size(5).locked(false).open().status();
		assertThat(block.type()).isNull();
		assertThat(block.length()).isEqualTo(5);
		assertThat(block.lock()).isNull();
	}

	@Test
	void slotsAreTakenAgainAndTheirNumberIsLimited() {
		List<SharedValue<Long>> open = new ArrayList<>();
		for (int i = 0; i < 128; i++) {
			open.add(this.manager.value("a" + i, ElementType.INT64).segmentName(this.names.name("a")).open());
		}
		ValueBuilder<Long> oneMore = this.manager.value("b", ElementType.INT64).segmentName(this.names.name("a"));
		assertThatExceptionOfType(AttachmentLimitException.class).isThrownBy(oneMore::open)
			.withMessage("Segment '%s' was expected to have a free slot, found 128 live attachments. Close attachments "
					+ "that are no longer needed, or share through fewer processes", this.names.name("a"));
		assertThat(open.get(5).status().attachments()).hasSize(128);
		open.get(77).close();
		SharedValue<Long> value = oneMore.open();
		assertThat(value.status().attachments()).hasSize(128);
		value.set(3L);
		assertThat(open.get(0).get()).isEqualTo(3);
	}

	@Test
	void segmentOfAnotherKindIsRefusedAndTheOneThatIsThereStays() {
		this.manager.value("a", ElementType.INT64).initial(5L).open();
		try (SharedMemoryManager other = SharedMemoryManager.builder().namespace(this.names.prefix()).build()) {
			assertThatExceptionOfType(SegmentMismatchException.class)
				.isThrownBy(() -> other.value("a", ElementType.FLOAT64).open());
			assertThat(other.segments()).isEmpty();
		}
		assertThat(this.names.existing()).hasSize(1);
	}

}
