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
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.error.InvalidOptionException;
import io.github.shmbeans.testing.CPython;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ManagerClient}, most with a {@code SharedMemoryManager} of stock
 * CPython as the server.
 */
class ManagerClientTests {

	private static final byte[] KEY = "secret".getBytes(StandardCharsets.UTF_8);

	/** A manager in a process of its own. It ends, and all it tracks, with its input. */
	private static final String MANAGER = """
			import sys
			from multiprocessing.managers import SharedMemoryManager
			from multiprocessing import shared_memory

			def read(name):
			    block = shared_memory.SharedMemory(name)
			    data = bytes(block.buf[:5])
			    block.close()
			    return data

			m = SharedMemoryManager(address=eval(sys.argv[1]), authkey=b'secret')
			m.start()
			print(m.address if isinstance(m.address, str) else '%s:%d' % m.address, flush=True)
			for line in sys.stdin:
			    print(repr(eval(line)), flush=True)
			m.shutdown()
			""";

	@RegisterExtension
	final Peers peers = new Peers();

	@TempDir
	Path directory;

	@ParameterizedTest
	@MethodSource("pythons")
	void blocksAndListsThatJavaMakesAreSharedAndRemovedWithTheManager(CPython python) {
		Peer manager = this.peers.start(python.command(MANAGER, "'%s'".formatted(this.directory.resolve("socket"))));
		try (ManagerClient client = ManagerClient.connect(ManagerAddress.parse(manager.read()), KEY)) {
			SharedMemory block = client.sharedMemory(100);
			block.buffer().put("howdy".getBytes(StandardCharsets.US_ASCII));
			ShareableList items = client.shareableList("howdy", -273.154, 100, null, true);
			assertThat(client.segments()).containsExactly(block.name(), items.name());
			assertThat(manager.ask("read('%s')".formatted(block.name()))).isEqualTo("b'howdy'");
			assertThat(manager.ask("list(shared_memory.ShareableList(name='%s'))".formatted(items.name())))
				.isEqualTo("['howdy', -273.154, 100, None, True]");
			SharedMemory released = client.sharedMemory(1);
			client.release(released.name());
			assertThat(client.segments()).containsExactly(block.name(), items.name());
			assertThat(path(released.name())).doesNotExist();
			assertThat(path(block.name())).exists();
			manager.endInput();
			assertThat(manager.waitFor()).isZero();
			assertThat(path(block.name())).doesNotExist();
			assertThat(path(items.name())).doesNotExist();
			assertThat(items.get(0)).isEqualTo("howdy");
			assertThatExceptionOfType(ManagerException.class).isThrownBy(() -> client.sharedMemory(1))
				.withMessageContaining("Could not call the manager at");
		}
	}

	@Test
	void managerOfCPythonIsReachedOverTheInternetProtocol() {
		Peer manager = this.peers.start(CPython.assume().command(MANAGER, "('127.0.0.1', 0)"));
		SocketAddress address = ManagerAddress.parse(manager.read());
		try (ManagerClient client = ManagerClient.connect(address, KEY)) {
			assertThat(client.segments()).isEmpty();
			assertThatExceptionOfType(ManagerException.class).isThrownBy(() -> client.release("no-such-segment"))
				.withMessageContaining("has refused 'release_segment'")
				.withMessageContaining("ValueError");
		}
		assertThatExceptionOfType(ManagerException.class)
			.isThrownBy(() -> ManagerClient.connect(address, new byte[] { 1 }))
			.withMessageContaining("another key");
		manager.endInput();
		assertThat(manager.waitFor()).isZero();
	}

	@Test
	void serverOfThisLibraryIsReached() {
		try (ManagerServer server = ManagerServer.builder().authkey(KEY).start();
				ManagerClient client = ManagerClient.connect(server.address(), KEY);
				SharedMemory block = client.sharedMemory(10);
				ShareableList items = client.shareableList()) {
			assertThat(items).isEmpty();
			assertThat(client.segments()).containsExactly(block.name(), items.name()).isEqualTo(server.segments());
			client.release(items.name());
			assertThat(path(items.name())).doesNotExist();
			server.close();
			assertThat(path(block.name())).doesNotExist();
		}
	}

