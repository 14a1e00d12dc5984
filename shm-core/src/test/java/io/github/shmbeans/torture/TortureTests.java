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

package io.github.shmbeans.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import io.github.shmbeans.Attachment;
import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.error.OwnerDiedException;
import io.github.shmbeans.testing.CPython;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills, stops and terminates processes at random moments and checks that the others go
 * on correctly. Runs until both {@code torture.seconds} are over and
 * {@code torture.kills} processes were ended with SIGKILL.
 */
@Tag("slow")
class TortureTests {

	private static final int PROCESSES = 4;

	private static final Duration SECONDS = Duration.ofSeconds(Long.getLong("torture.seconds", 60));

	private static final int KILLS = Integer.getInteger("torture.kills", 0);

	private static final Optional<CPython> PYTHON = CPython.find();

	/**
	 * What each process prints first: what stands before it comes from a JVM that was
	 * terminated while it initialized itself.
	 */
	static final String STARTED = "started";

	/**
	 * What JDK 25 itself prints when it is terminated before it has loaded its classes.
	 */
	private static final String EARLY_EXIT = "Runtime.exit(143) logging failed";

	private static final int MOST_WORKERS = 100_000;

	private static final Duration LONGEST_STOP = Duration.ofMillis(100);

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@TempDir
	Path directory;

	private final List<Process> workers = new ArrayList<>();

	private final List<Long> pids = new ArrayList<>();

	private final List<Path> logs = new ArrayList<>();

	private final long seed = Long.getLong("torture.seed", System.nanoTime());

	private final Random random = new Random(this.seed);

	private Process reader;

	private int kills;

	@AfterEach
	void endProcesses() throws InterruptedException {
		for (Process worker : all()) {
			worker.destroyForcibly().waitFor();
		}
	}

	@Test
	void everyPromiseHoldsWhileProcessesAreKilledAtRandomMoments() throws Exception {
		System.out.println("torture seed " + this.seed);
		Path file = this.directory.resolve("progress");
		Progress progress = Progress.open(file, MOST_WORKERS);
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			SharedValue<Long> counter = manager.value(this.names.name("counter"), ElementType.INT64).open();
			SharedArray<Long> group = manager.array(this.names.name("group"), ElementType.INT64)
				.length(TortureWorker.GROUP + 1)
				.open();
			torture();
			terminate();
			assertThat(violations()).isEmpty();
			assertThat(progress.operations()).as("more operations than processes").isGreaterThan(this.logs.size());
			assertThat(counter.get()).isBetween(progress.completed(), progress.started());
			assertThat(progress.started() - progress.completed()).isLessThanOrEqualTo(this.logs.size());
			assertThat(progress.longestWaitNanos()).isLessThan(Duration.ofSeconds(10).toNanos());
			assertThat(counter.status().attachments()).extracting(Attachment::pid)
				.containsExactly(ProcessHandle.current().pid());
			assertThat(counter.lock().waiting()).isZero();
			System.out.printf(
					"torture: %d SIGKILLs, %d processes, %d operations, %d increments, %d repairs, longest wait %d ms%n",
					this.kills, this.logs.size(), progress.operations(), counter.get(), progress.recoveries(),
					Duration.ofNanos(progress.longestWaitNanos()).toMillis());
			assertThat(isHadAtOnce(group.lock())).isTrue();
			group.lock().unlock();
		}
		removeChurnOfTheKilled();
		assertThat(this.names.existing()).isEmpty();
	}

	/**
	 * Whether nobody living has the lock. The last one who died with it may be reported.
	 */
	private static boolean isHadAtOnce(SharedLock lock) {
		try {
			return lock.tryLock();
		}
		catch (OwnerDiedException ex) {
			lock.recover(() -> {
			});
			return lock.tryLock();
		}
	}

	/**
	 * A segment whose every attachment was killed stays until the next process with its
	 * name comes and goes.
	 */
	private void removeChurnOfTheKilled() {
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			for (String name : this.names.existing()) {
				if (name.endsWith("list")) {
					manager.list(name).initial(0, "", "").open();
				}
				else {
					manager.value(name, ElementType.INT64).open();
				}
			}
		}
	}

	private void torture() throws IOException, InterruptedException {
		for (int i = 0; i < PROCESSES; i++) {
			this.workers.add(worker());
		}
		if (PYTHON.isPresent()) {
			this.reader = reader();
		}
		else {
			System.out.println("torture without CPython: name one in SHM_TEST_PYTHON");
		}
		long end = System.nanoTime() + SECONDS.toNanos();
		while (System.nanoTime() < end || this.kills < KILLS) {
			LockSupport.parkNanos(Duration.ofMillis(this.random.nextInt(300)).toNanos());
			hurt(this.random.nextInt(PROCESSES));
			if (this.reader != null && this.random.nextInt(20) == 0) {
				killReader();
			}
		}
	}

	private void hurt(int victim) throws IOException, InterruptedException {
		Process worker = this.workers.get(victim);
		switch (this.random.nextInt(10)) {
			case 0, 1 -> {
				stop(worker);
				signal(worker, "CONT");
				return;
			}
			case 2 -> {
				stop(worker);
				kill(worker);
			}
			case 3 -> {
				worker.destroy();
				Awaitility.await().until(() -> !worker.isAlive());
			}
			default -> kill(worker);
		}
		this.workers.set(victim, worker());
	}

	private void killReader() throws IOException, InterruptedException {
		kill(this.reader);
		this.reader = reader();
	}

	private Process reader() throws IOException {
		return start(
				PYTHON.orElseThrow().fileCommand("src/test/resources/torture/reader.py", this.names.name("counter")));
	}

	private void kill(Process worker) throws InterruptedException {
		worker.destroyForcibly().waitFor();
		this.kills++;
	}

	private void stop(Process worker) throws IOException, InterruptedException {
		signal(worker, "STOP");
		LockSupport.parkNanos(this.random.nextLong(LONGEST_STOP.toNanos()));
	}

	private static void signal(Process worker, String name) throws IOException, InterruptedException {
		new ProcessBuilder("kill", "-" + name, Long.toString(worker.pid())).start().waitFor();
	}

	private Process worker() throws IOException {
		int number = this.logs.size();
		return start(Peers.javaCommand(TortureWorker.class, this.names.prefix(),
				this.directory.resolve("progress").toString(), String.valueOf(MOST_WORKERS), String.valueOf(number)));
	}

	private Process start(List<String> command) throws IOException {
		Path log = this.directory.resolve("log-" + this.logs.size());
		this.logs.add(log);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		this.pids.add(process.pid());
		return process;
	}

	private List<Process> all() {
		List<Process> all = new ArrayList<>(this.workers);
		if (this.reader != null) {
			all.add(this.reader);
		}
		return all;
	}

	private void terminate() {
		all().forEach(Process::destroy);
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> all().stream().noneMatch(Process::isAlive));
	}

	private List<String> violations() throws IOException {
		List<String> violations = new ArrayList<>();
		for (Path log : this.logs) {
			Files.readAllLines(log)
				.stream()
				.dropWhile((line) -> !STARTED.equals(line))
				.skip(1)
				.filter((line) -> !line.startsWith(EARLY_EXIT))
				.forEach(violations::add);
		}
		for (Long pid : this.pids) {
			Path crash = Path.of("target", "hs_err_" + pid + ".log");
			if (Files.exists(crash)) {
				violations.add(crash.toString());
			}
		}
		return violations;
	}

}
