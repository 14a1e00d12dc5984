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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.error.SegmentExistsException;
import io.github.shmbeans.error.SegmentMismatchException;
import io.github.shmbeans.error.SegmentNotFoundException;
import io.github.shmbeans.testing.SegmentNames;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Blocks of bytes shared with CPython's {@code SharedMemory}.
 */
class SharedMemoryInteropTests {

	@Order(1)
	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@Order(2)
	@RegisterExtension
	final PythonSession python = new PythonSession();

	private final String name = this.names.name("block");

	@Test
	void blockMadeHereIsReadAndWrittenThere() {
		try (SharedMemory memory = SharedMemory.create(this.name, 10)) {
			memory.buffer().put("howdy".getBytes(StandardCharsets.UTF_8));
			this.python.exec("shm = attach('%s')", this.name);
			assertThat(this.python.eval("shm.name")).isEqualTo("'" + this.name + "'");
			assertThat(this.python.eval("bytes(shm.buf[:6])")).isEqualTo("b'howdy\\x00'");
			assertThat(this.python.eval("shm.size")).isEqualTo(String.valueOf(memory.fileSize()));
			this.python.exec("shm.buf[9] = 200");
			assertThat(memory.buffer().get(9)).isEqualTo((byte) 200);
			memory.unlink();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 10, 4096, 16384, 20000 })
	void blockMadeThereIsReadAndWrittenHere(int size) {
		this.python.exec("shm = make('%s', %d)", this.name, size);
		this.python.exec("shm.buf[%d] = 200", size - 1);
		try (SharedMemory memory = SharedMemory.attach(this.name)) {
			assertThat(memory.size()).isEqualTo(size).isEqualTo(Long.parseLong(this.python.eval("shm.size")));
			assertThat(memory.buffer().get(size - 1)).isEqualTo((byte) 200);
			memory.buffer().put(size - 1, (byte) 7);
			assertThat(this.python.eval("shm.buf[%d]", size - 1)).isEqualTo("7");
		}
		assertThat(this.names.path("block")).exists();
	}

