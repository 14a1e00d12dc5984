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
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A client of a server that can do what no client should.
 */
final class RawClient implements AutoCloseable {

	private final SocketChannel channel;

	private final FrameDecoder decoder = new FrameDecoder(1 << 20);

	private final ByteBuffer input = ByteBuffer.allocate(1 << 12).limit(0);

	RawClient(SocketAddress address) throws IOException {
		this.channel = SocketChannel.open((address instanceof UnixDomainSocketAddress) ? StandardProtocolFamily.UNIX
				: StandardProtocolFamily.INET);
		this.channel.connect(address);
	}

	/**
	 * Connect and prove the key.
	 */
	static RawClient authenticated(SocketAddress address, String key) throws IOException {
		RawClient client = new RawClient(address);
		Authentication authentication = new Authentication(key.getBytes(StandardCharsets.UTF_8));
		client.send(authentication.answer(client.receive()));
		Authentication.requireWelcome(client.receive());
		client.send(authentication.challenge());
		client.receive();
		client.send(Authentication.verdict(true));
		return client;
	}

	void send(byte[] message) throws IOException {
		sendBytes(FrameDecoder.encode(message));
	}

	void sendBytes(ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			this.channel.write(bytes);
		}
	}

	byte[] receive() throws IOException {
		byte[] message = this.decoder.decode(this.input);
		while (message == null) {
			int count = this.channel.read(this.input.clear());
			this.input.flip();
			if (count < 0) {
				throw new EOFException();
			}
			message = this.decoder.decode(this.input);
		}
		return message;
	}

	Answer call(String method, Object... arguments) throws IOException {
		send(Request.of(method, arguments).encode());
		return Answer.decode(receive());
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
