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

package io.github.shmbeans.benchmarks.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemoryManager;

/**
 * Threads of one or two processes that do nothing but add one to two elements under one
 * lock. Prints operations per microsecond, and the wait that one in 1,000 exceeds.
 */
public final class Contention {

	private static final int READY = 8;

	/**
	 * How many times as long as it measures it warms up: few operations wait, and what
	 * they do is compiled late.
	 */
	private static final int WARM_UP = 3;

	private final SharedArray<Long> shared;

	private final Lock lock;

	private final int threads;

	private Contention(SharedArray<Long> array, Lock lock, int threads) {
		this.shared = array.raw();
		this.lock = lock;
		this.threads = threads;
	}

	/**
	 * Run with {@code ID SECONDS THREADS PROCESSES}, or as the second process with the
	 * name of the segment before them.
	 * @param arguments the arguments
	 * @throws Exception if something fails
	 */
	public static void main(String[] arguments) throws Exception {
		int first = arguments.length - 4;
		String name = (first > 0) ? arguments[0] : "shmbench-contention-" + ProcessHandle.current().pid();
		double seconds = Double.parseDouble(arguments[first + 1]);
		int threads = Integer.parseInt(arguments[first + 2]);
		int processes = Integer.parseInt(arguments[first + 3]);
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			SharedArray<Long> array = manager.array(name, ElementType.INT64).length(64).open();
			Lock lock = (processes > 1) ? array.lock() : new ReentrantLock();
			Contention contention = new Contention(array, lock, threads);
			if (first > 0) {
				System.out.println(contention.run(seconds, processes));
			}
			else {
				contention.lead(arguments[first], name, seconds, processes);
			}
		}
	}

	private void lead(String id, String name, double seconds, int processes)
			throws IOException, InterruptedException, ExecutionException {
		WaitHistogram waits;
		if (processes > 1) {
			try (JavaProcess other = new JavaProcess(Contention.class, name, id, seconds, this.threads, processes)) {
				waits = run(seconds, processes);
				waits.add(WaitHistogram.parse(other.line()));
			}
		}
		else {
			waits = run(seconds, processes);
		}
		System.out.printf("%s %.3f%n%sWait %d%n", id, waits.total() / seconds / 1e6, id, waits.perMille(999));
	}

	private WaitHistogram run(double seconds, int processes) throws InterruptedException, ExecutionException {
		contend(WARM_UP * seconds, processes, 0);
		return contend(seconds, processes, 2);
	}

	private WaitHistogram contend(double seconds, int processes, int round)
			throws InterruptedException, ExecutionException {
		ExecutorService executor = Executors.newFixedThreadPool(this.threads);
		try {
			meet(processes, READY + round);
			long before = this.shared.getAndAddLong(0, 0);
			List<Callable<WaitHistogram>> tasks = new ArrayList<>();
			for (int i = 0; i < this.threads; i++) {
				tasks.add(() -> work(System.nanoTime() + (long) (seconds * 1e9)));
			}
			WaitHistogram all = new WaitHistogram();
			for (Future<WaitHistogram> future : executor.invokeAll(tasks)) {
				all.add(future.get());
			}
			meet(processes, READY + round + 1);
			long added = this.shared.getAndAddLong(0, 0) - before;
			if (added < all.total() || this.shared.getLong(0) != this.shared.getLong(1)) {
				throw new IllegalStateException(
						"Expected at least %d additions, found %d".formatted(all.total(), added));
			}
			return all;
		}
		finally {
			executor.shutdown();
			executor.awaitTermination(1, TimeUnit.MINUTES);
		}
	}

	private void meet(int processes, int at) {
		this.shared.getAndAddLong(at, 1);
		while (this.shared.getAndAddLong(at, 0) < processes) {
			Thread.onSpinWait();
		}
	}

	private WaitHistogram work(long end) {
		WaitHistogram waits = new WaitHistogram();
		long after;
		do {
			long before = System.nanoTime();
			this.lock.lock();
			try {
				after = System.nanoTime();
				this.shared.setLong(0, this.shared.getLong(0) + 1);
				this.shared.setLong(1, this.shared.getLong(1) + 1);
			}
			finally {
				this.lock.unlock();
			}
			waits.record(after - before);
		}
		while (after < end);
		return waits;
	}

}
