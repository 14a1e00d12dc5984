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

package io.github.shmbeans.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.shmbeans.testing.ValuePeer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Containers that share {@code /dev/shm}, but not their processes: each JVM is process 1.
 */
@Tag("any-jdk")
@EnabledIfDockerAvailable
class ContainerTests {

	private static final int INCREMENTS = 5_000;

	/** How long a stopped holder is watched; a dead one is found within 150 ms. */
	private static final Duration WATCH = Duration.ofSeconds(1);

	/** What Docker gives a container unless told otherwise. */
	private static final long DEFAULT_SIZE = 64L << 20;

	private static final long CONTROL_BLOCK = 12288;

	private static final String READ_LIST = """
			import sys
			from multiprocessing import resource_tracker, shared_memory
			items = shared_memory.ShareableList(name=sys.argv[1])
			resource_tracker.unregister('/' + sys.argv[1], 'shared_memory')
			print(list(items))
			items.shm.close()
			""";

	private static final String MAKE_LIST = """
			import sys
			from multiprocessing import resource_tracker, shared_memory
			shared_memory.ShareableList(['howdy', -273.154, 100, True, None], name=sys.argv[1])
			resource_tracker.unregister('/' + sys.argv[1], 'shared_memory')
			""";

	@RegisterExtension
	static final SharedContainers containers = new SharedContainers();

	@Test
	void whatOneContainerWritesAnotherReads() {
		ContainerPeer first = open("v", "initial=5");
		ContainerPeer second = open("v", "initial=7");
		assertThat(second.ask("get")).isEqualTo("5");
		assertThat(first.ask("set 42")).isEqualTo("set");
		assertThat(second.ask("get")).isEqualTo("42");
		closeAll(first, second);
	}

	@Test
	void attachmentsOfEveryPidNamespaceAreCountedThoughTheirPidsAreTheSame() {
		ContainerPeer first = open("v");
		ContainerPeer second = open("v");
		assertThat(first.run("cat", "/proc/1/comm")).isEqualTo(second.run("cat", "/proc/1/comm")).isEqualTo("java\n");
		assertThat(first.ask("attachments")).isEqualTo("2");
		assertThat(second.ask("attachments")).isEqualTo("2");
		second.kill();
		Awaitility.await().untilAsserted(() -> assertThat(first.ask("attachments")).isEqualTo("1"));
		closeAll(first);
	}

	@Test
	void incrementsOfTwoContainersAreNeverLost() {
		ContainerPeer first = open("v");
		ContainerPeer second = open("v");
		first.send("increment " + INCREMENTS);
		second.send("increment " + INCREMENTS);
		first.expect("incremented");
		second.expect("incremented");
		assertThat(first.ask("get")).isEqualTo(String.valueOf(2 * INCREMENTS));
		closeAll(first, second);
	}

	@Test
	void lockOfAKilledContainerIsTakenOverAndItsDeathIsReported() {
		ContainerPeer holder = open("v");
		ContainerPeer other = open("v");
		assertThat(holder.ask("lock")).isEqualTo("locked");
		other.send("lock");
		holder.kill();
		other.expect("OwnerDiedException");
		assertThat(other.ask("get")).isEqualTo("OwnerDiedException");
		closeAll(other);
	}

	@Test
	void lockOfAKilledContainerIsHandedToAWaiterThatIgnoresDeaths() {
		ContainerPeer holder = open("v", "death=ignore");
		ContainerPeer waiter = open("v", "death=ignore");
		assertThat(holder.ask("set 8")).isEqualTo("set");
		assertThat(holder.ask("lock")).isEqualTo("locked");
		waiter.send("lock");
		holder.kill();
		waiter.expect("locked");
		assertThat(waiter.ask("get")).isEqualTo("8");
		assertThat(waiter.ask("unlock")).isEqualTo("unlocked");
		closeAll(waiter);
	}

	@Test
	void pausedContainerThatHoldsTheLockIsNotTakenForDead() {
		ContainerPeer holder = open("v");
		ContainerPeer waiter = open("v");
		assertThat(holder.ask("lock")).isEqualTo("locked");
		holder.pause();
		waiter.send("lock");
		Awaitility.await().during(WATCH).until(waiter::isSilent);
		holder.unpause();
		assertThat(holder.ask("unlock")).isEqualTo("unlocked");
		waiter.expect("locked");
		assertThat(waiter.ask("unlock")).isEqualTo("unlocked");
		closeAll(holder, waiter);
	}

