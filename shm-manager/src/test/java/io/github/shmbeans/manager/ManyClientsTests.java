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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.shmbeans.testing.CPython;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * 200 clients at once make 50 calls each, and nothing is left.
 */
class ManyClientsTests {

	private static final String KEY = "secret";

	private static final int CLIENTS = 200;

	private static final int CALLS = 50;

	private static final int PROCESSES = 4;

	/**
	 * Threads that make blocks and lists through one manager, and wait to be released.
	 */
	private static final String PROCESS = """
			import sys, threading
			from multiprocessing import resource_tracker
			from multiprocessing.managers import SharedMemoryManager

			# Otherwise the tracker of this process removes at its exit what it has made
			resource_tracker.register = resource_tracker.unregister = lambda *_: None
			address, clients, calls = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
			barrier = threading.Barrier(clients)
			failures = []

			def client():
			    try:
			        m = SharedMemoryManager(address=address, authkey=b'secret')
			        m.connect()
			        barrier.wait()
			        for i in range(calls):
			            if i % 2:
			                m.ShareableList([i, 'x']).shm.close()
			            else:
			                m.SharedMemory(size=1 + i).close()
			    except Exception as e:
			        failures.append(repr(e))

			threads = [threading.Thread(target=client) for _ in range(clients)]
			for t in threads: t.start()
			for t in threads: t.join()
			print(failures, flush=True)
			""";

	@Order(1)
	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@Order(2)
	@RegisterExtension
	final RecordedLog log = new RecordedLog();

	@RegisterExtension
	final Peers peers = new Peers();

	@Test
	void clientsAtOnceAreAllServed() throws Exception {
		long descriptors = openFiles();
		ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
		try (ManagerServer server = start()) {
			CyclicBarrier allConnected = new CyclicBarrier(CLIENTS);
			List<Future<?>> clients = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				String name = String.valueOf(i);
				clients.add(threads.submit(() -> {
					Files.createFile(this.names.path(name));
					try (RawClient client = RawClient.authenticated(server.address(), KEY)) {
						allConnected.await(1, TimeUnit.MINUTES);
						client.call("track_segment", this.names.name(name));
					}
					return null;
				}));
			}
			for (Future<?> client : clients) {
				client.get();
			}
			assertThat(server.segments()).hasSize(CLIENTS);
			Awaitility.await().until(() -> server.connections() == 0);
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(this.names.existing()).isEmpty();
		assertThat(this.log.lines()).isEmpty();
		assertThat(openFiles()).isLessThanOrEqualTo(descriptors);
	}

	@Test
	@Tag("slow")
	void segmentsOfManyPythonClientsAreTrackedAndRemoved() throws IOException {
		long descriptors = openFiles();
		CPython python = CPython.assume();
		List<String> segments;
		try (ManagerServer server = start()) {
			List<Peer> processes = Stream
				.generate(() -> this.peers.start(python.command(PROCESS, server.address().toString(),
						String.valueOf(CLIENTS / PROCESSES), String.valueOf(CALLS))))
				.limit(PROCESSES)
				.toList();
			processes.forEach((process) -> {
				process.expect("[]");
				assertThat(process.waitFor()).isZero();
			});
			segments = server.segments();
			assertThat(segments).hasSize(CLIENTS * CALLS).allMatch((name) -> Files.exists(Path.of("/dev/shm", name)));
			Awaitility.await().until(() -> server.connections() == 0);
		}
		assertThat(segments).noneMatch((name) -> Files.exists(Path.of("/dev/shm", name)));
		assertThat(this.log.lines()).isEmpty();
		assertThat(openFiles()).isLessThanOrEqualTo(descriptors);
	}

	private static ManagerServer start() {
		return ManagerServer.builder().authkey(KEY.getBytes(StandardCharsets.UTF_8)).start();
	}

	/**
	 * Open sockets and selectors; the JVM opens other files as it goes.
	 */
	private static long openFiles() throws IOException {
		try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
			return descriptors.filter(ManyClientsTests::isChannel).count();
		}
	}

	private static boolean isChannel(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString().matches("socket:.*|anon_inode:.*event.*|/dev/shm/.*");
		}
		catch (IOException ex) {
			return false;
		}
	}

}
