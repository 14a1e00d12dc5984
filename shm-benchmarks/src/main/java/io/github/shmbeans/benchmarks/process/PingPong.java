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

import java.util.Arrays;
import java.util.List;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;

/**
 * Two processes that spin until they read what the other has written. Prints the
 * nanoseconds of one round trip: the best tenth of the batches.
 */
public final class PingPong {

	private static final int BATCH = 100;

	private static final int MOST = 1 << 20;

	/** The first process is started on the other one. */
	private static final List<String> SECOND_PROCESSOR = List.of("taskset", "-c", "1");

	private static final double WARM_UP_SECONDS = 1;

	private final SharedValue<Long> ping;

	private final SharedValue<Long> pong;

	private long next;

	private PingPong(SharedMemoryManager manager, String name) {
		this.ping = manager.value(name + "-ping", ElementType.INT64).open().raw();
		this.pong = manager.value(name + "-pong", ElementType.INT64).open().raw();
	}

	/**
	 * Run with {@code ID SECONDS}, or as the second process with the name of the segments
	 * alone.
	 * @param arguments the arguments
	 * @throws Exception if something fails
	 */
	public static void main(String[] arguments) throws Exception {
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			if (arguments.length == 1) {
				new PingPong(manager, arguments[0]).answer();
				return;
			}
			String name = "shmbench-pingpong-" + ProcessHandle.current().pid();
			PingPong game = new PingPong(manager, name);
			try (OtherProcess other = OtherProcess.javaBy(SECOND_PROCESSOR, PingPong.class, name)) {
				other.line();
				game.play(WARM_UP_SECONDS);
				System.out.printf("%s %.3f%n", arguments[0], game.play(Double.parseDouble(arguments[1])));
				game.ping.setLong(Long.MAX_VALUE);
			}
		}
	}

	private void answer() {
		System.out.println("ready");
		long expected = 1;
		while (true) {
			long found;
			do {
				found = this.ping.getLong();
			}
			while (found < expected);
			if (found == Long.MAX_VALUE) {
				return;
			}
			this.pong.setLong(expected++);
		}
	}

	private void await(long expected) {
		long found;
		do {
			found = this.pong.getLong();
		}
		while (found != expected);
	}

	private double play(double seconds) {
		double[] times = new double[MOST];
		int batches = 0;
		long end = System.nanoTime() + (long) (seconds * 1e9);
		long after;
		do {
			long before = System.nanoTime();
			batch();
			after = System.nanoTime();
			times[batches++] = (double) (after - before) / BATCH;
		}
		while (after < end && batches < MOST);
		Arrays.sort(times, 0, batches);
		return times[batches / 100];
	}

	private void batch() {
		for (int i = 0; i < BATCH; i++) {
			this.next++;
			this.ping.setLong(this.next);
			await(this.next);
		}
	}

}
