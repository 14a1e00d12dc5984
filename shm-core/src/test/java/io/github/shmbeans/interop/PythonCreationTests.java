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

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.LockKind;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.OwnerDeathPolicy;
import io.github.shmbeans.SegmentBuilder;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.ShutdownPolicy;
import io.github.shmbeans.ValueBuilder;
import io.github.shmbeans.interop.SharedObjects.Point;
import io.github.shmbeans.interop.SharedObjects.Sample;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.ReopeningPeer;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Segments that Python creates and Java attaches to, and the other way round.
 */
class PythonCreationTests {

	private static final int CONTROL_LENGTH = 12288;

	private static final int IDENTITY_OF_CREATOR = 64;

	private static final int IDENTITY_OF_CREATOR_END = 120;

	private static final int FIRST_SLOT_DESCRIPTION = 4096 + 8;

	private static final int FIRST_SLOT_END = 4096 + 64;

	private static final String SAMPLE = "struct{flag:bool@0,count:int64@8,small:uint8@16,ratio:float32@20,"
			+ "origin:struct{x:float64@0,y:float64@8}16@24,data:int16[3]@40,name:char[5]@46}56";

	private static final String POINT = "struct{x:float64@0,y:float64@8}16";

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

	private Peer python() {
		Peer peer = Python.peer(this.peers);
		this.started.add(peer);
		return peer;
	}

	private void create(Peer python, String suffix, String declaration) {
		assertThat(python.ask("%s = shmbeans.create('%s', %s)".formatted(suffix, this.names.name(suffix), declaration)))
			.isEqualTo("done");
	}

	private ValueBuilder<Long> counter() {
		return this.manager.value(this.names.name("counter"), ElementType.INT64);
	}

