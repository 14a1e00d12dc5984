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

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.shmbeans.error.InvalidOptionException;
import io.github.shmbeans.testing.SegmentNames;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link ManagerServer}.
 */
class ManagerServerTests {

	private static final String KEY = "secret";

	private static final Duration SHORT = Duration.ofSeconds(2);

	@Order(1)
	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@Order(2)
	@RegisterExtension
	final RecordedLog log = new RecordedLog();

	@TempDir
	Path directory;

	private final List<ManagerServer> servers = new ArrayList<>();

	@AfterEach
	void close() {
		this.servers.forEach(ManagerServer::close);
	}

	@Test
	void callsOfASharedMemoryManagerAreAnswered() throws IOException {
		ManagerServer server = start();
		Files.createFile(this.names.path("a"));
		assertThat(call(server, "dummy")).isEqualTo(Answer.of(null));
		assertThat(call(server, "track_segment", this.names.name("a"))).isEqualTo(Answer.of(null));
		assertThat(call(server, "list_segments").result()).isEqualTo(List.of(this.names.name("a")));
		assertThat(server.segments()).containsExactly(this.names.name("a"));
		assertThat(call(server, "number_of_objects")).isEqualTo(Answer.of(0));
		assertThat(call(server, "debug_info")).isEqualTo(Answer.of(""));
		assertThat(call(server, "release_segment", this.names.name("a"))).isEqualTo(Answer.of(null));
		assertThat(this.names.path("a")).doesNotExist();
		assertThat(server.segments()).isEmpty();
		assertThat(this.log.lines()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "create, of which this manager has none", "get_methods, of which this manager has none",
			"incref, of which this manager has none", "decref, of which this manager has none",
			"shutdown, Expected the application to stop its manager", "serve_forever, found another name",
			"dummy, Expected no arguments", "list_segments, Expected no arguments",
			"track_segment, Expected the name of a segment", "release_segment, Expected the name of a segment" })
	void otherCallsAreRefusedWithAReasonAndOneLine(String method, String reason) throws IOException {
		ManagerServer server = start();
		Answer answer = call(server, method, "/etc/passwd");
		assertThat(answer.kind()).isEqualTo("#TRACEBACK");
		assertThat(answer.reason()).contains(reason);
		assertThat(this.log.lines()).singleElement().asString().contains(reason);
		assertServes(server);
	}

	@Test
	void callOfAnObjectIsRefusedAndEndsTheConnection() throws IOException {
		ManagerServer server = start();
		try (RawClient client = RawClient.authenticated(server.address(), KEY)) {
			assertThat(client.call("accept_connection", "MainProcess")).isEqualTo(Answer.of(null));
			client.send(new Request("7f00", "append", List.of(1)).encode());
			assertThat(Answer.decode(client.receive()).reason()).contains("of which this manager has none");
			assertThatIOException().isThrownBy(client::receive);
		}
		Awaitility.await().until(() -> server.connections() == 0);
		assertThat(this.log.lines()).hasSize(1);
	}

	@Test
	void closingRemovesSegmentsSocketAndThread() throws IOException {
		ManagerServer server = start();
		Path socket = ((UnixDomainSocketAddress) server.address()).getPath();
		Files.createFile(this.names.path("a"));
		Files.createFile(this.names.path("b"));
		call(server, "track_segment", this.names.name("a"));
		call(server, "track_segment", this.names.name("b"));
		assertThat(server.isReachable()).isTrue();
		try (RawClient client = RawClient.authenticated(server.address(), KEY)) {
			server.close();
			server.close();
			assertThatIOException().isThrownBy(client::receive);
		}
		assertThat(this.names.existing()).isEmpty();
		assertThat(socket).doesNotExist();
		assertThat(socket.getParent()).doesNotExist();
		assertThat(server.isReachable()).isFalse();
		assertThat(threads()).isZero();
	}

