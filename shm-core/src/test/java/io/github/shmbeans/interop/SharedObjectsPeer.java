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

package io.github.shmbeans.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.interop.SharedObjects.Point;
import io.github.shmbeans.interop.SharedObjects.Sample;

/**
 * The JVM that {@code python/tests/test_shmbeans.py} talks to: opens one object of each
 * kind, and answers each command with one line. Argument: the prefix of the segment
 * names.
 */
public final class SharedObjectsPeer {

	private final SharedObjects objects;

	private SharedObjectsPeer(SharedObjects objects) {
		this.objects = objects;
	}

	public static void main(String[] arguments) throws IOException {
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			SharedObjectsPeer peer = new SharedObjectsPeer(SharedObjects.open(manager, arguments[0]));
			System.out.println("open");
			BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String line = input.readLine(); line != null; line = input.readLine()) {
				System.out.println(peer.answer(line.split(" ")));
			}
		}
	}

	private String answer(String[] command) {
		try {
			return switch (command[0]) {
				case "show" -> show();
				case "change" -> change();
				case "increment" -> increment(this.objects.counter().lock(), Integer.parseInt(command[1]));
				case "semaphore-increment" -> increment(this.objects.semaphore(), Integer.parseInt(command[1]));
				case "lock" -> lock(this.objects.counter().lock());
				case "unlock" -> unlock(this.objects.counter().lock());
				case "semaphore-lock" -> lock(this.objects.semaphore());
				case "semaphore-try" -> String.valueOf(this.objects.semaphore().tryLock());
				case "semaphore-unlock" -> unlock(this.objects.semaphore());
				case "attachments" -> String.valueOf(this.objects.counter().status().attachments().size());
				default -> "unknown command " + command[0];
			};
		}
		catch (RuntimeException ex) {
			return ex.getClass().getSimpleName();
		}
	}

	private String show() {
		Sample sample = this.objects.sample().get();
		return "%d %b %d %d %s %s %d %s %s %s %s %d".formatted(this.objects.counter().get(), sample.flag(),
				sample.count(), sample.small(), sample.ratio(), sample.origin().y(), sample.data()[2], sample.name(),
				this.objects.readings().get(999), this.objects.points().get(1).y(), this.objects.jobs().get(0),
				this.objects.frame().buffer().get(4999));
	}

	private String change() {
		this.objects.counter().set(-5L);
		this.objects.sample()
			.set(new Sample(true, -1, (short) 200, 0.5f, new Point(3, 4), new short[] { 1, 2, 3 }, "hé"));
		this.objects.readings().set(999, -273.154);
		this.objects.points().set(1, new Point(1.5, 2.5));
		this.objects.jobs().set(0, "hÿ");
		this.objects.frame().buffer().put(4999, (byte) 7);
		return "changed";
	}

	/**
	 * Read and write in two steps under the lock, so that a hole in it loses counts.
	 */
	private String increment(SharedLock lock, int count) {
		SharedValue<Long> raw = this.objects.counter().raw();
		for (int i = 0; i < count; i++) {
			lock.lock();
			try {
				raw.setLong(raw.getLong() + 1);
			}
			finally {
				lock.unlock();
			}
		}
		return "incremented";
	}

	private static String lock(SharedLock lock) {
		lock.lock();
		return "locked";
	}

	private static String unlock(SharedLock lock) {
		lock.unlock();
		return "unlocked";
	}

}
