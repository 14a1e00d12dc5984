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

package io.github.shmbeans.manager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.testing.CPython;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stock CPython as the client of a {@link ManagerServer}.
 */
class CPythonClientTests {

	private static final String KEY = "secret";

	/** Connects, and then prints what the expressions on its input evaluate to. */
	private static final String SESSION = """
			import sys
			from multiprocessing import AuthenticationError, shared_memory
			from multiprocessing.managers import SharedMemoryManager, dispatch

			address = eval(sys.argv[1])

			def connect(key=b'secret'):
			    m = SharedMemoryManager(address=address, authkey=key)
			    m.connect()
			    return m

			def call(*args):
			    with m._Client(address, authkey=b'secret') as connection:
			        return dispatch(connection, None, *args)

			def error(function):
			    try:
			        function()
			    except Exception as e:
			        return type(e).__name__ + ': ' + str(e).replace(chr(10), ' ')

			for line in sys.stdin:
			    line = line.strip()
			    if line.startswith('!'):
			        exec(line[1:])
			        print('done', flush=True)
			    else:
			        print(repr(eval(line)), flush=True)
			""";

	@RegisterExtension
	final Peers peers = new Peers();

	@RegisterExtension
	final RecordedLog log = new RecordedLog();

	@BeforeEach
	void assumeCPython() {
		CPython.assume();
	}

	@ParameterizedTest
	@MethodSource("pythons")
	void blocksAndListsThatPythonMakesAreSharedAndRemoved(CPython python) {
		try (ManagerServer server = start(null)) {
			Peer peer = connect(python, server.address());
			assertThat(peer.ask("!block = m.SharedMemory(size=100); block.buf[:5] = b'howdy'")).isEqualTo("done");
			assertThat(peer.ask("!items = m.ShareableList(['howdy', -273.154, 100, None, True])")).isEqualTo("done");
			List<String> names = List.of(unquoted(peer.ask("block.name")), unquoted(peer.ask("items.shm.name")));
			assertThat(server.segments()).isEqualTo(names);
			assertThat(peer.ask("call('list_segments')"))
				.isEqualTo("['%s', '%s']".formatted(names.get(0), names.get(1)));
			try (SharedMemory block = SharedMemory.attach(names.get(0))) {
				byte[] text = new byte[5];
				block.buffer().get(text);
				assertThat(text).asString(StandardCharsets.US_ASCII).isEqualTo("howdy");
			}
			try (ShareableList items = ShareableList.attach(names.get(1))) {
				assertThat(items).containsExactly("howdy", -273.154, 100L, null, true);
			}
			assertThat(segments()).containsAll(names);
			server.close();
			assertThat(segments()).doesNotContainAnyElementsOf(names);
			assertThat(peer.ask("bytes(block.buf[:5])")).isEqualTo("b'howdy'");
			assertThat(peer.ask("error(lambda: m.SharedMemory(size=1))")).contains("FileNotFoundError");
		}
		assertThat(this.log.lines()).isEmpty();
	}

	@Test
	void otherCallsOfPythonAreAnswered() {
		try (ManagerServer server = start(new InetSocketAddress("127.0.0.1", 0))) {
			Peer peer = connect(CPython.assume(), server.address());
			assertThat(peer.ask("m._number_of_objects()")).isEqualTo("0");
			assertThat(peer.ask("m._debug_info()")).isEqualTo("''");
			assertThat(peer.ask("call('dummy')")).isEqualTo("None");
			assertThat(peer.ask("!block = m.SharedMemory(size=1)")).isEqualTo("done");
			assertThat(peer.ask("call('release_segment', (block.name,))")).isEqualTo("None");
			assertThat(peer.ask("error(lambda: shared_memory.SharedMemory(block.name))")).contains("FileNotFoundError");
			assertThat(this.log.lines()).isEmpty();
			assertThat(peer.ask("error(lambda: call('shutdown'))")).contains("RemoteError")
				.contains("Expected the application to stop its manager");
			assertThat(peer.ask("!SharedMemoryManager.register('Thing', dict)")).isEqualTo("done");
			assertThat(peer.ask("error(lambda: m.Thing())")).contains("RemoteError")
				.contains("of which this manager has none");
			assertThat(peer.ask("error(lambda: call('track_segment', ('no-such-segment',)))"))
				.contains("found no such file");
			assertThat(peer.ask("error(lambda: call('track_segment', (ValueError('x'),)))"))
				.contains("found opcode 0x93");
			assertThat(peer.ask("error(lambda: connect(b'other'))")).contains("AuthenticationError");
			assertThat(peer.ask("m._number_of_objects()")).isEqualTo("0");
			assertThat(this.log.lines()).hasSize(5);
		}
	}

	@Test
	void clientThatIsKilledInACallIsDroppedAndOthersAreServed() {
		try (ManagerServer server = start(null)) {
			Peer peer = connect(CPython.assume(), server.address());
			assertThat(peer.ask(
					"!c = m._Client(address, authkey=b'secret'); import os; os.write(c.fileno(), bytes([0, 0, 0, 9, 1]))"))
				.isEqualTo("done");
			peer.kill();
			Awaitility.await().until(() -> server.connections() == 0);
			assertThat(this.log.lines()).singleElement().asString().contains("stage: request");
			assertThat(connect(CPython.assume(), server.address()).ask("m._number_of_objects()")).isEqualTo("0");
		}
	}

	private ManagerServer start(SocketAddress address) {
		ManagerServer.Builder builder = ManagerServer.builder().authkey(KEY.getBytes(StandardCharsets.UTF_8));
		return ((address != null) ? builder.address(address) : builder).start();
	}

	private Peer connect(CPython python, SocketAddress address) {
		String expression = (address instanceof InetSocketAddress internet)
				? "('127.0.0.1', %d)".formatted(internet.getPort()) : "'%s'".formatted(address);
		Peer peer = this.peers.start(python.command(SESSION, expression));
		assertThat(peer.ask("!m = connect()")).isEqualTo("done");
		return peer;
	}

	private static String unquoted(String text) {
		return text.substring(1, text.length() - 1);
	}

	private static Set<String> segments() {
		try (Stream<Path> files = Files.list(Path.of("/dev/shm"))) {
			return files.map((file) -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<CPython> pythons() {
		return CPython.ofAllVersions();
	}

}
