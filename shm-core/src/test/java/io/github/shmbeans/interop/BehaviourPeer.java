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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedMemoryManager;

/**
 * The child process of CPython's tests. Arguments: what to do, and with what.
 */
public final class BehaviourPeer {

	private BehaviourPeer() {
	}

	public static void main(String[] arguments) throws Exception {
		switch (arguments[0]) {
			case "write" -> write(SharedMemory.attach(arguments[1]), arguments[2]);
			case "write-object" -> write((SharedMemory) deserialize(arguments[1]), arguments[2]);
			default -> useObjects(arguments);
		}
		System.out.println("done");
	}

	private static void useObjects(String[] arguments) throws IOException {
		try (SharedMemoryManager manager = SharedMemoryManager.builder().namespace(arguments[1]).build()) {
			BehaviourObjects objects = new BehaviourObjects(manager, Boolean.parseBoolean(arguments[2]));
			switch (arguments[0]) {
				case "set-values" -> objects.setValues();
				case "sum-up" -> sumUp(objects.sequence());
				case "double" -> objects.doubleAll();
				case "hold" -> {
					objects.hold();
					System.out.println("holding");
					System.in.read();
				}
				default -> throw new IllegalArgumentException(arguments[0]);
			}
		}
	}

	private static void sumUp(SharedArray<Integer> array) {
		for (long i = 1; i < array.length(); i++) {
			array.set(i, array.get(i) + array.get(i - 1));
		}
	}

	private static void write(SharedMemory memory, String text) {
		try (memory) {
			ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
			memory.buffer().put(bytes);
		}
	}

	private static Object deserialize(String base64) throws IOException, ClassNotFoundException {
		byte[] bytes = Base64.getDecoder().decode(base64);
		try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
			return input.readObject();
		}
	}

}
