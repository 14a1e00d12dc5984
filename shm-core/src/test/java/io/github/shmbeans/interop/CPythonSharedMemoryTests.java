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

package io.github.shmbeans.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.ShutdownPolicy;
import io.github.shmbeans.error.SegmentNotFoundException;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What CPython's test suite asks of blocks, lists and their manager, in Java.
 */
class CPythonSharedMemoryTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	private static byte[] serialize(Object object) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
			output.writeObject(object);
		}
		return bytes.toByteArray();
	}

	private static Object[] range(int size) {
		return IntStream.range(0, size).boxed().toArray();
	}

	private static String text(SharedMemory memory) {
		byte[] bytes = new byte[5];
		memory.buffer().get(0, bytes);
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private void inOtherProcess(String... arguments) {
		Peer peer = this.peers.java(BehaviourPeer.class, arguments);
		peer.expect("done");
		assertThat(peer.waitFor()).isZero();
	}

	@Test
	void blockIsWrittenByAnotherProcessAndOutlivesIt() throws IOException {
		SharedMemory memory = SharedMemory.create(this.names.name("block"), 512);
		try (memory) {
			inOtherProcess("write", memory.name(), "howdy");
			assertThat(text(memory)).isEqualTo("howdy");
			inOtherProcess("write-object", Base64.getEncoder().encodeToString(serialize(memory)), "HELLO");
			assertThat(text(memory)).isEqualTo("HELLO");
			SharedMemory.attach(memory.name()).close();
		}
		finally {
			memory.unlink();
		}
	}

	@Test
	void managerThatUnlinksRemovesWhatOthersHaveOpen() {
		List<SharedSegment> made = new ArrayList<>();
		try (SharedMemoryManager unlinking = SharedMemoryManager.builder().namespace(this.names.prefix()).build()) {
			for (int i = 5; i < 10; i++) {
				made.add(unlinking.list("l" + i).initial(range(i)).onShutdown(ShutdownPolicy.UNLINK).open());
				made.add(unlinking.block("b" + i).size(i).onShutdown(ShutdownPolicy.UNLINK).open());
			}
			try (ShareableList list = ShareableList.attach(made.get(0).name());
					SharedMemory block = SharedMemory.attach(made.get(1).name())) {
				unlinking.close();
				assertThat(list).containsExactly(0L, 1L, 2L, 3L, 4L);
				assertThat(block.size()).isEqualTo(5);
				assertThat(this.names.existing()).isEmpty();
			}
		}
		assertThatExceptionOfType(SegmentNotFoundException.class)
			.isThrownBy(() -> ShareableList.attach(made.get(0).name()));
		assertThatExceptionOfType(SegmentNotFoundException.class)
			.isThrownBy(() -> SharedMemory.attach(made.get(1).name()));
	}

	@Test
	void segmentsAndSemaphoresOfATerminatedProcessAreGone() {
		Peer peer = this.peers.java(BehaviourPeer.class, "hold", this.names.prefix(), "true");
		peer.expect("holding");
		assertThat(this.names.existing()).hasSize(5);
		peer.process().destroy();
		peer.waitFor();
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void listMadeOfTheItemsOfAnotherHasItsFormatsAndMemoryOfItsOwn() {
		ShareableList list = this.manager.list("list")
			.initial("howdy", "HoWdY".getBytes(StandardCharsets.UTF_8), -273.154, 100, null, true, 42)
			.open();
		ShareableList copy = this.manager.list("copy").initial(list.toArray()).open();
		assertThat(copy.name()).isNotEqualTo(list.name());
		for (int i = 0; i < list.size(); i++) {
			assertThat(copy.get(i)).isEqualTo(list.get(i));
			assertThat(copy.format(i)).isEqualTo(list.format(i));
		}
		copy.set(-1, 77);
		assertThat(copy.get(-1)).isEqualTo(77L);
		assertThat(list.get(-1)).isEqualTo(42L);
	}

	@Test
	void textMayTakeAllItsRoomInUtf8AndSpillsNothing() {
		ShareableList list = this.manager.list("list").initial("howdy", "HoWdY", null).open();
		list.set(0, "encodés");
		assertThat(list).containsExactly("encodés", "HoWdY", null);
		assertThatIllegalArgumentException().isThrownBy(() -> list.set(0, "encodées"))
			.withMessageStartingWith("Expected at most 8 bytes in item 0, found str of 9 bytes");
		list.set(2, "some");
		assertThatIllegalArgumentException().isThrownBy(() -> list.set(2, "far too many"));
		assertThat(list).containsExactly("encodés", "HoWdY", "some");
	}

	@Test
	void emptyListHasNoBytesOfItemsAndFindsNothing() {
		ShareableList list = this.manager.list("list").initial().open();
		assertThat(list.dataSize()).isEqualTo(16);
		assertThat(list.count("any")).isZero();
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> list.index(null));
	}

	@Test
	void serializedListIsAsLongWhateverItHolds() throws IOException {
		ShareableList small = this.manager.list("few").initial(range(10)).open();
		ShareableList large = this.manager.list("lot").initial(range(400)).open();
		assertThat(serialize(large)).hasSameSizeAs(serialize(small));
	}

}
