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
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A client of the server: what it has sent, what is to be sent to it, and how far the two
 * are. It never blocks. A client is read from only when it has been sent all that it is
 * to be sent, so it makes no backlog.
 */
final class ServerConnection {

	/** The longest request in bytes; the name of a segment has at most 250. */
	private static final int LONGEST_REQUEST = 1 << 16;

	private static final int BUFFER_SIZE = 1024;

	private final SocketChannel channel;

	private final Authentication authentication;

	private final Function<Request, Answer> calls;

	private final long timeoutNanos;

	private final String name;

	private final byte[] challenge;

	private final FrameDecoder decoder = new FrameDecoder(Authentication.LONGEST_MESSAGE);

	private final ByteBuffer input = ByteBuffer.allocate(BUFFER_SIZE).limit(0);

	private Stage stage = Stage.ANSWER;

	private long deadline;

	private @Nullable ByteBuffer output;

	private boolean silent = true;

	/**
	 * Create a connection.
	 * @param channel its channel, not blocking
	 * @param name how to call the client in messages
	 * @param authentication has the key
	 * @param timeout how long the client may take for the handshake, and for a request
	 * @param calls the methods of the server
	 */
	ServerConnection(SocketChannel channel, String name, Authentication authentication, Duration timeout,
			Function<Request, Answer> calls) {
		this.channel = channel;
		this.name = name;
		this.authentication = authentication;
		this.timeoutNanos = timeout.toNanos();
		this.calls = calls;
		this.challenge = authentication.challenge();
		this.output = FrameDecoder.encode(this.challenge);
		this.deadline = System.nanoTime() + this.timeoutNanos;
	}

	/**
	 * Send and receive what can be without waiting. Closes the connection at its end, and
	 * if the client does what it should not.
	 * @return what to wait for, as {@link SelectionKey#interestOps()}; 0 if it is closed
	 */
	int proceed() {
		try {
			while (this.channel.isOpen()) {
				if (!send()) {
					return SelectionKey.OP_WRITE;
				}
				if (this.stage == Stage.END) {
					close();
				}
				else if (!receive()) {
					return SelectionKey.OP_READ;
				}
			}
		}
		catch (IOException ex) {
			drop(ex);
		}
		catch (RuntimeException ex) {
			ManagerLog.failed("serve client " + this.name, ex);
			close();
		}
		return 0;
	}

	private boolean send() throws IOException {
		if (this.output != null) {
			this.channel.write(this.output);
			if (this.output.hasRemaining()) {
				return false;
			}
			this.output = null;
		}
		return true;
	}

	private boolean receive() throws IOException {
		byte[] message = this.decoder.decode(this.input);
		if (message != null) {
			handle(message);
			return true;
		}
		int count = this.channel.read(this.input.clear());
		this.input.flip();
		if (count < 0) {
			throw new EOFException("it has closed the connection");
		}
		this.silent &= count == 0;
		return count > 0;
	}

	private void handle(byte[] message) throws ProtocolException {
		switch (this.stage) {
			case ANSWER -> {
				boolean welcome = this.authentication.verify(this.challenge, message);
				reply(Authentication.verdict(welcome), welcome ? Stage.CHALLENGE : Stage.END);
				if (!welcome) {
					ManagerLog.refused(this.name, "It has another key");
				}
			}
			case CHALLENGE -> reply(this.authentication.answer(message), Stage.VERDICT);
			case VERDICT -> {
				Authentication.requireWelcome(message);
				this.decoder.limit(LONGEST_REQUEST);
				await(Stage.REQUEST);
			}
			case REQUEST, OBJECT_REQUEST -> answer(message);
			case END -> throw new IllegalStateException("Expected no message after the last one");
		}
	}

	private void answer(byte[] message) {
		Answer answer;
		Stage next = Stage.END;
		try {
			Request request = Request.decode(message);
			answer = this.calls.apply(request);
			boolean accepted = request.method().equals(ManagerServer.ACCEPT_CONNECTION) && !answer.isRefusal();
			next = (accepted && this.stage == Stage.REQUEST) ? Stage.OBJECT_REQUEST : Stage.END;
		}
		catch (ProtocolException ex) {
			answer = Answer.refusal(String.valueOf(ex.getMessage()));
		}
		if (answer.isRefusal()) {
			ManagerLog.refused(this.name, answer.reason());
		}
		reply(answer.encode(), next);
	}

	private void reply(byte[] message, Stage next) {
		this.output = FrameDecoder.encode(message);
		await(next);
	}

	/**
	 * Begin a stage. The handshake as a whole has one deadline, and each request another.
	 */
	private void await(Stage next) {
		this.stage = next;
		if (!next.handshake) {
			this.deadline = System.nanoTime() + this.timeoutNanos;
		}
	}

	/**
	 * How long it may still take.
	 * @return the time in nanoseconds, zero or less if it is over
	 */
	long remainingNanos(long now) {
		return this.deadline - now;
	}

	/**
	 * Close it because it has taken too long.
	 */
	void expire() {
		drop(new ProtocolException("it was silent for too long"));
	}

	/**
	 * Close it because it cannot go on. A client may leave before its first word, and
	 * between requests.
	 */
	private void drop(IOException ex) {
		close();
		boolean between = this.silent || this.stage == Stage.REQUEST || this.stage == Stage.OBJECT_REQUEST;
		if (ex instanceof ProtocolException || this.decoder.isInside() || !between) {
			ManagerLog.refused(this.name, "%s, stage: %s".formatted(ex.getMessage(), this.stage.description));
		}
		else {
			ManagerLog.left(this.name);
		}
	}

	void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			ManagerLog.failed("close the connection of client " + this.name, ex);
		}
	}

	/**
	 * What is expected of the client next, in the order of a connection.
	 */
	private enum Stage {

		ANSWER(true, "answer to the challenge"),

		CHALLENGE(true, "challenge"),

		VERDICT(true, "verdict on the answer"),

		REQUEST(false, "request"),

		/** The one call of an object that follows an accepted connection. */
		OBJECT_REQUEST(false, "request"),

		END(false, "end");

		private final boolean handshake;

		private final String description;

		Stage(boolean handshake, String description) {
			this.handshake = handshake;
			this.description = description;
		}

	}

}