	static Stream<Arguments> declarations() {
		return Stream.of(
				declaration("value='int64', initial=41", (m, key) -> m.value(key, ElementType.INT64).initial(41L)),
				declaration("value='L', initial=(1 << 64) - 1",
						(m, key) -> m.value(key, ElementType.UINT64)
							.initial(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE))),
				declaration("value='float32', initial=0.1",
						(m, key) -> m.value(key, ElementType.FLOAT32).initial(0.1f)),
				declaration("value='bool', initial=True", (m, key) -> m.value(key, ElementType.BOOL).initial(true)),
				declaration("value='int64', on_shutdown='close'",
						(m, key) -> m.value(key, ElementType.INT64).onShutdown(ShutdownPolicy.CLOSE)),
				declaration("value='int64', permissions=0o664",
						(m, key) -> m.value(key, ElementType.INT64).permissions(0664)),
				declaration("value='%s', initial=(1.5, -2)".formatted(POINT),
						(m, key) -> m.value(key, ElementType.ofRecord(Point.class)).initial(new Point(1.5, -2))),
				declaration(
						"value='%s', initial=(True, -1, 200, 0.5, (3, 4), (1, 2, 3), 'h\u00e9'.encode())"
							.formatted(SAMPLE),
						(m, key) -> m.value(key, ElementType.ofRecord(Sample.class))
							.initial(new Sample(true, -1, (short) 200, 0.5f, new Point(3, 4), new short[] { 1, 2, 3 },
									"h\u00e9"))),
				declaration("array='float64', length=600", (m, key) -> m.array(key, ElementType.FLOAT64).length(600)),
				declaration("array='uint8', shape=(48, 64, 3)",
						(m, key) -> m.array(key, ElementType.UINT8).shape(48, 64, 3)),
				declaration("array='int64', length=0", (m, key) -> m.array(key, ElementType.INT64).length(0)),
				declaration("array='i', initial=[2, 3, 5, -7]",
						(m, key) -> m.array(key, ElementType.INT32).initial(List.of(2, 3, 5, -7))),
				declaration("array='char', length=64, initial='hell\u00f6'",
						(m, key) -> m.array(key, ElementType.CHAR).length(64).initialText("hell\u00f6")),
				declaration("array='wchar', initial='hell\u00f6'",
						(m, key) -> m.array(key, ElementType.WCHAR).initialText("hell\u00f6")),
				declaration("array='%s', initial=[(1, 2), (3, 4)]".formatted(POINT),
						(m, key) -> m.array(key, ElementType.ofRecord(Point.class))
							.initial(List.of(new Point(1, 2), new Point(3, 4)))),
				declaration(
						"list=['h\u00f6wdy', -273.154, 100, True, None, '8 bytes.', shmbeans.Item(b'\\x01', 41), -1, b'', False]",
						(m, key) -> m.list(key)
							.initial("h\u00f6wdy", -273.154, 100, true, null, "8 bytes.")
							.item(new byte[] { 1 }, 41)
							.item(-1)
							.item(new byte[0])
							.item(false)),
				declaration("list=[]", (m, key) -> m.list(key).initial()),
				declaration("block=5000", (m, key) -> m.block(key).size(5000)),
				declaration("lock=True", (m, key) -> m.lock(key)),
				declaration("lock='semaphore'", (m, key) -> m.lock(key).kind(LockKind.SEMAPHORE)));
	}

	private static Arguments declaration(String python,
			BiFunction<SharedMemoryManager, String, SegmentBuilder<?>> java) {
		return Arguments.of(python, java);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("declarations")
	void pythonMakesTheBytesThatJavaMakesAndEachAttachesToTheOther(String declaration,
			BiFunction<SharedMemoryManager, String, SegmentBuilder<?>> java) throws IOException {
		Peer python = python();
		create(python, "python", declaration);
		this.manager.open(java.apply(this.manager, this.names.name("java")).mode(OpenMode.CREATE).spec());
		assertThat(content("python")).isEqualTo(content("java"));
		assertThat(Files.getPosixFilePermissions(this.names.path("python")))
			.isEqualTo(Files.getPosixFilePermissions(this.names.path("java")));
		assertThat(this.manager.open(java.apply(this.manager, this.names.name("python")).spec()).status().attachments())
			.hasSize(2);
		assertThat(python.ask("len(shmbeans.create_or_attach('%s', %s).attachments())"
			.formatted(this.names.name("java"), declaration))).isEqualTo("2");
		if (declaration.contains("'close'")) {
			assertThat(python.ask("python.unlink()")).isEqualTo("None");
			Files.delete(this.names.path("java"));
		}
		assertThat(python.ask("python.close()")).isEqualTo("None");
	}

	/**
	 * The bytes of a segment without what differs between its creators: when it was
	 * created, by whom, and how the first attachment describes itself.
	 */
	private byte[] content(String suffix) throws IOException {
		byte[] content = Files.readAllBytes(this.names.path(suffix));
		int control = content.length - CONTROL_LENGTH;
		ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
		bytes.put(control + IDENTITY_OF_CREATOR, new byte[IDENTITY_OF_CREATOR_END - IDENTITY_OF_CREATOR]);
		bytes.put(control + FIRST_SLOT_DESCRIPTION, new byte[FIRST_SLOT_END - FIRST_SLOT_DESCRIPTION]);
		return content;
	}

	@Test
	void javaReadsAndWritesWhatPythonCreated() {
		Peer python = python();
		create(python, "counter", "value='int64', initial=-5");
		create(python, "sample",
				"value='%s', initial=(True, -1, 200, 0.5, (3, 4), (1, 2, 3), 'h\u00e9'.encode())".formatted(SAMPLE));
		create(python, "readings", "array='float64', initial=range(1000)");
		create(python, "points", "array='%s', initial=[(1, 2), (3, 4), (5, 6)]".formatted(POINT));
		create(python, "jobs", "list=['howdy', -273.154, 100, True, None, shmbeans.Item(b'\\x01', 40)]");
		create(python, "frame", "block=5000");
		create(python, "semaphore", "lock='semaphore'");
		SharedObjects objects = SharedObjects.open(this.manager, this.names.prefix());
		assertThat(objects.counter().getAndAdd(1L)).isEqualTo(-5);
		assertThat(objects.sample().get()).usingRecursiveComparison()
			.isEqualTo(new Sample(true, -1, (short) 200, 0.5f, new Point(3, 4), new short[] { 1, 2, 3 }, "h\u00e9"));
		assertThat(objects.readings().get(999)).isEqualTo(999);
		assertThat(objects.points().get(2)).isEqualTo(new Point(5, 6));
		assertThat(objects.jobs().subList(0, 5)).containsExactly("howdy", -273.154, 100L, true, null);
		objects.jobs().set(5, "x".repeat(40));
		objects.frame().buffer().put(4999, (byte) 7);
		assertThat(python.ask("counter.value, jobs.list()[5], frame.buf[4999]"))
			.isEqualTo("(-4, '%s', 7)".formatted("x".repeat(40)));
		SharedLock semaphore = objects.semaphore();
		semaphore.lock();
		assertThat(python.ask("semaphore.lock().acquire(False)")).isEqualTo("False");
		semaphore.unlock();
		assertThat(python.ask("semaphore.lock().acquire(False)")).isEqualTo("True");
		assertThat(semaphore.tryLock()).isFalse();
	}

	@Test
	void segmentThatPythonCreatedGoesWithTheLastOfBoth() {
		Peer python = python();
		create(python, "counter", "value='int64'");
		create(python, "semaphore", "lock='semaphore'");
		SharedValue<Long> counter = counter().mode(OpenMode.ATTACH).open();
		this.manager.lock(this.names.name("semaphore")).kind(LockKind.SEMAPHORE).mode(OpenMode.ATTACH).open();
		assertThat(python.ask("counter.close(), semaphore.close()")).isEqualTo("(None, None)");
		assertThat(counter.status().linked()).isTrue();
		assertThat(this.names.existing()).hasSize(3);
		this.manager.close();
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void nobodyLosesASegmentThatBothCreateAndCloseAtTheSameTime() {
		String name = this.names.name("churn");
		Peer python = python();
		Peer java = this.peers.java(ReopeningPeer.class, name, "400");
		java.expect("ready");
		python.send("reopen('%s', 400)".formatted(name));
		java.expect("400");
		python.expect("400");
		assertThat(java.waitFor()).isZero();
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void pythonThatIsKilledWhileItCreatesLeavesAWholeSegmentOrNone() {
		for (int i = 1; i <= 20; i++) {
			Peer python = python();
			assertThat(python.ask("_ = signal.setitimer(signal.ITIMER_REAL, %s)".formatted(0.003 * i)))
				.isEqualTo("done");
			python.send("reopen('%s', 1 << 60)".formatted(this.names.name("counter")));
			assertThat(python.waitFor()).isNotZero();
			try (SharedValue<Long> counter = counter().initial(1_000L).onOwnerDeath(OwnerDeathPolicy.IGNORE).open()) {
				assertThat(counter.get()).isGreaterThanOrEqualTo(1_000);
				assertThat(counter.status().attachments()).hasSize(1);
			}
			assertThat(this.names.existing()).isEmpty();
		}
	}

	@Test
	void pythonReplacesWhatAJvmThatWasKilledHasLeft() {
		Peer java = this.peers.java(ReopeningPeer.class, this.names.name("counter"), "1000000000");
		java.expect("ready");
		Peer python = python();
		assertThat(python.ask("shmbeans.open('%s', timeout=60).kind".formatted(this.names.name("counter"))))
			.isEqualTo("'value'");
		java.kill();
		create(python, "counter", "array='float64', length=5");
		assertThat(python.ask("len(counter.attachments())")).isEqualTo("1");
		assertThat(python.ask("counter.close()")).isEqualTo("None");
	}

}
