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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemoryManager;

/**
 * A process that has opened two arrays, of which the first is truncated under it, and
 * uses the first as it is told. Arguments: the segment names.
 */
public final class TruncatedPeer {

	private static final int LENGTH = 512;

	private final SharedMemoryManager manager;

	private final SharedArray<Long> truncated;

	private final ByteBuffer buffer;

	private TruncatedPeer(SharedMemoryManager manager, String truncated, String sound) {
		this.manager = manager;
		manager.array(sound, ElementType.INT64).length(LENGTH).open();
		this.truncated = manager.array(truncated, ElementType.INT64).length(LENGTH).open();
		this.buffer = this.truncated.buffer();
	}

	public static void main(String[] arguments) throws IOException {
		SharedMemoryManager manager = SharedMemoryManager.builder().closeOnExit(false).build();
		TruncatedPeer peer = new TruncatedPeer(manager, arguments[0], arguments[1]);
		System.out.println("open");
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = input.readLine(); line != null; line = input.readLine()) {
			System.out.println(peer.answer(line));
		}
	}

	/**
	 * JDK 17 raises the error of a fault later, at a transition such as that of a yield.
	 */
	private String answer(String command) {
		try {
			String answer = act(command);
			Thread.yield();
			return answer;
		}
		catch (InternalError ex) {
			return "InternalError";
		}
		catch (RuntimeException ex) {
			return ex.getClass().getSimpleName();
		}
	}

	private String act(String command) {
		SharedArray<Long> raw = this.truncated.raw();
		return switch (command) {
			case "read" -> "read " + raw.getLong(1);
			case "write" -> {
				raw.setLong(1, 5);
				yield "written";
			}
			case "read many" -> {
				raw.read(0, new long[LENGTH], 0, LENGTH);
				yield "read";
			}
			case "write many" -> {
				raw.write(0, new long[LENGTH], 0, LENGTH);
				yield "written";
			}
			case "read buffer" -> "read " + this.buffer.getLong(8);
			case "status" -> "linked " + this.truncated.status().linked();
			case "close" -> {
				this.manager.close();
				yield "closed";
			}
			case "live" -> "alive";
			default -> throw new IllegalArgumentException(command);
		};
	}

}