	@Test
	void sizeIsIgnoredThereAndCheckedHere() {
		this.python.exec("shm = make('%s', 100)", this.name);
		assertThat(this.python.eval("untracked(SharedMemory, '%s', size=5).size", this.name)).isEqualTo("100");
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			assertThat(manager.block(this.name).mode(OpenMode.ATTACH).locked(false).open().size()).isEqualTo(100);
			assertThat(manager.block("part")
				.segmentName(this.name)
				.size(5)
				.mode(OpenMode.ATTACH)
				.locked(false)
				.open()
				.size()).isEqualTo(5);
			assertThatExceptionOfType(SegmentMismatchException.class)
				.isThrownBy(() -> manager.block("more")
					.segmentName(this.name)
					.size(101)
					.mode(OpenMode.ATTACH)
					.locked(false)
					.open())
				.withMessageContaining("block of 101 bytes, at least 101 bytes, found a file of 100 bytes");
		}
	}

	@Test
	void generatedNamesAreForTheOther() {
		SharedMemory memory = SharedMemory.create(1);
		try (memory) {
			assertThat(this.python.eval("attach('%s').name", memory.name())).isEqualTo("'" + memory.name() + "'");
		}
		finally {
			memory.unlink();
		}
		this.python.exec("shm = make(None, 1)");
		String found = this.python.eval("shm.name").replace("'", "");
		assertThat(found).startsWith("psm_");
		SharedMemory.attach(found).close();
	}

	@Test
	void generatedNameThatIsTakenHereIsNotTakenThere() {
		SharedMemory memory = SharedMemory.create(this.name, 1);
		try (memory) {
			this.python.exec("""
					names = iter(['/%1$s', '/%1$s', '/%1$s-free'])
					shared_memory._make_filename = lambda: next(names)
					shm = make(None, 1)
					""", this.name);
			assertThat(this.python.eval("shm.name")).isEqualTo("'" + this.name + "-free'");
		}
		finally {
			memory.unlink();
		}
	}

	@Test
	void nameThatIsTakenIsRefusedOnBothSides() {
		try (SharedMemory memory = SharedMemory.create(this.name, 1)) {
			assertThat(this.python.eval("make('%s', 1)", this.name)).startsWith("FileExistsError");
			memory.unlink();
		}
		this.python.exec("shm = make('%s', 1)", this.name);
		assertThatExceptionOfType(SegmentExistsException.class).isThrownBy(() -> SharedMemory.create(this.name, 1))
			.withMessageContaining("found a regular file of 1 bytes in use or to be kept");
	}

	@Test
	void nameThatIsMissingIsRefusedOnBothSides() {
		assertThat(this.python.eval("attach('%s')", this.name)).startsWith("FileNotFoundError");
		assertThatExceptionOfType(SegmentNotFoundException.class).isThrownBy(() -> SharedMemory.attach(this.name));
		this.python.exec("shm = make('%s', 1)\nshm.unlink()", this.name);
		assertThatExceptionOfType(SegmentNotFoundException.class).isThrownBy(() -> SharedMemory.attach(this.name));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1 })
	void sizeThatIsNoneIsRefusedOnBothSides(long size) {
		assertThat(this.python.eval("make('%s', %d)", this.name, size)).startsWith("ValueError");
		assertThatIllegalArgumentException().isThrownBy(() -> SharedMemory.create(this.name, size));
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void absentSizeIsRefusedOnBothSides() {
		assertThat(this.python.eval("SharedMemory('%s', create=True)", this.name)).startsWith("ValueError");
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			assertThatIllegalArgumentException().isThrownBy(() -> manager.block(this.name).open())
				.withMessageContaining("Expected a size of at least 1 byte for block '%s', found none", this.name);
		}
		assertThat(this.names.existing()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a/b", "a\0b" })
	void nameThatIsNoFileNameIsRefusedOnBothSides(String bad) {
		assertThat(this.python.eval("attach(%s)", literal(bad))).matches("(ValueError|OSError|FileNotFoundError): .*");
		assertThatIllegalArgumentException().isThrownBy(() -> SharedMemory.attach(bad));
		assertThatIllegalArgumentException().isThrownBy(() -> SharedMemory.create(bad, 1));
	}

	@Test
	void overLongNameIsRefusedOnBothSides() {
		String tooLong = this.names.name("n".repeat(300));
		assertThat(this.python.eval("make('%s', 1)", tooLong)).startsWith("OSError");
		assertThatIllegalArgumentException().isThrownBy(() -> SharedMemory.create(tooLong, 1));
		String longest = tooLong.substring(0, 250);
		this.python.exec("shm = make('%s', 1)", longest);
		SharedMemory.attach(longest).close();
	}

	private static String literal(String text) {
		return "'" + text.replace("\0", "\\0") + "'";
	}

	@Test
	void closingTwiceAndUnlinkingTwiceIsHarmless() {
		SharedMemory memory = SharedMemory.create(this.name, 1);
		this.python.exec("shm = attach('%s')\nshm.close()\nshm.close()", this.name);
		memory.close();
		memory.close();
		memory.unlink();
		memory.unlink();
		this.python.exec("shm = make('%s', 1)", this.name);
		SharedMemory there = SharedMemory.attach(this.name);
		there.close();
		there.unlink();
		assertThat(this.python.eval("shm.unlink()")).startsWith("FileNotFoundError");
		there.unlink();
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void mappingOutlivesUnlinkOnEitherSide() {
		try (SharedMemory memory = SharedMemory.create(this.name, 8)) {
			this.python.exec("shm = attach('%s')", this.name);
			memory.unlink();
			memory.buffer().put(0, (byte) 7);
			assertThat(this.python.eval("shm.buf[0]")).isEqualTo("7");
			this.python.exec("shm.buf[1] = 8");
			assertThat(memory.buffer().get(1)).isEqualTo((byte) 8);
		}
		this.python.exec("shm = make('%s', 8)", this.name);
		try (SharedMemory memory = SharedMemory.attach(this.name)) {
			this.python.exec("shm.unlink()");
			assertThat(memory.status().linked()).isFalse();
			this.python.exec("shm.buf[0] = 9");
			assertThat(memory.buffer().get(0)).isEqualTo((byte) 9);
		}
	}

	@Test
	void unlinkHereLeavesANewerBlockOfThatNameThere() {
		try (SharedMemory memory = SharedMemory.create(this.name, 8)) {
			memory.unlink();
			this.python.exec("shm = make('%s', 8)", this.name);
			memory.unlink();
			assertThat(this.names.existing()).containsExactly(this.name);
		}
	}

	@Test
	void processThatMerelyAttachesAsCpythonDoesRemovesTheNameAndNothingElse() {
		try (SharedMemory memory = SharedMemory.create(this.name, 8)) {
			this.python.exec("shm = SharedMemory('%s')\nshm.buf[0] = 1\nshm.close()", this.name);
			this.python.exit();
			Awaitility.await().until(() -> !memory.status().linked());
			assertThat(memory.buffer().get(0)).isOne();
			memory.buffer().put(1, (byte) 2);
			memory.unlink();
		}
		assertThat(this.names.existing()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "ATTACH", "CREATE_OR_ATTACH" })
	void creatorBetweenItsTwoStepsIsWaitedFor(OpenMode mode) throws Exception {
		this.python.exec("""
				import _posixshmem, os
				fd = _posixshmem.shm_open('/%s', os.O_CREAT | os.O_EXCL | os.O_RDWR, mode=0o600)
				""", this.name);
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			FutureTask<SharedMemory> opening = new FutureTask<>(() -> manager.block(this.name)
				.size(8)
				.mode(mode)
				.attachTimeout(Duration.ofMinutes(1))
				.locked(false)
				.open());
			Thread opener = new Thread(opening);
			opener.start();
			Awaitility.await().until(() -> opener.getState() == Thread.State.TIMED_WAITING);
			assertThat(opening).isNotDone();
			this.python.exec("os.ftruncate(fd, 8)");
			assertThat(opening.get(1, TimeUnit.MINUTES).size()).isEqualTo(8);
		}
		this.python.exec("made.append(attach('%s'))\nresource_tracker.register(made[0]._name, 'shared_memory')",
				this.name);
	}

	@Test
	void nameTravelsByPickleAndBySerialization() throws Exception {
		try (SharedMemory memory = SharedMemory.create(this.name, 8)) {
			this.python.exec("shm = attach('%s')", this.name);
			this.python.exec("same = untracked(pickle.loads, pickle.dumps(shm))\nsame.buf[3] = 5");
			assertThat(memory.buffer().get(3)).isEqualTo((byte) 5);
			memory.unlink();
		}
		this.python.exec("shm = make('%s', 8)\nshm.buf[0] = 3", this.name);
		try (SharedMemory memory = SharedMemory.attach(this.name); SharedMemory same = (SharedMemory) copy(memory)) {
			assertThat(same.buffer().get(0)).isEqualTo((byte) 3);
			same.buffer().put(1, (byte) 4);
			assertThat(this.python.eval("shm.buf[1]")).isEqualTo("4");
		}
	}

	private static Object copy(Object object) throws Exception {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
			output.writeObject(object);
		}
		try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
			return input.readObject();
		}
	}

}
