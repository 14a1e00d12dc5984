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

package io.github.shmbeans.internal.list;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

import io.github.shmbeans.testing.CPython;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("any-jdk")
class CPythonListTests {

	private static final String SAMPLE = "['howdy', b'HoWdY', -273.154, 100, None, True, 42]";

	private static final String EDITS = "[(0, 7), (1, 'text'), (2, None), (3, b'bytes'), (4, 1.5), (5, 'é'), (6, False)]";

	/**
	 * Make a list of the items, assign the edits, and leave its bytes in the file.
	 */
	private static final String MAKE = """
			import sys
			from multiprocessing.shared_memory import ShareableList
			name, file, items, edits = sys.argv[1:]
			sl = ShareableList(eval(items), name=name)
			try:
			    for i, value in eval(edits):
			        sl[i] = value
			    open(file, 'wb').write(bytes(sl.shm.buf))
			finally:
			    sl.shm.close()
			    sl.shm.unlink()
			""";

	/**
	 * Open the list in the file, show it, assign the edits, show it again and put its
	 * bytes back.
	 */
	private static final String OPEN = """
			import sys
			from multiprocessing.shared_memory import SharedMemory, ShareableList
			name, file, edits = sys.argv[1:]
			data = open(file, 'rb').read()
			shm = SharedMemory(name, create=True, size=len(data))
			try:
			    shm.buf[:len(data)] = data
			    sl = ShareableList(name=name)
			    try:
			        print(list(sl))
			        print(sl.format)
			        for i, value in eval(edits):
			            sl[i] = value
			        print(list(sl))
			        open(file, 'wb').write(bytes(shm.buf)[:len(data)])
			    finally:
			        sl.shm.close()
			finally:
			    shm.close()
			    shm.unlink()
			""";

	private final String name = "shm_list_test_" + UUID.randomUUID();

	@TempDir
	private Path directory;

	private CPython python;

	private Path file;

	@BeforeEach
	void findCPython() {
		this.python = CPython.assume();
		this.file = this.directory.resolve("list");
	}

	@AfterEach
	void removeSegment() throws IOException {
		Files.deleteIfExists(Path.of("/dev/shm", this.name));
	}

	@Test
	void goldenBytesAreThoseOfThisCPython() throws IOException {
		assertThat(make(SAMPLE, "[]")).isEqualTo(TestLists.sampleBytes());
	}

	@Test
	void listOfCPythonIsRead() throws IOException {
		ListView view = TestLists
			.open(make("[2**63 - 1, -2**63, 'é' * 8, '', b'', b'\\0\\1', float('-inf'), False]", "[]"));
		assertThat(TestLists.items(view)).isEqualTo(new Object[] { Long.MAX_VALUE, Long.MIN_VALUE, "éééééééé", "",
				new byte[0], new byte[] { 0, 1 }, Double.NEGATIVE_INFINITY, false });
	}

	@Test
	void assignmentsLeaveTheBytesThatCPythonLeaves() throws IOException {
		byte[] bytes = TestLists.sampleBytes();
		ListView view = TestLists.open(bytes);
		Object[] edits = { 7, "text", null, "bytes".getBytes(), 1.5, "é", false };
		for (int i = 0; i < edits.length; i++) {
			view.set(i, edits[i]);
		}
		assertThat(bytes).isEqualTo(make(SAMPLE, EDITS));
	}

	@Test
	void assignmentsToAWideSlotLeaveTheBytesThatCPythonLeaves() throws IOException {
		byte[] bytes = TestLists.encode("x".repeat(20), "y".repeat(20).getBytes(), "z".repeat(20));
		ListView view = TestLists.open(bytes);
		view.set(0, 7);
		view.set(1, 7);
		view.set(1, "short");
		view.set(2, "w".repeat(24));
		assertThat(bytes)
			.isEqualTo(make("['x' * 20, b'y' * 20, 'z' * 20]", "[(0, 7), (1, 7), (1, 'short'), (2, 'w' * 24)]"));
	}

