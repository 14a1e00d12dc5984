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

package io.github.shmbeans.examples;

import java.io.BufferedReader;
import java.io.IOException;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;

/**
 * Two processes that increment one counter, with and without its lock.
 */
public final class Counter {

	private static final int INCREMENTS = 500_000;

	private static final int ROUNDS = 20;

	private Counter() {
	}

	/**
	 * Count with a second JVM and print how many increments arrived. Without the lock, go
	 * on until some are lost.
	 * @param arguments none
	 * @throws Exception if the second JVM fails
	 */
	public static void main(String[] arguments) throws Exception {
		String namespace = "counter-" + ProcessHandle.current().pid() + "-";
		try (SharedMemoryManager manager = SharedMemoryManager.builder().namespace(namespace).build()) {
			SharedValue<Long> counter = manager.value("counter", ElementType.INT64).open();
			long expected = 2 * INCREMENTS;
			System.out.printf("With lock(): %d of %d%n", count(counter, Way.LOCK, namespace), expected);
			System.out.printf("With update(): %d of %d%n", count(counter, Way.UPDATE, namespace), expected);
			long counted = expected;
			for (int round = 1; counted == expected && round <= ROUNDS; round++) {
				counted = count(counter, Way.RAW, namespace);
				System.out.printf("Without the lock: %d of %d, %d lost%n", counted, expected, expected - counted);
			}
		}
	}

	/**
	 * Count from 0. Both begin when the second JVM says that it is ready.
	 */
	private static long count(SharedValue<Long> counter, Way way, String namespace)
			throws IOException, InterruptedException {
		counter.set(0L);
		Process other = Processes.start(Processes.java(Second.class, namespace, way.name()));
		try (BufferedReader output = other.inputReader()) {
			output.readLine();
			way.increment(counter, INCREMENTS);
		}
		Processes.join(other);
		return counter.get();
	}

	/**
	 * How to add one.
	 */
	enum Way {

		LOCK {
			@Override
			void increment(SharedValue<Long> counter) {
				counter.lock().lock();
				try {
					counter.set(counter.get() + 1);
				}
				finally {
					counter.lock().unlock();
				}
			}
		},

		UPDATE {
			@Override
			void increment(SharedValue<Long> counter) {
				counter.update((count) -> count + 1);
			}
		},

		RAW {
			@Override
			void increment(SharedValue<Long> counter) {
				SharedValue<Long> raw = counter.raw();
				raw.set(raw.get() + 1);
			}
		};

		abstract void increment(SharedValue<Long> counter);

		void increment(SharedValue<Long> counter, int times) {
			for (int i = 0; i < times; i++) {
				increment(counter);
			}
		}

	}

	/**
	 * The second JVM.
	 */
	public static final class Second {

		private Second() {
		}

		/**
		 * Say that it is ready, and count.
		 * @param arguments the namespace and the way
		 */
		public static void main(String[] arguments) {
			try (SharedMemoryManager manager = SharedMemoryManager.builder().namespace(arguments[0]).build()) {
				SharedValue<Long> counter = manager.value("counter", ElementType.INT64).open();
				System.out.println("ready");
				Way.valueOf(arguments[1]).increment(counter, INCREMENTS);
			}
		}

	}

}
