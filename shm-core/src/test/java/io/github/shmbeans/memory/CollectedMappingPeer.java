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

package io.github.shmbeans.memory;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.error.SegmentClosedException;

/**
 * Reads a segment that others made in a plain loop while another thread closes it and a
 * third makes garbage, so that the collector frees what nothing refers to.
 */
public final class CollectedMappingPeer {

	private static final int GARBAGE = 1 << 12;

	/**
	 * Closed ranges that may wait for a full collection: where the kernel gives a page of
	 * its own to each page of zeros that is read, they need as much memory as the files.
	 */
	private static final int WAITING = 16;

	private static volatile Object garbage = new byte[0];

	private static volatile double sum;

	private static volatile boolean compiled;

	private CollectedMappingPeer() {
	}

	public static void main(String[] arguments) throws InterruptedException {
		Thread collected = new Thread(CollectedMappingPeer::allocate);
		collected.setDaemon(true);
		collected.start();
		int rounds = Integer.parseInt(arguments[2]);
		for (int i = 0; i < rounds; i++) {
			if (arguments[1].equals("double")) {
				closeWhileDoublesAreRead(arguments[0]);
			}
			else {
				closeWhileLongsAreRead(arguments[0]);
			}
			if (i % WAITING == WAITING - 1) {
				System.gc();
			}
		}
		System.out.println("read " + rounds + " times");
	}

	private static void allocate() {
		while (true) {
			garbage = new byte[GARBAGE];
		}
	}

	private static void closeWhileDoublesAreRead(String name) throws InterruptedException {
		try (SharedMemoryManager manager = SharedMemoryManager.builder().closeOnExit(false).build()) {
			SharedArray<Double> array = manager.array(name, ElementType.FLOAT64)
				.mode(OpenMode.ATTACH)
				.locked(false)
				.open();
			closeWhile(manager, () -> sum = sumOfDoubles(array));
		}
	}

	private static void closeWhileLongsAreRead(String name) throws InterruptedException {
		try (SharedMemoryManager manager = SharedMemoryManager.builder().closeOnExit(false).build()) {
			SharedArray<Long> array = manager.array(name, ElementType.INT64).mode(OpenMode.ATTACH).locked(false).open();
			closeWhile(manager, () -> sum = sumOfLongs(array));
		}
	}

	/**
	 * Close at the beginning of a pass that is compiled, at once: a thread that is woken
	 * comes too late on two busy processors.
	 */
	private static void closeWhile(SharedMemoryManager manager, Runnable pass) throws InterruptedException {
		compiled = false;
		Thread reader = new Thread(() -> {
			pass.run();
			pass.run();
			compiled = true;
			try {
				pass.run();
			}
			catch (SegmentClosedException ex) {
				sum = 0;
			}
		});
		reader.start();
		while (!compiled) {
			Thread.onSpinWait();
		}
		manager.close();
		reader.join();
	}

	private static double sumOfDoubles(SharedArray<Double> array) {
		double sum = 0;
		int length = (int) array.length();
		for (int i = 0; i < length; i++) {
			sum += array.getDouble(i);
		}
		return sum;
	}

	private static long sumOfLongs(SharedArray<Long> array) {
		long sum = 0;
		int length = (int) array.length();
		for (int i = 0; i < length; i++) {
			sum += array.getLong(i);
		}
		return sum;
	}

}
