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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.LogManager;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.error.OwnerDiedException;

/**
 * A process that opens, locks, writes and closes shared objects at random until it is
 * killed or terminated, and prints a line for each promise that it finds broken.
 * Arguments: prefix of the segment names, progress file, number of workers, own number.
 */
public final class TortureWorker {

	static final int GROUP = 8;

	/** From the flags of {@code /proc/PID/stat}: the process is on its way out. */
	private static final long PF_EXITING = 4;

	private static final int MOST_DWELL_NANOS = 2_000_000;

	private final String prefix;

	private final Progress progress;

	private final int number;

	private final Random random;

	private final long pid = ProcessHandle.current().pid();

	private TortureWorker(String prefix, Progress progress, int number) {
		this.prefix = prefix;
		this.progress = progress;
		this.number = number;
		this.random = new Random(number);
	}

	public static void main(String[] arguments) {
		LogManager.getLogManager().reset();
		System.out.println(TortureTests.STARTED);
		Progress progress = Progress.open(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
		TortureWorker worker = new TortureWorker(arguments[0], progress, Integer.parseInt(arguments[3]));
		while (true) {
			worker.openAndUse();
		}
	}

	/**
	 * A JVM that is terminated while it starts removes JNA's library before it has loaded
	 * it: an error then is no violation, as is no closed segment.
	 */
	private void openAndUse() {
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			SharedValue<Long> counter = manager.value(this.prefix + "counter", ElementType.INT64).open();
			SharedArray<Long> group = manager.array(this.prefix + "group", ElementType.INT64).length(GROUP + 1).open();
			ShareableList list = manager.list(this.prefix + "list").initial(0, "value-0").item("", 64).open();
			int steps = this.random.nextInt(2_000);
			for (int i = 0; i < steps; i++) {
				switch (this.random.nextInt(8)) {
					case 0 -> churn();
					case 1, 2 -> writeGroup(group);
					case 3 -> writeList(list);
					default -> increment(counter);
				}
			}
		}
		catch (IllegalStateException | LinkageError ex) {
			if (!isExiting()) {
				violation(ex.toString());
			}
		}
		catch (RuntimeException ex) {
			violation(ex.toString());
		}
	}

	private boolean isExiting() {
		try {
			Thread hook = new Thread();
			Runtime.getRuntime().addShutdownHook(hook);
			Runtime.getRuntime().removeShutdownHook(hook);
			return false;
		}
		catch (IllegalStateException ex) {
			return true;
		}
	}

	private void increment(SharedValue<Long> counter) {
		this.progress.incrementStarted(this.number);
		long start = System.nanoTime();
		counter.update((value) -> value + 1);
		this.progress.operated(this.number, System.nanoTime() - start);
		this.progress.incrementCompleted(this.number);
	}

	/**
	 * Segments that nobody keeps open: created, attached and unlinked against each other.
	 */
	private void churn() {
		String name = this.prefix + "churn-" + this.random.nextInt(3);
		try (SharedMemoryManager manager = SharedMemoryManager.builder().closeOnExit(false).build()) {
			SharedValue<Long> value = manager.value(name, ElementType.INT64).initial(1_000_000L).open();
			long found = value.getAndAdd(1L);
			if (found < 1_000_000L) {
				violation("churn found " + found);
			}
		}
	}

	private void writeGroup(SharedArray<Long> group) {
		lock(group.lock(), () -> repairGroup(group));
		try {
			long first = group.getLong(0);
			for (int i = 1; i < GROUP; i++) {
				if (group.getLong(i) != first) {
					violation("torn group " + group.slice(0, GROUP));
				}
			}
			if (group.getLong(GROUP) != 0) {
				violation("process " + group.getLong(GROUP) + " is inside too");
			}
			group.setLong(GROUP, this.pid);
			boolean dwell = this.random.nextInt(20) == 0;
			for (int i = 0; i < GROUP; i++) {
				group.setLong(i, first + 1);
				if (dwell) {
					LockSupport.parkNanos(this.random.nextInt(MOST_DWELL_NANOS));
				}
			}
			if (group.getLong(GROUP) != this.pid) {
				violation("process " + group.getLong(GROUP) + " came inside");
			}
			group.setLong(GROUP, 0);
		}
		finally {
			group.lock().unlock();
		}
	}

	private void repairGroup(SharedArray<Long> group) {
		long inside = group.getLong(GROUP);
		if (inside != 0 && isAlive(inside)) {
			violation("taken over from process " + inside + ", which lives");
		}
		group.setLong(GROUP, 0);
		long first = group.getLong(0);
		for (int i = 1; i < GROUP; i++) {
			group.setLong(i, first);
		}
	}

	private void writeList(ShareableList list) {
		lock(list.lock(), () -> {
			list.setLong(0, 0);
			list.set(1, "value-0");
			list.set(2, "");
		});
		try {
			long number = list.getLong(0);
			if (!Objects.equals(list.get(1), "value-" + number)) {
				violation("torn list " + list);
			}
			long next = (number + 1) % 9;
			list.setLong(0, next);
			list.set(2, "x".repeat((int) next * 7));
			list.set(1, "value-" + next);
		}
		finally {
			list.lock().unlock();
		}
	}

	private void lock(SharedLock lock, Runnable repair) {
		long start = System.nanoTime();
		while (!tryLock(lock)) {
			lock.recover(() -> {
				if (!lock.isConsistent()) {
					repair.run();
					this.progress.recovered(this.number);
				}
			});
		}
		this.progress.operated(this.number, System.nanoTime() - start);
	}

	private static boolean tryLock(SharedLock lock) {
		try {
			lock.lock();
			return true;
		}
		catch (OwnerDiedException ex) {
			return false;
		}
	}

	private static boolean isAlive(long pid) {
		try {
			String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
			String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
			boolean zombie = fields[0].equals("Z") || fields[0].equals("X");
			return !zombie && (Long.parseLong(fields[6]) & PF_EXITING) == 0;
		}
		catch (NoSuchFileException ex) {
			return false;
		}
		catch (IOException ex) {
			return !ex.getMessage().contains("No such process");
		}
	}

	private static void violation(String what) {
		System.out.println("VIOLATION " + what);
	}

}
