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

package io.github.shmbeans.memory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A {@code /dev/shm} of 1 MiB that only the process under test sees.
 */
@Tag("slow")
class FullMemoryTests {

	private static final int SIZE = 1 << 20;

	private static final int CONTROL_BLOCK = 12288;

	private static final int SMALLEST = 4096 + CONTROL_BLOCK;

	private static final String MOUNT = "mount -t tmpfs -o size=1m tmpfs /dev/shm";

	@RegisterExtension
	final Peers peers = new Peers();

	private Peer peer;

	@BeforeEach
	void start() throws IOException, InterruptedException {
		Assumptions.assumeTrue(new ProcessBuilder(namespace("true")).start().waitFor() == 0,
				"Skipped: this user may not mount a /dev/shm of its own (unshare --mount)");
		List<String> command = new ArrayList<>(namespace("exec \"$@\""));
		command.addAll(Peers.javaCommand(MemoryPeer.class));
		this.peer = this.peers.start(command);
		this.peer.expect("ready");
	}

	@Test
	void segmentForWhichNoInodeIsFreeIsRefusedWithTheRemedy() {
		assertThat(this.peer.ask("remount nr_inodes=2")).isEqualTo("remounted");
		assertThat(this.peer.ask("value v")).isEqualTo("opened " + SMALLEST);
		assertThat(this.peer.ask("value w")).startsWith("PosixException").contains("no inode free");
		assertThat(this.peer.ask("files")).isEqualTo("v");
	}

	private static List<String> namespace(String script) {
		return List.of("unshare", "--mount", "sh", "-c", MOUNT + " && " + script, "sh");
	}

	@Test
	void segmentLargerThanTheFilesystemIsRefusedWithNeedAndFree() {
		int size = 2 * SIZE;
		assertThat(this.peer.ask("block b " + size)).isEqualTo(insufficient(size + CONTROL_BLOCK, SIZE));
		assertThat(this.peer.ask("files")).isEmpty();
		assertThat(this.peer.ask("free")).isEqualTo(String.valueOf(SIZE));
	}

	@Test
	void segmentThatIsOnePageTooLargeIsRefused() {
		int most = SIZE - CONTROL_BLOCK;
		assertThat(this.peer.ask("block b " + (most + 1))).isEqualTo(insufficient(SIZE + 4096, SIZE));
		assertThat(this.peer.ask("block b " + most)).isEqualTo("opened " + SIZE);
		assertThat(this.peer.ask("free")).isEqualTo("0");
	}

	@Test
	void segmentThatFitsIsMadeAfterOneThatDidNot() {
		assertThat(this.peer.ask("block b " + 2 * SIZE)).startsWith("insufficient");
		assertThat(this.peer.ask("block b " + SIZE / 2)).isEqualTo("opened " + (SIZE / 2 + CONTROL_BLOCK));
		assertThat(this.peer.ask("value v")).isEqualTo("opened " + SMALLEST);
		assertThat(this.peer.ask("set v 5")).isEqualTo("set");
		assertThat(this.peer.ask("get v")).isEqualTo("5");
		assertThat(this.peer.ask("files")).isEqualTo("b v");
	}

	@ParameterizedTest
	@ValueSource(strings = { "value n", "array n 8", "list n", "block n 8", "semaphore n", "standalone n 8" })
	void nothingIsLeftOfASegmentForWhichNoByteIsFree(String command) {
		assertThat(this.peer.ask("fill f")).isEqualTo("free 0");
		assertThat(this.peer.ask(command)).isEqualTo(insufficient(SMALLEST, 0));
		assertThat(this.peer.ask("files")).isEqualTo("f");
	}

	@Test
	void nothingIsLeftOfALockForWhichNoByteIsFree() {
		assertThat(this.peer.ask("fill f")).isEqualTo("free 0");
		assertThat(this.peer.ask("lock n")).isEqualTo(insufficient(CONTROL_BLOCK, 0));
		assertThat(this.peer.ask("files")).isEqualTo("f");
	}

	@Test
	void segmentsThatAreOpenWorkOnWhileNoByteIsFree() {
		assertThat(this.peer.ask("value v")).isEqualTo("opened " + SMALLEST);
		assertThat(this.peer.ask("fill f")).isEqualTo("free 0");
		assertThat(this.peer.ask("set v 7")).isEqualTo("set");
		assertThat(this.peer.ask("get v")).isEqualTo("7");
		assertThat(this.peer.ask("close v")).isEqualTo("closed");
		assertThat(this.peer.ask("free")).isEqualTo(String.valueOf(SMALLEST));
	}

	@Test
	void everyByteOfASegmentIsReservedWhenItIsMade() {
		int size = SIZE / 2;
		assertThat(this.peer.ask("block b " + size)).isEqualTo("opened " + (size + CONTROL_BLOCK));
		assertThat(this.peer.ask("free")).isEqualTo(String.valueOf(SIZE - size - CONTROL_BLOCK));
		assertThat(this.peer.ask("close b")).isEqualTo("closed");
		assertThat(this.peer.ask("free")).isEqualTo(String.valueOf(SIZE));
	}

	@Test
	void sparseSegmentOfAnotherProgramIsGivenItsMemory() {
		assertThat(this.peer.ask("sparse s " + SIZE / 2)).isEqualTo("made");
		assertThat(this.peer.ask("foreign s")).isEqualTo("opened " + SIZE / 2);
		assertThat(this.peer.ask("free")).isEqualTo(String.valueOf(SIZE / 2));
	}

	@Test
	void sparseSegmentOfAnotherProgramIsRefusedIfItsMemoryIsNotThere() {
		assertThat(this.peer.ask("sparse s " + SIZE / 2)).isEqualTo("made");
		assertThat(this.peer.ask("fill f")).isEqualTo("free 0");
		assertThat(this.peer.ask("foreign s")).isEqualTo(insufficient(SIZE / 2, 0));
	}

	@Test
	void segmentForWhichThereIsRoomOnceIsOpenedByAllWhoComeAtTheSameMoment() {
		assertThat(this.peer.ask("race b " + 3 * SIZE / 4 + " 200")).isEqualTo("opened by both");
		assertThat(this.peer.ask("files")).isEmpty();
	}

	private static String insufficient(long needed, long free) {
		return "insufficient: needed " + needed + " free " + free;
	}

}
