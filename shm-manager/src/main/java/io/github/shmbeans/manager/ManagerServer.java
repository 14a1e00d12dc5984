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
import java.net.ProtocolException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.shmbeans.error.InvalidOptionException;
import org.jspecify.annotations.Nullable;

/**
 * What CPython's {@code SharedMemoryManager(address, authkey).connect()} connects to.
 * Segments that clients make through it are removed when it closes, or when a client asks
 * for it.
 * <p>
 * Clients and server prove to each other that they have the key; nothing is read from a
 * client before. One thread serves all clients. Safe for use by several threads.
 */
public final class ManagerServer implements AutoCloseable {

	static final String ACCEPT_CONNECTION = "accept_connection";

	/** Clients beyond wait until one of these has gone. */
	static final int MOST_CONNECTIONS = 1024;

	private static final String NO_OBJECTS = "Expected a call for segments, found one for objects, of which this manager has none. Use SharedMemory(size) and ShareableList(sequence)";

	private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final Duration LONGEST_TIMEOUT = Duration.ofDays(365);

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

	private final ListeningSocket socket;

	private final Authentication authentication;

	private final Duration timeout;

	private final TrackedSegments segments;

	private final Selector selector;

	private final SelectionKey listening;

	private final Thread thread;

	private final @Nullable Thread exitHook;

	/** Until when nobody is accepted, as this process can open no more files. */
	private long pausedUntil = System.nanoTime();

	private long accepted;

	private volatile boolean closing;

	private volatile int connections;

	private ManagerServer(Builder builder, byte[] authkey) throws IOException {
		this.authentication = new Authentication(authkey);
		this.timeout = builder.timeout;
		this.segments = new TrackedSegments();
		this.socket = ListeningSocket.open(builder.address);
		try {
			this.selector = Selector.open();
			this.listening = this.socket.channel()
				.configureBlocking(false)
				.register(this.selector, SelectionKey.OP_ACCEPT);
		}
		catch (IOException ex) {
			this.socket.close();
			throw ex;
		}
		this.thread = new Thread(this::run, "shm-manager");
		this.thread.setDaemon(true);
		this.exitHook = builder.closeOnExit ? new Thread(this::stop, "shm-manager-close-on-exit") : null;
	}

	/**
	 * Begin a server.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Where the server listens.
	 * @return the address; with the port that was found for port 0
	 */
	public SocketAddress address() {
		return this.socket.address();
	}

	/**
	 * How many clients are connected now.
	 * @return the number of connections, also of those that have not proved the key yet
	 */
	public int connections() {
		return this.connections;
	}

	/**
	 * The segments that will be removed, in the order in which they were tracked.
	 * @return a snapshot of their names
	 */
	public List<String> segments() {
		return this.segments.names();
	}

	/**
	 * Whether clients can reach the server.
	 * @return {@code false} if it is closed, or somebody has removed its socket
	 */
	public boolean isReachable() {
		return this.thread.isAlive() && !this.closing && this.socket.isLinked();
	}

	/**
	 * Disconnect all clients, and remove the socket and all tracked segments. Idempotent.
	 */
	@Override
	public void close() {
		stop();
		if (this.exitHook != null) {
			try {
				Runtime.getRuntime().removeShutdownHook(this.exitHook);
			}
			catch (IllegalStateException ex) {
				// The JVM is exiting, and keeps its hooks
			}
		}
	}