	@Test
	void socketIsPrivate() throws IOException {
		ManagerServer server = start();
		Path socket = ((UnixDomainSocketAddress) server.address()).getPath();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket))).isEqualTo("rw-------");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
			.isEqualTo("rwx------");
		Files.delete(socket);
		assertThat(server.isReachable()).isFalse();
	}

	@Test
	void directoryOfTheSocketIsMadeAndRemoved() throws IOException {
		Path socket = this.directory.resolve("made/manager.sock");
		ManagerServer server = start(unix(socket));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
			.isEqualTo("rwx------");
		assertServes(server);
		server.close();
		assertThat(socket.getParent()).doesNotExist();
	}

	@Test
	void directoryThatOthersCanChangeIsRefused() throws IOException {
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwxrwx---"));
		assertThatExceptionOfType(InvalidOptionException.class)
			.isThrownBy(() -> start(unix(this.directory.resolve("manager.sock"))))
			.withMessageContaining("with permissions 0770");
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void socketOfAKilledServerIsReplacedAndThatOfALivingOneIsNot() throws IOException {
		UnixDomainSocketAddress address = unix(this.directory.resolve("manager.sock"));
		ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address).close();
		assertThat(address.getPath()).exists();
		ManagerServer server = start(address);
		assertServes(server);
		assertThatExceptionOfType(ManagerException.class).isThrownBy(() -> start(address))
			.withMessageContaining("another program does");
		assertServes(server);
	}

	@Test
	void pathThatIsNoFileIsRefused() {
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(() -> start(unix(Path.of("/"))))
			.withMessageContaining("Expected the path of a socket, found '/'");
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(() -> start(unix(Path.of("manager.sock"))))
			.withMessageContaining("Expected the absolute path");
		assertThatExceptionOfType(ManagerException.class)
			.isThrownBy(() -> start(unix(this.directory.resolve("no/such/manager.sock"))))
			.withMessageContaining("NoSuchFile");
	}

	@Test
	void fileInThePlaceOfTheSocketIsKept() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		assertThatExceptionOfType(ManagerException.class).isThrownBy(() -> start(unix(file)))
			.withMessageContaining("found another file");
		assertThat(file).exists();
	}

	@Test
	void portThatIsTakenIsReported() throws IOException {
		ManagerServer server = start(new InetSocketAddress("127.0.0.1", 0));
		assertServes(server);
		assertThatExceptionOfType(ManagerException.class).isThrownBy(() -> start(server.address()))
			.withMessageContaining("Could not listen at 127.0.0.1:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.0.0.0", "192.0.2.1" })
	void addressThatOthersCanReachIsRefusedUnlessAllowed(String host) {
		InetSocketAddress address = new InetSocketAddress(host, 0);
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(() -> start(address))
			.satisfies((ex) -> assertThat(ex.option()).isEqualTo("address"))
			.withMessageContaining("set allow-remote to true");
	}

	@Test
	void addressThatOthersCanReachIsUsedIfAllowed() throws IOException {
		ManagerServer server = ManagerServer.builder()
			.address(new InetSocketAddress("0.0.0.0", 0))
			.authkey(bytes(KEY))
			.allowRemote(true)
			.start();
		this.servers.add(server);
		assertServes(new InetSocketAddress("127.0.0.1", ((InetSocketAddress) server.address()).getPort()));
	}

	@Test
	void keyIsRequired() {
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(() -> ManagerServer.builder().start())
			.satisfies((ex) -> assertThat(ex.option()).isEqualTo("authkey"));
		assertThatExceptionOfType(InvalidOptionException.class)
			.isThrownBy(() -> ManagerServer.builder().authkey(new byte[0]).start());
	}

	@Test
	void clientWithAnotherKeyIsRefused() throws IOException {
		ManagerServer server = start();
		assertThatIOException().isThrownBy(() -> RawClient.authenticated(server.address(), "other"))
			.withMessageContaining("another key");
		assertRefused(server, "It has another key");
	}

	@Test
	void clientThatAnswersWithItsOwnChallengeIsRefused() throws IOException {
		ManagerServer server = start();
		try (RawClient client = new RawClient(server.address())) {
			client.send(client.receive());
			assertThat(client.receive()).isEqualTo(Authentication.verdict(false));
		}
		assertRefused(server, "It has another key");
	}

	@Test
	void nothingIsUnpickledBeforeTheKeyIsProved() throws IOException {
		ManagerServer server = start();
		try (RawClient client = new RawClient(server.address())) {
			client.receive();
			client.send(Request.of("track_segment", "a").encode());
			assertThat(client.receive()).isEqualTo(Authentication.verdict(false));
			assertThatExceptionOfType(EOFException.class).isThrownBy(client::receive);
		}
		assertRefused(server, "It has another key");
	}

	@Test
	void garbageIsRefused() throws IOException {
		ManagerServer server = start();
		try (RawClient client = new RawClient(server.address())) {
			client.receive();
			client.sendBytes(ByteBuffer.wrap(bytes("GET / HTTP/1.1\r\n\r\n")));
			assertThatIOException().isThrownBy(client::receive);
		}
		assertRefused(server, "Expected a message of at most 256 bytes");
	}

	@Test
	void oversizedFrameIsRefused() throws IOException {
		ManagerServer server = start();
		try (RawClient client = RawClient.authenticated(server.address(), KEY)) {
			client.sendBytes(ByteBuffer.allocate(12).putInt(-1).putLong(1L << 40).flip());
			assertThatIOException().isThrownBy(client::receive);
		}
		assertRefused(server, "Expected a message of at most 65536 bytes, found the length 1099511627776");
	}

	@Test
	void halfAMessageIsRefused() throws IOException {
		ManagerServer server = start();
		try (RawClient client = RawClient.authenticated(server.address(), KEY)) {
			ByteBuffer frame = FrameDecoder.encode(Request.of("dummy").encode());
			client.sendBytes(frame.limit(frame.limit() - 1));
		}
		assertRefused(server, "it has closed the connection, stage: request");
	}

	@Test
	void clientThatDiesInTheHandshakeIsRefused() throws IOException {
		ManagerServer server = start();
		try (RawClient client = new RawClient(server.address())) {
			client.send(new Authentication(bytes(KEY)).answer(client.receive()));
			client.receive();
		}
		assertRefused(server, "it has closed the connection, stage: challenge");
	}

	@Test
	void clientThatLeavesWithoutAWordIsNoWarning() throws IOException {
		ManagerServer server = start();
		new RawClient(server.address()).close();
		RawClient.authenticated(server.address(), KEY).close();
		Awaitility.await().until(() -> server.connections() == 0);
		assertServes(server);
		assertThat(this.log.lines()).isEmpty();
	}

	@Test
	void clientThatDiesBeforeItsAnswerIsServed() throws IOException {
		ManagerServer server = start();
		Files.createFile(this.names.path("a"));
		try (RawClient client = RawClient.authenticated(server.address(), KEY)) {
			client.send(Request.of("track_segment", this.names.name("a")).encode());
		}
		Awaitility.await().until(() -> server.segments().size() == 1);
		assertServes(server);
	}

	@Test
	void silentClientsAreDroppedAndOthersServedMeanwhile() throws IOException {
		ManagerServer server = start(null, SHORT);
		try (RawClient silent = new RawClient(server.address());
				RawClient authenticated = RawClient.authenticated(server.address(), KEY)) {
			assertServes(server);
			silent.receive();
			assertThatIOException().isThrownBy(silent::receive);
			assertThatIOException().isThrownBy(authenticated::receive);
		}
		Awaitility.await().until(() -> server.connections() == 0);
		assertThat(this.log.lines()).hasSize(2)
			.allSatisfy((line) -> assertThat(line).contains("it was silent for too long"));
		assertServes(server);
	}

	@Test
	void clientThatSendsBitByBitHasNoMoreTime() throws IOException {
		ManagerServer server = start(null, SHORT);
		try (RawClient slow = new RawClient(server.address())) {
			slow.receive();
			slow.sendBytes(ByteBuffer.allocate(4).putInt(256).flip());
			Awaitility.await().pollInterval(SHORT.dividedBy(10)).until(() -> !isSent(slow));
		}
		assertRefused(server, "it was silent for too long, stage: answer to the challenge");
	}

	@Test
	void pickleOfAGlobalIsRefusedWithAReason() throws IOException {
		ManagerServer server = start();
		try (RawClient client = RawClient.authenticated(server.address(), KEY)) {
			client.send(bytes("cos\nsystem\n(S'true'\ntR."));
			assertThat(Answer.decode(client.receive()).reason()).contains("found opcode 0x63");
			assertThatIOException().isThrownBy(client::receive);
		}
		assertRefused(server, "found opcode 0x63");
	}

	@Test
	void clientBeyondTheLimitIsServedWhenAnotherHasGone() throws IOException {
		ManagerServer server = start();
		List<RawClient> silent = new ArrayList<>();
		try {
			for (int i = 0; i < ManagerServer.MOST_CONNECTIONS; i++) {
				silent.add(new RawClient(server.address()));
			}
			Awaitility.await().until(() -> server.connections() == ManagerServer.MOST_CONNECTIONS);
			try (RawClient next = new RawClient(server.address())) {
				assertThat(server.connections()).isEqualTo(ManagerServer.MOST_CONNECTIONS);
				silent.get(0).close();
				assertThat(next.receive()).isNotEmpty();
			}
		}
		finally {
			for (RawClient client : silent) {
				client.close();
			}
		}
		assertServes(server);
		assertThat(this.log.lines()).isEmpty();
	}

	private ManagerServer start() {
		return start(null);
	}

	private ManagerServer start(SocketAddress address) {
		return start(address, Duration.ofSeconds(30));
	}

	private ManagerServer start(SocketAddress address, Duration timeout) {
		ManagerServer.Builder builder = ManagerServer.builder().authkey(bytes(KEY)).timeout(timeout);
		ManagerServer server = ((address != null) ? builder.address(address) : builder).start();
		this.servers.add(server);
		return server;
	}

	private void assertRefused(ManagerServer server, String reason) throws IOException {
		Awaitility.await().until(() -> server.connections() == 0 && !this.log.lines().isEmpty());
		assertThat(this.log.lines()).singleElement().asString().contains(reason);
		assertServes(server);
	}

	private static void assertServes(ManagerServer server) throws IOException {
		assertServes(server.address());
	}

	private static void assertServes(SocketAddress address) throws IOException {
		try (RawClient client = RawClient.authenticated(address, KEY)) {
			assertThat(client.call("number_of_objects")).isEqualTo(Answer.of(0));
		}
	}

	private static boolean isSent(RawClient client) {
		try {
			client.sendBytes(ByteBuffer.allocate(1));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static Answer call(ManagerServer server, String method, Object... arguments) throws IOException {
		try (RawClient client = RawClient.authenticated(server.address(), KEY)) {
			return client.call(method, arguments);
		}
	}

	private static UnixDomainSocketAddress unix(Path path) {
		return UnixDomainSocketAddress.of(path);
	}

	private static long threads() {
		return Stream.of(Thread.getAllStackTraces().keySet().toArray(Thread[]::new))
			.filter((thread) -> thread.getName().equals("shm-manager"))
			.count();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
