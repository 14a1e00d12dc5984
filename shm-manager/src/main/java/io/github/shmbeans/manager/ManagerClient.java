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
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.github.shmbeans.ListBuilder;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SegmentBuilder;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.ShutdownPolicy;
import io.github.shmbeans.error.InvalidOptionException;
import io.github.shmbeans.error.SegmentExistsException;
import org.jspecify.annotations.Nullable;

/**
 * Makes blocks and lists that a manager is to remove: a {@code SharedMemoryManager} of
 * CPython, or a {@link ManagerServer}. Both processes must share {@code /dev/shm}, and
 * belong to the same user.
 * <p>
 * Each call is a connection of its own. Safe for use by several threads.
 */
public final class ManagerClient implements AutoCloseable {

	/** The longest answer in bytes: the names of some hundred thousand segments. */
	private static final int LONGEST_ANSWER = 1 << 26;

	private static final int BUFFER_SIZE = 8192;

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(20);

	private final SocketAddress address;

	private final Authentication authentication;

	private final Duration timeout;

	private final SharedMemoryManager segments = SharedMemoryManager.create();

	private ManagerClient(SocketAddress address, byte[] authkey, Duration timeout) {
		this.address = address;
		this.authentication = new Authentication(authkey);
		this.timeout = timeout;
	}

	/**
	 * Connect to a manager that answers a call within 20 seconds.
	 * @param address its address, see {@link ManagerAddress#parse}
	 * @param authkey its key
	 * @return a client
	 * @throws ManagerException if it cannot be reached, or has another key
	 */
	public static ManagerClient connect(SocketAddress address, byte[] authkey) {
		return connect(address, authkey, DEFAULT_TIMEOUT);
	}

	/**
	 * Connect to a manager.
	 * @param address its address, see {@link ManagerAddress#parse}
	 * @param authkey its key
	 * @param timeout how long a call may take: greater than zero, and cut to a year
	 * @return a client
	 * @throws InvalidOptionException if the key is empty, or address or timeout cannot be
	 * used
	 * @throws ManagerException if it cannot be reached, or has another key
	 */
	public static ManagerClient connect(SocketAddress address, byte[] authkey, Duration timeout) {
		if (authkey.length == 0) {
			throw new InvalidOptionException("authkey", "Expected a key, found an empty one",
					"Use that of the manager");
		}
		ManagerAddress.requireUsable(address, true);
		ManagerClient client = new ManagerClient(address, authkey.clone(), ManagerServer.requireTimeout(timeout));
		try {
			client.call("dummy");
			return client;
		}
		catch (RuntimeException ex) {
			client.close();
			throw ex;
		}
	}

	/**
	 * Make a block. It is attached until it or this client is closed, and stays until the
	 * manager removes it.
	 * @param size the size in bytes, at least 1
	 * @return the new block, all zero
	 * @throws io.github.shmbeans.error.SharedMemoryException if it cannot be made, or the
	 * manager does not track it; nothing is left behind
	 */
	public SharedMemory sharedMemory(long size) {
		return (SharedMemory) create((name) -> SegmentSpec.block(name).size(size));
	}

	/**
	 * Make a list. It is attached until it or this client is closed, and stays until the
	 * manager removes it.
	 * @param items the items: integers, floating-point numbers, booleans, strings, byte
	 * arrays or {@code null}
	 * @return the new list
	 * @throws io.github.shmbeans.error.SharedMemoryException if it cannot be made, or the
	 * manager does not track it; nothing is left behind
	 */
	public ShareableList shareableList(@Nullable Object... items) {
		return (ShareableList) create((name) -> list(name, items));
	}

	private static ListBuilder list(String name, @Nullable Object[] items) {
		ListBuilder builder = SegmentSpec.list(name).initial();
		for (Object item : items) {
			builder.item(item);
		}
		return builder;
	}

	private SharedSegment create(Function<String, SegmentBuilder<?>> builder) {
		SharedSegment segment = null;
		while (segment == null) {
			String name = "shm_%08x".formatted(ThreadLocalRandom.current().nextInt());
			try {
				segment = this.segments.open(builder.apply(name)
					.segmentName(name)
					.mode(OpenMode.CREATE)
					.onShutdown(ShutdownPolicy.CLOSE)
					.spec());
			}
			catch (SegmentExistsException ex) {
				Thread.onSpinWait();
			}
		}
		try {
			call("track_segment", segment.name());
			return segment;
		}
		catch (RuntimeException ex) {
			undo(segment, ex);
			throw ex;
		}
	}

