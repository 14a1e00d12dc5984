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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.shmbeans.Attachment;
import io.github.shmbeans.ElementType;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.interop.SharedObjects.Point;
import io.github.shmbeans.interop.SharedObjects.Sample;
import io.github.shmbeans.testing.CPython;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.ReopeningPeer;
import io.github.shmbeans.testing.SegmentNames;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Python package and Java at the same segments.
 */
class PythonModuleTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	private final SharedMemoryManager manager = SharedMemoryManager.create();

	private final List<Peer> started = new ArrayList<>();

	@AfterEach
	void close() {
		this.started.forEach(Peer::kill);
		this.manager.close();
	}

	private Peer python(String... suffixes) {
		Peer peer = Python.peer(this.peers);
		this.started.add(peer);
		for (String suffix : suffixes) {
			assertThat(peer.ask("%s = shmbeans.open('%s')".formatted(suffix, this.names.name(suffix))))
				.isEqualTo("done");
		}
		return peer;
	}

	private SharedValue<Long> counter() {
		return this.manager.value(this.names.name("counter"), ElementType.INT64).initial(3L).open();
	}

	private static List<Long> attached(SharedSegment segment) {
		return segment.status().attachments().stream().map(Attachment::pid).toList();
	}

	@Test
	void pythonReadsWhatJavaWrites() {
		SharedObjects objects = SharedObjects.open(this.manager, this.names.prefix());
		objects.counter().set(-5L);
		objects.sample()
			.set(new Sample(true, -1, (short) 200, 0.5f, new Point(3, 4), new short[] { 1, 2, 3 }, "h\u00e9"));
		objects.readings().set(999, -273.154);
		objects.points().set(1, new Point(1.5, 2.5));
		objects.frame().buffer().put(4999, (byte) 7);
		Peer python = python("counter", "sample", "readings", "points", "jobs", "frame");
		assertThat(python.ask("counter.value")).isEqualTo("-5");
		assertThat(python.ask("sample.value")).isEqualTo(
				"Record(flag=True, count=-1, small=200, ratio=0.5, origin=Record(x=3.0, y=4.0), data=[1, 2, 3], name=b'h\\xc3\\xa9')");
		assertThat(python.ask("readings.raw()[999], readings.length")).isEqualTo("(-273.154, 1000)");
		assertThat(python.ask("points.raw()[1]")).isEqualTo("Record(x=1.5, y=2.5)");
		assertThat(python.ask("list(jobs.list())")).isEqualTo("['howdy', -273.154, 100, True, None, b'\\x01']");
		assertThat(python.ask("frame.buf[4999], len(frame.buf)")).isEqualTo("(7, 5000)");
	}

	@Test
	void javaReadsWhatPythonWrites() {
		SharedObjects objects = SharedObjects.open(this.manager, this.names.prefix());
		Peer python = python("counter", "sample", "readings", "points", "jobs", "frame");
		assertThat(List.of("counter.value = 1 << 62",
				"sample.value = sample.type(True, -1, 200, 0.5, (3, 4), (1, 2, 3), b'h\\xc3\\xa9')",
				"readings.raw()[999] = 0.1", "points.raw()[2].y = -1.25", "jobs.list()[0] = 'h\u00ffd\u00ff'",
				"jobs.list()[4] = 2.5", "jobs.list()[5] = 'x' * 40", "frame.buf[4999] = 255"))
			.allSatisfy((line) -> assertThat(python.ask(line)).isEqualTo("done"));
		assertThat(objects.counter().get()).isEqualTo(1L << 62);
		assertThat(objects.sample().get()).usingRecursiveComparison()
			.isEqualTo(new Sample(true, -1, (short) 200, 0.5f, new Point(3, 4), new short[] { 1, 2, 3 }, "h\u00e9"));
		assertThat(objects.readings().get(999)).isEqualTo(0.1);
		assertThat(objects.points().get(2)).isEqualTo(new Point(0, -1.25));
		assertThat(objects.jobs()).containsExactly("h\u00ffd\u00ff", -273.154, 100L, true, 2.5, "x".repeat(40));
		assertThat(objects.frame().buffer().get(4999)).isEqualTo((byte) 255);
	}

	@Test
	void eachSeesTheOtherAmongTheAttachments() {
		SharedValue<Long> counter = counter();
		Peer python = python("counter");
		assertThat(attached(counter)).containsExactly(ProcessHandle.current().pid(), python.process().pid());
		Attachment described = counter.status().attachments().get(1);
		assertThat(described.application()).isEqualTo("python");
		assertThat(described.startTime()).isEqualTo(python.process().info().startInstant().orElseThrow());
		assertThat(python.ask("[one.pid for one in counter.attachments()]"))
			.isEqualTo("[%d, %d]".formatted(ProcessHandle.current().pid(), python.process().pid()));
		assertThat(python.ask("counter.close()")).isEqualTo("None");
		assertThat(attached(counter)).containsExactly(ProcessHandle.current().pid());
	}

	@Test
	void killedPythonIsNotCounted() {
		SharedValue<Long> counter = counter();
		Peer python = python("counter");
		python.kill();
		assertThat(attached(counter)).containsExactly(ProcessHandle.current().pid());
		counter.close();
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void exitOfPythonThatMerelyAttachedRemovesNothing() {
		SharedValue<Long> counter = counter();
		Peer python = python("counter");
		assertThat(python.ask("counter.value")).isEqualTo("3");
		python.send("sys.exit()");
		assertThat(python.waitFor()).isZero();
		assertThat(counter.status().linked()).isTrue();
		SharedValue<Long> again = this.manager.value("again", ElementType.INT64)
			.segmentName(this.names.name("counter"))
			.mode(OpenMode.ATTACH)
			.open();
		assertThat(again.get()).isEqualTo(3);
	}

	@Test
	void pythonThatIsLastRemovesTheName() {
		SharedObjects objects = SharedObjects.open(this.manager, this.names.prefix());
		Peer python = python("counter", "semaphore");
		this.manager.close();
		assertThat(objects.counter().isClosed()).isTrue();
		assertThat(this.names.existing()).containsExactlyInAnyOrder(this.names.name("counter"),
				this.names.name("semaphore"), "sem." + this.names.name("semaphore"));
		assertThat(python.ask("counter.close(), semaphore.close()")).isEqualTo("(None, None)");
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void pythonThatEndsAsTheLastRemovesTheName() {
		counter();
		Peer python = python("counter");
		this.manager.close();
		assertThat(Files.exists(this.names.path("counter"))).isTrue();
		python.send("sys.exit()");
		assertThat(python.waitFor()).isZero();
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void nobodyLosesASegmentThatOthersOpenAndCloseAtTheSameTime() {
		String name = this.names.name("churn");
		Peer python = python();
		Peer java = this.peers.java(ReopeningPeer.class, name, "400");
		java.expect("ready");
		python.send("churn('%s', 400)".formatted(name));
		java.expect("400");
		assertThat(java.waitFor()).isZero();
		assertThat(Integer.parseInt(python.read())).isBetween(0, 400);
		Awaitility.await().untilAsserted(() -> assertThat(this.names.existing()).isEmpty());
	}

	@Test
	@Tag("any-jdk")
	void unittestOfThePackagePasses() {
		assertUnittestPasses(CPython.MODULE);
	}

	@Test
	@Tag("any-jdk")
	@Tag("slow")
	void unittestOfTheSingleFilePasses(@TempDir Path directory) {
		Peer maker = this.peers.start(Python.command(CPython.PROJECT.resolve("single_file.py").toString(),
				directory.resolve("shmbeans.py").toString()));
		assertThat(maker.waitFor()).isZero();
		assertUnittestPasses(directory);
	}

	private void assertUnittestPasses(Path module) {
		String peer = String.join("\n", Peers.javaCommand(SharedObjectsPeer.class));
		List<String> unittest = Python.command(CPython.PROJECT.resolve("tests/test_shmbeans.py").toString(), "-v");
		List<String> command = new ArrayList<>(
				List.of("env", "SHM_TEST_PEER=" + peer, "PYTHONPATH=" + module, "sh", "-c", "exec \"$@\" 2>&1", "sh"));
		command.addAll(unittest);
		Peer python = this.peers.start(command);
		StringBuilder output = new StringBuilder();
		for (String line = python.read(); line != null; line = python.read()) {
			output.append(line).append('\n');
		}
		assertThat(python.waitFor()).as("%s", output).isZero();
		assertThat(output.toString()).contains("test_data_of_each_kind_in_both_directions")
			.doesNotContain("SHM_TEST_PEER");
	}

}