	@Test
	void lastContainerOutRemovesTheSegment() {
		ContainerPeer first = open("v");
		ContainerPeer second = open("v");
		assertThat(first.ask("close")).isEqualTo("closed");
		assertThat(containers.existing()).containsExactly("v");
		assertThat(second.ask("close")).isEqualTo("closed");
		assertThat(containers.existing()).isEmpty();
	}

	@Test
	void containerThatOutlivesAKilledOneRemovesTheSegment() {
		ContainerPeer killed = open("v");
		ContainerPeer other = open("v");
		killed.kill();
		Awaitility.await().untilAsserted(() -> assertThat(other.ask("attachments")).isEqualTo("1"));
		closeAll(other);
		assertThat(containers.existing()).isEmpty();
	}

	@Test
	void containerThatComesAfterAKilledOneFindsItsData() {
		ContainerPeer killed = open("v");
		assertThat(killed.ask("set 9")).isEqualTo("set");
		killed.kill();
		ContainerPeer next = open("v");
		assertThat(next.ask("get")).isEqualTo("9");
		closeAll(next);
	}

	@Test
	void cpythonReadsTheListOfAnotherContainer() {
		ContainerPeer maker = containers.java(ContainerProgram.class, "make-list", "l");
		maker.expect("[héllo, 42, -1.5, true, null]");
		assertThat(containers.python(READ_LIST, "l")).isEqualTo("['héllo', 42, -1.5, True, None]");
		assertThat(maker.ask("end")).isEqualTo("ended");
	}

	@Test
	void listThatCpythonMadeIsReadInAnotherContainer() {
		containers.python(MAKE_LIST, "l");
		ContainerPeer reader = containers.java(ContainerProgram.class, "read-list", "l");
		reader.expect("[howdy, -273.154, 100, true, null]");
		assertThat(reader.ask("end")).isEqualTo("ended");
		assertThat(containers.existing()).containsExactly("l");
		containers.remove("l");
	}

	@Test
	void segmentThatIsTooLargeForTheContainerIsRefusedWithNeedFreeAndRemedy() {
		long size = 2 * DEFAULT_SIZE;
		ContainerPeer peer = containers.java(ContainerProgram.class, "make-block", "b", String.valueOf(size));
		peer.expect("needed " + (size + CONTROL_BLOCK));
		peer.expect("free " + DEFAULT_SIZE);
		assertThat(peer.read()).contains("134,230,016 bytes", "67,108,864 bytes free in /dev/shm")
			.contains("docker run --shm-size", "emptyDir");
		assertThat(containers.existing()).isEmpty();
		assertThat(peer.ask("end")).isEqualTo("ended");
	}

	@Test
	void segmentThatJustFitsTheContainerIsMade() {
		long size = DEFAULT_SIZE - CONTROL_BLOCK;
		ContainerPeer peer = containers.java(ContainerProgram.class, "make-block", "b", String.valueOf(size));
		peer.expect(String.valueOf(size));
		assertThat(peer.ask("end")).isEqualTo("ended");
		assertThat(containers.existing()).isEmpty();
	}

	@Test
	void userWithoutPrivilegesMakesAndSharesSegments() {
		ContainerPeer first = containers.unprivilegedJava(ValuePeer.class, "v", "initial=3").expect("open");
		ContainerPeer second = containers.unprivilegedJava(ValuePeer.class, "v").expect("open");
		assertThat(first.run("id", "-u")).isEqualTo("65534\n");
		assertThat(second.ask("get")).isEqualTo("3");
		assertThat(first.ask("increment 10")).isEqualTo("incremented");
		assertThat(second.ask("get")).isEqualTo("13");
		assertThat(first.ask("attachments")).isEqualTo("2");
		closeAll(first, second);
		assertThat(containers.existing()).isEmpty();
	}

	@Test
	void segmentOfAnotherContainersUserIsRefused() {
		ContainerPeer owner = containers.unprivilegedJava(ValuePeer.class, "v").expect("open");
		containers.java(ValuePeer.class, "v").expect("SegmentAccessException");
		closeAll(owner);
	}

	private static ContainerPeer open(String name, String... options) {
		List<String> arguments = new ArrayList<>(List.of(name));
		arguments.addAll(List.of(options));
		return containers.java(ValuePeer.class, arguments.toArray(String[]::new)).expect("open");
	}

	private static void closeAll(ContainerPeer... peers) {
		for (ContainerPeer peer : peers) {
			assertThat(peer.ask("close")).isEqualTo("closed");
		}
	}

}
