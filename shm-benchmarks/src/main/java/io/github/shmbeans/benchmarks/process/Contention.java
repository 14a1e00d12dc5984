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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
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
 * Threads of two processes that do nothing but add one to two elements under one lock,
 * and a peer that does the same in turn: how far apart the processors are changes from
 * second to second where they are virtual. Of both it prints operations per microsecond,
 * and the nanoseconds of the wait that one in 1,000 of all turns exceeds.
 */
public final class Contention {

	private static final int TURNS = 10;

	/**
	 * How many times as long as it measures it warms up: few operations wait, and what
	 * they do is compiled late.
	 */
	private static final int WARM_UP = 3;

	private static final int PROCESSES = 2;

	private static final int MET = 8;

	private final SharedArray<Long> shared;

	private int meetings;

	private Contention(SharedArray<Long> array) {
		this.shared = array.raw();
	}

	/**
	 * Run with {@code ID THREADS SECONDS PEER [PROGRAM]}, where the peer is a
	 * {@link ReentrantLock} with the threads of both processes in this one, unless it is
	 * a program that answers a line of seconds with a {@link WaitHistogram}. Run as the
	 * second process with the name of the segment and the number of threads.
	 * @param arguments the arguments
	 * @throws Exception if something fails
	 */
	public static void main(String[] arguments) throws Exception {
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			if (arguments.length == 2) {
				SharedArray<Long> array = array(manager, arguments[0]);
				new Contention(array).follow(array.lock(), Integer.parseInt(arguments[1]));
				return;
			}
			String name = "shmbench-contention-" + ProcessHandle.current().pid();
			SharedArray<Long> array = array(manager, name);
			int threads = Integer.parseInt(arguments[1]);
			double seconds = Double.parseDouble(arguments[2]);
			try (OtherProcess other = OtherProcess.java(Contention.class, name, threads)) {
				Contention contention = new Contention(array);
				Side own = (turn) -> contention.lead(other, array.lock(), threads, turn);
				if (arguments.length > 4) {
					try (OtherProcess program = new OtherProcess(List.of(arguments[4], "contend"))) {
						takeTurns(arguments[0], own, arguments[3], (turn) -> ask(program, turn), seconds);
					}
				}
				else {
					Side peer = (turn) -> contention.local(new ReentrantLock(), PROCESSES * threads, turn);
					takeTurns(arguments[0], own, arguments[3], peer, seconds);
				}
			}
		}
	}

	private static SharedArray<Long> array(SharedMemoryManager manager, String name) {
		return manager.array(name, ElementType.INT64).length(64).open();
	}

	private static void takeTurns(String id, Side own, String peerId, Side peer, double seconds) throws Exception {
		own.contend(WARM_UP * seconds);
		peer.contend(WARM_UP * seconds);
		WaitHistogram waits = new WaitHistogram();
		WaitHistogram peerWaits = new WaitHistogram();
		for (int i = 0; i < TURNS; i++) {
			waits.add(own.contend(seconds / TURNS));
			peerWaits.add(peer.contend(seconds / TURNS));
		}
		print(id, waits, seconds);
		print(peerId, peerWaits, seconds);
	}

	private static void print(String id, WaitHistogram waits, double seconds) {
		System.out.printf("%s %.3f%n%sWait %d%n", id, waits.total() / seconds / 1e6, id, waits.perMille(999));
	}

	/**
	 * Take part whenever the other process writes for how long.
	 */
	private void follow(Lock lock, int threads) throws Exception {
		BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
		for (String line = reader.readLine(); line != null; line = reader.readLine()) {
			meet();
			System.out.println(contend(lock, threads, Double.parseDouble(line)));
		}
	}

	private WaitHistogram lead(OtherProcess other, Lock lock, int threads, double seconds) throws Exception {
		long before = this.shared.getLong(0);
		other.send(Double.toString(seconds));
		meet();
		WaitHistogram waits = contend(lock, threads, seconds);
		waits.add(WaitHistogram.parse(other.line()));
		return check(waits, before);
	}

	private static WaitHistogram ask(OtherProcess program, double seconds) throws IOException {
		program.send(Double.toString(seconds));
		return WaitHistogram.parse(program.line());
	}

	private WaitHistogram local(Lock lock, int threads, double seconds) throws Exception {
		long before = this.shared.getLong(0);
		return check(contend(lock, threads, seconds), before);
	}

	private WaitHistogram check(WaitHistogram waits, long before) {
		long first = this.shared.getLong(0) - before;
		if (first != waits.total() || this.shared.getLong(0) != this.shared.getLong(1)) {
			throw new IllegalStateException("Expected %d additions, found %d".formatted(waits.total(), first));
		}
		return waits;
	}

	private void meet() {
		this.meetings++;
		this.shared.getAndAddLong(MET, 1);
		while (this.shared.getAndAddLong(MET, 0) < (long) PROCESSES * this.meetings) {
			Thread.onSpinWait();
		}
	}

	private WaitHistogram contend(Lock lock, int threads, double seconds) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			long end = System.nanoTime() + (long) (seconds * 1e9);
			Callable<WaitHistogram> task = () -> work(lock, end);
			WaitHistogram all = new WaitHistogram();
			for (Future<WaitHistogram> future : executor.invokeAll(Collections.nCopies(threads, task))) {
				all.add(future.get());
			}
			return all;
		}
		finally {
			executor.shutdown();
			executor.awaitTermination(1, TimeUnit.MINUTES);
		}
	}

	private WaitHistogram work(Lock lock, long end) {
		WaitHistogram waits = new WaitHistogram();
		long after;
		do {
			long before = System.nanoTime();
			lock.lock();
			try {
				after = System.nanoTime();
				this.shared.setLong(0, this.shared.getLong(0) + 1);
				this.shared.setLong(1, this.shared.getLong(1) + 1);
			}
			finally {
				lock.unlock();
			}
			waits.record(after - before);
		}
		while (after < end);
		return waits;
	}

	/**
	 * One of the two that are compared.
	 */
	private interface Side {

		WaitHistogram contend(double seconds) throws Exception;

	}

}