	private static void undo(SharedSegment segment, RuntimeException failure) {
		try (segment) {
			segment.unlink();
		}
		catch (RuntimeException ex) {
			failure.addSuppressed(ex);
		}
	}

	/**
	 * The segments that the manager is going to remove.
	 * @return their names
	 * @throws ManagerException if the call fails
	 */
	public List<String> segments() {
		if (call("list_segments") instanceof List<?> names) {
			return names.stream().map(String::valueOf).toList();
		}
		throw failure("it has sent no list of names", null);
	}

	/**
	 * Let the manager remove a segment now.
	 * @param name its name
	 * @throws ManagerException if the manager does not track it, or cannot remove it
	 */
	public void release(String name) {
		call("release_segment", name);
	}

	/**
	 * Close all blocks and lists that this client has made. The manager keeps them.
	 */
	@Override
	public void close() {
		this.segments.close();
	}

	private @Nullable Object call(String method, Object... arguments) {
		Answer answer = exchange(Request.of(method, arguments));
		if (answer.isRefusal()) {
			throw new ManagerException("The manager at %s has refused '%s': %s"
				.formatted(ManagerAddress.format(this.address), method, answer.reason()),
					"Look at what the manager logs", null);
		}
		return answer.result();
	}

	private Answer exchange(Request request) {
		try (SocketChannel channel = open()) {
			return exchangeInTime(channel, request);
		}
		catch (IOException ex) {
			throw failure(String.valueOf(ex.getMessage()), ex);
		}
	}

	/**
	 * A channel of a Unix-domain socket has no timeout other than that somebody closes
	 * it.
	 */
	private Answer exchangeInTime(SocketChannel channel, Request request) throws IOException {
		AtomicBoolean done = new AtomicBoolean();
		CompletableFuture.delayedExecutor(this.timeout.toNanos(), TimeUnit.NANOSECONDS, Runnable::run).execute(() -> {
			if (done.compareAndSet(false, true)) {
				close(channel);
			}
		});
		try {
			channel.connect(this.address);
			return exchange(channel, request);
		}
		catch (ClosedChannelException ex) {
			throw done.get()
					? new IOException("it has not answered within %d ms".formatted(this.timeout.toMillis()), ex) : ex;
		}
		finally {
			done.set(true);
		}
	}

	private SocketChannel open() throws IOException {
		return (this.address instanceof UnixDomainSocketAddress) ? SocketChannel.open(StandardProtocolFamily.UNIX)
				: SocketChannel.open();
	}

	private Answer exchange(SocketChannel channel, Request request) throws IOException {
		FrameDecoder decoder = new FrameDecoder(Authentication.LONGEST_MESSAGE);
		ByteBuffer input = ByteBuffer.allocate(BUFFER_SIZE).limit(0);
		send(channel, this.authentication.answer(receive(channel, decoder, input)));
		Authentication.requireWelcome(receive(channel, decoder, input));
		byte[] challenge = this.authentication.challenge();
		send(channel, challenge);
		boolean welcome = this.authentication.verify(challenge, receive(channel, decoder, input));
		send(channel, Authentication.verdict(welcome));
		if (!welcome) {
			throw new ProtocolException("it has another key");
		}
		send(channel, request.encode());
		decoder.limit(LONGEST_ANSWER);
		return Answer.decode(receive(channel, decoder, input));
	}

	private static void send(SocketChannel channel, byte[] message) throws IOException {
		ByteBuffer frame = FrameDecoder.encode(message);
		while (frame.hasRemaining()) {
			channel.write(frame);
		}
	}

	private static byte[] receive(SocketChannel channel, FrameDecoder decoder, ByteBuffer input) throws IOException {
		byte[] message = decoder.decode(input);
		while (message == null) {
			int count = channel.read(input.clear());
			input.flip();
			if (count < 0) {
				throw new EOFException("it has closed the connection");
			}
			message = decoder.decode(input);
		}
		return message;
	}

	private static void close(SocketChannel channel) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			ManagerLog.failed("close a connection", ex);
		}
	}

	private ManagerException failure(String reason, @Nullable Throwable cause) {
		return new ManagerException(
				"Could not call the manager at %s: %s".formatted(ManagerAddress.format(this.address), reason),
				"Check that it runs, and that address and key are the same here and there", cause);
	}

}
