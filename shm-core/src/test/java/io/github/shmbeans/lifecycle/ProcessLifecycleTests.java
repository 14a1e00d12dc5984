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

package io.github.shmbeans.lifecycle;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import io.github.shmbeans.ArrayBuilder;
import io.github.shmbeans.Attachment;
import io.github.shmbeans.ElementType;
import io.github.shmbeans.MismatchPolicy;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.ShutdownPolicy;
import io.github.shmbeans.error.OwnerDiedException;
import io.github.shmbeans.error.SegmentExistsException;
import io.github.shmbeans.error.SegmentMismatchException;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.ReopeningPeer;
import io.github.shmbeans.testing.SegmentNames;
import io.github.shmbeans.testing.ValuePeer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProcessLifecycleTests {

	private static final int O_CLOEXEC = 02000000;

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	@Test
	void whatOneProcessWritesAnotherReads() {
		Peer first = open("v", "initial=5");
		Peer second = open("v", "initial=7");
		assertThat(second.ask("get")).isEqualTo("5");
		first.ask("set 42");
		assertThat(second.ask("get")).isEqualTo("42");
		assertThat(second.ask("attachments")).isEqualTo("2");
		first.ask("close");
		second.ask("close");
	}

	@Test
	void lastProcessToCloseRemovesTheSegment() {
		Peer first = open("v");
		Peer second = open("v");
		assertThat(first.ask("close")).isEqualTo("closed");
		assertThat(this.names.existing()).hasSize(1);
		assertThat(second.ask("close")).isEqualTo("closed");
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void processEndedBySigtermRemovesItsSegments() {
		Peer peer = open("v");
		assertThat(this.names.existing()).hasSize(1);
		peer.process().destroy();
		peer.waitFor();
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void killedProcessDoesNotCountAsAttachedAndTheOtherRemovesTheSegment() {
		Peer killed = open("v", "initial=1");
		Peer other = open("v");
		killed.ask("set 9");
		killed.kill();
		Awaitility.await().untilAsserted(() -> assertThat(other.ask("attachments")).isEqualTo("1"));
		assertThat(other.ask("get")).isEqualTo("9");
		other.ask("close");
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void segmentOfKilledProcessIsUsedFurtherByCreateOrAttach() {
		Peer killed = open("v", "initial=1");
		killed.ask("set 9");
		killed.kill();
		Peer next = open("v", "initial=1");
		assertThat(next.ask("get")).isEqualTo("9");
		next.ask("close");
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void segmentOfKilledProcessThatDoesNotFitIsReplacedIfAskedFor() {
		Peer killed = open("v", "initial=1");
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			ArrayBuilder<Integer> array = manager.array(this.names.name("v"), ElementType.INT32).length(3);
			array.onMismatch(MismatchPolicy.REPLACE_IF_UNUSED);
			assertThatExceptionOfType(SegmentMismatchException.class).isThrownBy(array::open)
				.withMessageContainingAll("array of 3 int32", "value of int64", "on-mismatch: replace-if-unused",
						"/dev/shm/" + this.names.name("v"));
			killed.kill();
			array.onMismatch(MismatchPolicy.FAIL);
			assertThatExceptionOfType(SegmentMismatchException.class).isThrownBy(array::open);
			array.onMismatch(MismatchPolicy.REPLACE_IF_UNUSED);
			Awaitility.await()
				.ignoreExceptionsInstanceOf(SegmentMismatchException.class)
				.untilAsserted(() -> assertThat(array.open().length()).isEqualTo(3));
		}
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void segmentOfKilledProcessIsReplacedByCreate() {
		Peer killed = open("v", "initial=1");
		killed.ask("set 9");
		killed.kill();
		Awaitility.await().ignoreExceptionsInstanceOf(SegmentExistsException.class).untilAsserted(() -> {
			try (SharedMemoryManager manager = SharedMemoryManager.create()) {
				SharedValue<Long> value = manager.value(this.names.name("v"), ElementType.INT64)
					.mode(OpenMode.CREATE)
					.initial(2L)
					.open();
				assertThat(value.get()).isEqualTo(2);
			}
		});
	}

	@Test
	void segmentInUseIsNotReplacedByCreate() {
		Peer peer = open("v", "initial=1");
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			assertThatExceptionOfType(SegmentExistsException.class)
				.isThrownBy(() -> manager.value(this.names.name("v"), ElementType.INT64).mode(OpenMode.CREATE).open())
				.withMessageContaining(this.names.name("v"));
		}
		assertThat(peer.ask("get")).isEqualTo("1");
		peer.ask("close");
	}

	@Test
	void segmentThatWasToBeKeptIsNotReplacedByCreate() {
		Peer killed = open("v", "initial=1", "policy=CLOSE");
		killed.kill();
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			assertThatExceptionOfType(SegmentExistsException.class)
				.isThrownBy(() -> manager.value(this.names.name("v"), ElementType.INT64).mode(OpenMode.CREATE).open());
			manager.value(this.names.name("v"), ElementType.INT64).onShutdown(ShutdownPolicy.UNLINK).open();
		}
	}

	@Test
	void attachmentThatOutlivesTheCreatorRemovesTheSegmentForIt() {
		Peer creator = open("v");
		Peer attached = open("v", "mode=ATTACH");
		creator.kill();
		attached.ask("close");
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void attachmentsTellWhoTheyAre() {
		Peer peer = open("v");
		try (SharedMemoryManager manager = SharedMemoryManager.builder().application("reader").build()) {
			List<Attachment> attachments = manager.value(this.names.name("v"), ElementType.INT64)
				.open()
				.status()
				.attachments();
			assertThat(attachments).extracting(Attachment::slot).containsExactly(0, 1);
			assertThat(attachments).extracting(Attachment::pid)
				.containsExactly(peer.process().pid(), ProcessHandle.current().pid());
			assertThat(attachments).extracting(Attachment::application)
				.containsExactly(ValuePeer.class.getName(), "reader");
		}
		peer.ask("close");
	}

	@Test
	void processesThatCreateAtTheSameTimeShareOneSegment() {
		List<Peer> started = IntStream.range(0, 4)
			.mapToObj((i) -> this.peers.java(ValuePeer.class, this.names.name("v"), "initial=0"))
			.toList();
		started.forEach((peer) -> peer.expect("open"));
		started.forEach((peer) -> peer.send("increment 100"));
		started.forEach((peer) -> peer.expect("incremented"));
		started.forEach((peer) -> assertThat(peer.ask("get")).isEqualTo("400"));
		started.forEach((peer) -> peer.ask("close"));
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	@Tag("slow")
	void attachingAgainstTheLastOneOutNeverMeetsADeadSegment() {
		int rounds = 3_000;
		List<Peer> reopening = IntStream.range(0, 3)
			.mapToObj((i) -> this.peers.java(ReopeningPeer.class, this.names.name("v"), String.valueOf(rounds)))
			.toList();
		reopening.forEach((peer) -> peer.expect("ready"));
		reopening.forEach((peer) -> peer.expect(String.valueOf(rounds)));
		reopening.forEach((peer) -> assertThat(peer.waitFor()).isZero());
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void creatorKilledHalfWayLeavesNothing() {
		Peer creator = this.peers.java(StalledCreator.class, this.names.name("b"));
		creator.expect("building");
		assertThat(this.names.existing()).isEmpty();
		creator.kill();
		assertThat(this.names.existing()).isEmpty();
		Peer next = this.peers.java(StalledCreator.class, this.names.name("b"));
		next.expect("building");
		next.send("");
		next.expect("created");
		assertThat(next.waitFor()).isZero();
	}

	@Test
	void creatorThatIsOvertakenFindsTheNameTaken() {
		Peer creator = this.peers.java(StalledCreator.class, this.names.name("b"));
		creator.expect("building");
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			manager.block(this.names.name("b")).size(8).open();
			creator.send("");
			creator.expect("taken");
			assertThat(creator.waitFor()).isZero();
			assertThat(this.names.existing()).hasSize(1);
		}
	}

	/**
	 * The child of a process must not keep its locks: it would make the dead one look
	 * alive.
	 */
	@Test
	void childProcessDoesNotInheritAnAttachment() throws IOException {
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			SharedValue<Long> value = manager.value(this.names.name("v"), ElementType.INT64).open();
			Peer parent = open("v");
			parent.ask("lock");
			ProcessHandle child = ProcessHandle.of(Long.parseLong(parent.ask("child"))).orElseThrow();
			try {
				parent.kill();
				assertThat(child.isAlive()).isTrue();
				assertThatExceptionOfType(OwnerDiedException.class).isThrownBy(value::get);
				assertThat(value.status().attachments()).hasSize(1);
				assertThat(inheritable(this.names.name("v"))).isEmpty();
			}
			finally {
				child.destroyForcibly();
			}
		}
	}

	/**
	 * The open files of a name that a child would inherit, those without O_CLOEXEC.
	 */
	private static List<Path> inheritable(String name) throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/self/fd"), (file) -> {
			Path target = Files.isSymbolicLink(file) ? Files.readSymbolicLink(file) : file;
			return target.toString().contains(name) && !isClosedOnExec(file.getFileName().toString());
		})) {
			return StreamSupport.stream(files.spliterator(), false).toList();
		}
	}

	private static boolean isClosedOnExec(String descriptor) throws IOException {
		String flags = Files.readAllLines(Path.of("/proc/self/fdinfo", descriptor))
			.stream()
			.filter((line) -> line.startsWith("flags:"))
			.findFirst()
			.orElseThrow();
		return (Integer.parseInt(flags.substring("flags:".length()).strip(), 8) & O_CLOEXEC) != 0;
	}

	private Peer open(String suffix, String... options) {
		String[] arguments = new String[options.length + 1];
		arguments[0] = this.names.name(suffix);
		System.arraycopy(options, 0, arguments, 1, options.length);
		Peer peer = this.peers.java(ValuePeer.class, arguments);
		peer.expect("open");
		return peer;
	}

}