	@Test
	void closingTheClientClosesWhatItHasMadeAndKeepsTheNames() {
		try (ManagerServer server = ManagerServer.builder().authkey(KEY).start()) {
			ManagerClient client = ManagerClient.connect(server.address(), KEY);
			SharedMemory block = client.sharedMemory(10);
			client.close();
			assertThat(block.isClosed()).isTrue();
			assertThat(path(block.name())).exists();
		}
	}

	@Test
	void segmentThatIsNotTrackedIsRemoved() {
		try (ManagerServer server = ManagerServer.builder().authkey(KEY).start();
				ManagerClient client = ManagerClient.connect(server.address(), KEY)) {
			server.close();
			assertThatExceptionOfType(ManagerException.class)
				.isThrownBy(() -> client.shareableList("a-marker-of-this-test"));
			assertThat(shmWith("a-marker-of-this-test")).isEmpty();
		}
	}

	@Test
	void managerThatIsNotThereIsReported() {
		assertThatExceptionOfType(ManagerException.class)
			.isThrownBy(() -> ManagerClient.connect(UnixDomainSocketAddress.of(this.directory.resolve("none")), KEY))
			.withMessageContaining("Could not call the manager at " + this.directory)
			.withMessageContaining("Check that it runs");
	}

	@Test
	void emptyKeyIsRefused() {
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(
				() -> ManagerClient.connect(UnixDomainSocketAddress.of(this.directory.resolve("none")), new byte[0]));
	}

	@Test
	void silentManagerIsGivenUp() throws IOException {
		UnixDomainSocketAddress address = UnixDomainSocketAddress.of(this.directory.resolve("socket"));
		try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address)) {
			assertThatExceptionOfType(ManagerException.class)
				.isThrownBy(() -> ManagerClient.connect(address, KEY, Duration.ofMillis(200)))
				.withMessageContaining("it has not answered within 200 ms");
			assertThat(silent.isOpen()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1", "\u0000\u0000\u0000\u0003abc", "\u0000\u0000\u0001\u0001", "" })
	void otherServerIsReported(String bytes) throws Exception {
		UnixDomainSocketAddress address = UnixDomainSocketAddress.of(this.directory.resolve("socket"));
		try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address)) {
			Thread thread = new Thread(() -> answer(other, bytes));
			thread.start();
			assertThatExceptionOfType(ManagerException.class).isThrownBy(() -> ManagerClient.connect(address, KEY))
				.withMessageContaining("Could not call the manager");
			thread.join();
		}
	}

	@Test
	void serverWithoutTheKeyIsNotSentTheRequest() throws Exception {
		UnixDomainSocketAddress address = UnixDomainSocketAddress.of(this.directory.resolve("socket"));
		byte[] nonce = new byte[20];
		try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address)) {
			Thread thread = new Thread(
					() -> answer(other, frame("#CHALLENGE#" + new String(nonce, StandardCharsets.US_ASCII))
							+ frame("#WELCOME#") + frame("0123456789abcdef")));
			thread.start();
			assertThatExceptionOfType(ManagerException.class).isThrownBy(() -> ManagerClient.connect(address, KEY))
				.withMessageContaining("it has another key");
			thread.join();
		}
	}

	private static String frame(String message) {
		return "\u0000\u0000\u0000" + (char) message.length() + message;
	}

	private static void answer(ServerSocketChannel server, String bytes) {
		try (SocketChannel channel = server.accept()) {
			channel.write(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
			channel.shutdownOutput();
			ByteBuffer input = ByteBuffer.allocate(1024);
			while (channel.read(input.clear()) >= 0) {
				input.clear();
			}
		}
		catch (IOException ex) {
			// The client has gone
		}
	}

	private static List<String> shmWith(String text) {
		try (var files = Files.list(Path.of("/dev/shm"))) {
			return files.filter((file) -> file.getFileName().toString().startsWith("shm_"))
				.filter((file) -> contains(file, text))
				.map(Path::toString)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean contains(Path file, String text) {
		try {
			return Files.size(file) < 1 << 20 && Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static Path path(String name) {
		return Path.of("/dev/shm", name);
	}

	private static List<CPython> pythons() {
		return CPython.ofAllVersions();
	}

}
