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

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.testing.CPython;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The challenge of CPython 3.12 and later, spoken by any CPython: its own functions are
 * replaced by such that know the newer form and nothing else.
 */
class NewerChallengeTests {

	private static final byte[] KEY = "secret".getBytes(StandardCharsets.UTF_8);

	private static final String CHALLENGES = """
			import hmac, os, sys
			from multiprocessing import AuthenticationError, connection
			from multiprocessing.managers import SharedMemoryManager

			def sign(key, message):
			    name = message[1:message.index(b'}')]
			    return b'{%s}' % name + hmac.new(key, message, name.decode()).digest()

			def answer_challenge(c, key):
			    c.send_bytes(sign(key, c.recv_bytes(256)[len(b'#CHALLENGE#'):]))
			    if c.recv_bytes(256) != b'#WELCOME#':
			        raise AuthenticationError('digest sent was rejected')

			def deliver_challenge(c, key):
			    message = sys.argv[2].encode() + os.urandom(40)
			    c.send_bytes(b'#CHALLENGE#' + message)
			    welcome = hmac.compare_digest(c.recv_bytes(256), sign(key, message))
			    c.send_bytes(b'#WELCOME#' if welcome else b'#FAILURE#')
			    if not welcome:
			        raise AuthenticationError('digest received was wrong')

			connection.answer_challenge, connection.deliver_challenge = answer_challenge, deliver_challenge
			m = SharedMemoryManager(address=sys.argv[1], authkey=b'secret')
			""";

	private static final String CLIENT = CHALLENGES + """
			m.connect()
			block = m.SharedMemory(size=10)
			print(block.name, flush=True)
			sys.stdin.read()
			""";

	private static final String SERVER = CHALLENGES + """
			server = m.get_server()
			print(server.address, flush=True)
			server.serve_forever()
			""";

	@RegisterExtension
	final Peers peers = new Peers();

	@TempDir
	Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "{sha256}", "{sha384}", "{sha3_256}", "{sha3_384}", "{md5}" })
	void clientIsServed(String digest) {
		try (ManagerServer server = ManagerServer.builder().authkey(KEY).start()) {
			Peer client = this.peers.start(CPython.assume().command(CLIENT, server.address().toString(), digest));
			String name = client.read();
			assertThat(server.segments()).containsExactly(name);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{sha256}", "{sha384}", "{sha3_256}", "{sha3_384}", "{md5}" })
	void serverIsReached(String digest) {
		Peer server = this.peers
			.start(CPython.assume().command(SERVER, this.directory.resolve("socket").toString(), digest));
		try (ManagerClient client = ManagerClient.connect(ManagerAddress.parse(server.read()), KEY)) {
			SharedMemory block = client.sharedMemory(10);
			assertThat(client.segments()).containsExactly(block.name());
			client.release(block.name());
		}
	}

}
