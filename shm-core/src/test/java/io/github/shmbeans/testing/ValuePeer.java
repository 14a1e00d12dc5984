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

package io.github.shmbeans.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.github.shmbeans.AccessMode;
import io.github.shmbeans.ElementType;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.OwnerDeathPolicy;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.ShutdownPolicy;
import io.github.shmbeans.ValueBuilder;

/**
 * A process that uses one {@code int64} value as it is told, and answers each command
 * with one line. Arguments: the segment name, then options such as {@code mode=ATTACH}.
 */
public final class ValuePeer {

	private final SharedValue<Long> value;

	private ValuePeer(SharedValue<Long> value) {
		this.value = value;
	}

	public static void main(String[] arguments) throws IOException {
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			ValuePeer peer = new ValuePeer(open(manager, arguments));
			System.out.println("open");
			BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String line = input.readLine(); line != null; line = input.readLine()) {
				System.out.println(peer.answer(line.split(" ")));
			}
		}
		catch (RuntimeException ex) {
			System.out.println(ex.getClass().getSimpleName());
		}
	}

	private static SharedValue<Long> open(SharedMemoryManager manager, String[] arguments) {
		ValueBuilder<Long> builder = manager.value(arguments[0], ElementType.INT64);
		for (int i = 1; i < arguments.length; i++) {
			String[] option = arguments[i].split("=");
			switch (option[0]) {
				case "mode" -> builder.mode(OpenMode.valueOf(option[1]));
				case "policy" -> builder.onShutdown(ShutdownPolicy.valueOf(option[1]));
				case "permissions" -> builder.permissions(Integer.parseInt(option[1], 8));
				case "foreign-owner" -> builder.foreignOwner(Boolean.parseBoolean(option[1]));
				case "access" -> builder.access(AccessMode.valueOf(option[1]));
				case "locked" -> builder.locked(Boolean.parseBoolean(option[1]));
				case "death" -> builder.onOwnerDeath(OwnerDeathPolicy.valueOf(option[1].toUpperCase(Locale.ROOT)));
				case "initial" -> builder.initial(Long.valueOf(option[1]));
				default -> throw new IllegalArgumentException(arguments[i]);
			}
		}
		return builder.open();
	}

	private String answer(String[] command) throws IOException {
		try {
			return switch (command[0]) {
				case "get" -> String.valueOf(this.value.get());
				case "set" -> {
					this.value.set(Long.valueOf(command[1]));
					yield "set";
				}
				case "increment" -> {
					increment(Integer.parseInt(command[1]));
					yield "incremented";
				}
				case "increment-forever" -> {
					System.out.println("incrementing");
					increment(Integer.MAX_VALUE);
					yield "never";
				}
				case "lock" -> {
					this.value.lock().lock();
					yield "locked";
				}
				case "unlock" -> {
					this.value.lock().unlock();
					yield "unlocked";
				}
				case "child" -> String.valueOf(new ProcessBuilder("sleep", "3600").start().pid());
				case "attachments" -> String.valueOf(this.value.status().attachments().size());
				case "unlink" -> {
					this.value.unlink();
					yield "unlinked";
				}
				case "open-files" -> String.valueOf(ProcessResources.openFiles());
				case "close" -> {
					this.value.close();
					yield "closed";
				}
				default -> "unknown command " + command[0];
			};
		}
		catch (RuntimeException ex) {
			return ex.getClass().getSimpleName();
		}
	}

	/**
	 * Read and write in two steps under the lock, so that a hole in it loses counts.
	 */
	private void increment(int count) {
		SharedValue<Long> raw = this.value.raw();
		for (int i = 0; i < count; i++) {
			this.value.lock().lock();
			try {
				raw.setLong(raw.getLong() + 1);
			}
			finally {
				this.value.lock().unlock();
			}
		}
	}

}