	static Duration requireTimeout(Duration timeout) {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new InvalidOptionException("timeout", "Expected a timeout greater than zero, found " + timeout,
					"Use a duration such as 10 seconds");
		}
		return (timeout.compareTo(LONGEST_TIMEOUT) > 0) ? LONGEST_TIMEOUT : timeout;
	}

	private synchronized void stop() {
		if (!this.closing) {
			this.closing = true;
			this.selector.wakeup();
			joinUninterruptibly();
			ManagerLog.stopped(ManagerAddress.format(address()), this.segments.releaseAll());
		}
	}

	private void joinUninterruptibly() {
		boolean interrupted = false;
		while (this.thread.isAlive()) {
			try {
				this.thread.join();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private void start() {
		if (this.exitHook != null) {
			Runtime.getRuntime().addShutdownHook(this.exitHook);
		}
		this.thread.start();
		ManagerLog.started(ManagerAddress.format(address()));
	}

	private void run() {
		try (this.selector; this.socket) {
			serve();
		}
		catch (IOException | RuntimeException ex) {
			ManagerLog.failed("go on serving", ex);
		}
	}

	private void serve() throws IOException {
		try {
			while (!this.closing) {
				this.selector.select(this::proceed, timeoutMillis());
			}
		}
		finally {
			connected().forEach(ServerConnection::close);
			this.connections = 0;
		}
	}

	/**
	 * Close connections that have taken too long.
	 * @return how long to wait for an event, 0 for ever
	 */
	private long timeoutMillis() {
		long now = System.nanoTime();
		List<ServerConnection> connected = connected();
		connected.stream()
			.filter((connection) -> connection.remainingNanos(now) <= 0)
			.forEach(ServerConnection::expire);
		connected = connected();
		this.connections = connected.size();
		boolean paused = this.pausedUntil - now > 0;
		this.listening.interestOps((paused || connected.size() >= MOST_CONNECTIONS) ? 0 : SelectionKey.OP_ACCEPT);
		long nanos = connected.stream()
			.mapToLong((connection) -> connection.remainingNanos(now))
			.min()
			.orElse(Long.MAX_VALUE);
		nanos = paused ? Math.min(nanos, this.pausedUntil - now) : nanos;
		return (nanos == Long.MAX_VALUE) ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos) + 1;
	}

	private List<ServerConnection> connected() {
		return this.selector.keys()
			.stream()
			.filter((key) -> key.isValid() && key != this.listening)
			.map((key) -> (ServerConnection) key.attachment())
			.toList();
	}

	private void proceed(SelectionKey key) {
		if (key == this.listening) {
			accept();
		}
		else {
			int operations = ((ServerConnection) key.attachment()).proceed();
			if (operations != 0) {
				key.interestOps(operations);
			}
		}
	}

	private void accept() {
		try {
			SocketChannel channel = this.socket.channel().accept();
			if (channel != null) {
				open(channel);
			}
		}
		catch (IOException ex) {
			ManagerLog.failed("accept a client", ex);
			this.pausedUntil = System.nanoTime() + PAUSE_NANOS;
		}
	}

	private void open(SocketChannel channel) throws IOException {
		String address = ManagerAddress.format(channel.getRemoteAddress());
		String name = "#%d%s".formatted(++this.accepted, address.isEmpty() ? "" : " at " + address);
		ServerConnection connection = new ServerConnection(channel, name, this.authentication, this.timeout,
				this::call);
		proceed(channel.configureBlocking(false).register(this.selector, 0, connection));
	}

	private Answer call(Request request) {
		try {
			if (request.object() != null) {
				return Answer.refusal(NO_OBJECTS);
			}
			return switch (request.method()) {
				case "dummy" -> answer(request, null);
				case ACCEPT_CONNECTION -> {
					request.text();
					yield Answer.of(null);
				}
				case "track_segment" -> {
					this.segments.track(request.text());
					yield Answer.of(null);
				}
				case "release_segment" -> {
					this.segments.release(request.text());
					yield Answer.of(null);
				}
				case "list_segments" -> answer(request, this.segments.names());
				case "number_of_objects" -> answer(request, 0);
				case "debug_info" -> answer(request, "");
				case "create", "get_methods", "incref", "decref" -> Answer.refusal(NO_OBJECTS);
				case "shutdown" -> Answer.refusal(
						"Expected the application to stop its manager, found a client that asks for it. Remove your own segments with release_segment");
				default -> Answer.refusal("Expected a method of a SharedMemoryManager, found another name");
			};
		}
		catch (ProtocolException | ManagerException ex) {
			return Answer.refusal(String.valueOf(ex.getMessage()));
		}
	}

	private static Answer answer(Request request, @Nullable Object result) throws ProtocolException {
		request.requireNoArguments();
		return Answer.of(result);
	}

	/**
	 * Builds a server.
	 */
	public static final class Builder {

		private @Nullable SocketAddress address;

		private byte @Nullable [] authkey;

		private boolean allowRemote;

		private boolean closeOnExit = true;

		private Duration timeout = DEFAULT_TIMEOUT;

		private Builder() {
		}

		/**
		 * Set where to listen: at a Unix-domain socket, whose directory is made if it
		 * does not exist, or at an internet address.
		 * @param address the address, see {@link ManagerAddress#parse}; by default a
		 * Unix-domain socket in a new directory for temporary files
		 * @return this builder
		 */
		public Builder address(SocketAddress address) {
			this.address = address;
			return this;
		}

		/**
		 * Set the key that clients must have. Required.
		 * @param authkey the key, not empty
		 * @return this builder
		 */
		public Builder authkey(byte[] authkey) {
			this.authkey = authkey.clone();
			return this;
		}

		/**
		 * Set whether other hosts may reach the server. Nothing is encrypted.
		 * @param allowRemote {@code false}, the default, to refuse an address that is not
		 * a loopback one
		 * @return this builder
		 */
		public Builder allowRemote(boolean allowRemote) {
			this.allowRemote = allowRemote;
			return this;
		}

		/**
		 * Set whether the exit of the JVM closes the server.
		 * @param closeOnExit {@code true}, the default, to close it then
		 * @return this builder
		 */
		public Builder closeOnExit(boolean closeOnExit) {
			this.closeOnExit = closeOnExit;
			return this;
		}

		/**
		 * Set how long a client may take to prove that it has the key, and then for each
		 * request.
		 * @param timeout the time, greater than zero and cut to a year; 10 seconds by
		 * default
		 * @return this builder
		 */
		public Builder timeout(Duration timeout) {
			this.timeout = requireTimeout(timeout);
			return this;
		}

		/**
		 * Start the server.
		 * @return the running server
		 * @throws InvalidOptionException if there is no key, or the address cannot be
		 * used safely
		 * @throws ManagerException if the address is taken or cannot be used
		 */
		public ManagerServer start() {
			if (this.authkey == null || this.authkey.length == 0) {
				throw new InvalidOptionException("authkey", "Expected a key, found none or an empty one",
						"Use a long random text, and give it to those who may connect");
			}
			if (this.address != null) {
				ManagerAddress.requireUsable(this.address, this.allowRemote);
			}
			try {
				ManagerServer server = new ManagerServer(this, this.authkey);
				server.start();
				return server;
			}
			catch (IOException ex) {
				throw new ManagerException("Could not start the manager: " + ex.getMessage(),
						"Look at the limit of open files of this process", ex);
			}
		}

	}

}