	@Test
	void cpythonReadsAndWritesAListMadeHere() throws IOException {
		List<String> output = open(TestLists.encode(TestLists.sample()), EDITS);
		assertThat(output).containsExactly(SAMPLE, "8s8sdqxxxxxx?xxxxxxxx?q",
				"[7, 'text', None, b'bytes', 1.5, 'é', False]");
		assertThat(TestLists.items(TestLists.open(Files.readAllBytes(this.file))))
			.isEqualTo(new Object[] { 7L, "text", null, "bytes".getBytes(), 1.5, "é", false });
	}

	@Test
	void cpythonReadsTextThatItCannotMake() throws IOException {
		assertThat(open(TestLists.encode("é".repeat(9), "\uD83D\uDCA5".repeat(5), "a\0b"), "[]").get(0))
			.isEqualTo("['ééééééééé', '\uD83D\uDCA5\uD83D\uDCA5\uD83D\uDCA5\uD83D\uDCA5\uD83D\uDCA5', 'a\\x00b']");
	}

	@Test
	void cpythonUsesTheRoomBeyondTheFirstValue() throws IOException {
		byte[] bytes = TestLists.encode(ListItem.of(null, 24), ListItem.of(5, 16), ListItem.of("a", 32),
				ListItem.of(1));
		assertThat(open(bytes, "[(0, 'x' * 24), (1, b'y' * 16), (2, 'z' * 32), (3, 2)]").get(2))
			.isEqualTo("['%s', b'%s', '%s', 2]".formatted("x".repeat(24), "y".repeat(16), "z".repeat(32)));
		ListView view = TestLists.open(Files.readAllBytes(this.file));
		assertThat(TestLists.items(view))
			.isEqualTo(new Object[] { "x".repeat(24), "y".repeat(16).getBytes(), "z".repeat(32), 2L });
		assertThat(TestLists.formats(view)).isEqualTo("24s16s32sq");
	}

	@Test
	void cpythonReadsAnEmptyList() throws IOException {
		assertThat(open(TestLists.encode(), "[]")).containsExactly("[]", "", "[]");
	}

	@Test
	void cpythonReadsAnItemAsNoneWhileItIsRewritten() throws IOException {
		byte[] bytes = TestLists.sampleBytes();
		for (int i = 0; i < 7; i++) {
			bytes[TestLists.SAMPLE_CODES + i] = 3;
		}
		assertThat(open(bytes, "[]").get(0)).isEqualTo("[None, None, None, None, None, None, None]");
	}

	@Test
	void randomListsHaveTheBytesThatCPythonMakes() throws IOException {
		long seed = System.nanoTime();
		RandomGenerator random = new Random(seed);
		List<Object> values = new ArrayList<>();
		List<String> literals = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			addRandomItem(random, values, literals);
		}
		assertThat(TestLists.encode(values.toArray())).as("seed %d", seed).isEqualTo(make(literals.toString(), "[]"));
	}

	private static void addRandomItem(RandomGenerator random, List<Object> values, List<String> literals) {
		byte[] bytes = new byte[random.nextInt(40)];
		switch (random.nextInt(5)) {
			case 0 -> {
				values.add(random.nextLong());
				literals.add(values.get(values.size() - 1).toString());
			}
			case 1 -> {
				values.add(random.nextGaussian());
				literals
					.add("float.fromhex('%s')".formatted(Double.toHexString((double) values.get(values.size() - 1))));
			}
			case 2 -> {
				random.nextBytes(bytes);
				bytes = (bytes.length > 0 && bytes[bytes.length - 1] == 0) ? new byte[0] : bytes;
				values.add(bytes);
				literals.add("bytes.fromhex('%s')".formatted(HexFormat.of().formatHex(bytes)));
			}
			case 3 -> {
				values.add("t".repeat(bytes.length));
				literals.add("'t' * " + bytes.length);
			}
			default -> {
				boolean none = random.nextBoolean();
				values.add(none ? null : true);
				literals.add(none ? "None" : "True");
			}
		}
	}

	private byte[] make(String items, String edits) throws IOException {
		this.python.run(MAKE, this.name, this.file.toString(), items, edits);
		return Files.readAllBytes(this.file);
	}

	private List<String> open(byte[] bytes, String edits) throws IOException {
		Files.write(this.file, bytes);
		return this.python.run(OPEN, this.name, this.file.toString(), edits);
	}

}
