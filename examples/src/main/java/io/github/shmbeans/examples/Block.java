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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.shmbeans.SharedMemory;

/**
 * A block of bytes without a manager: CPython's first example of {@code SharedMemory}.
 */
public final class Block {

	private Block() {
	}

	/**
	 * Write bytes, let a second JVM read and write them, and print them.
	 * @param arguments none
	 * @throws Exception if the second JVM fails
	 */
	public static void main(String[] arguments) throws Exception {
		try (SharedMemory block = SharedMemory.create(10)) {
			System.out.println(block);
			try {
				ByteBuffer buffer = block.buffer();
				buffer.put(0, new byte[] { 22, 33, 44, 55 });
				buffer.put(4, (byte) 100);
				Processes.run(Processes.java(Attach.class, block.name()));
				byte[] bytes = new byte[5];
				buffer.get(0, bytes);
				System.out.println(new String(bytes, StandardCharsets.US_ASCII));
			}
			finally {
				block.unlink();
			}
		}
	}

	/**
	 * The second JVM.
	 */
	public static final class Attach {

		private Attach() {
		}

		/**
		 * Print the bytes and write others.
		 * @param arguments the name of the block
		 */
		public static void main(String[] arguments) {
			try (SharedMemory block = SharedMemory.attach(arguments[0])) {
				byte[] bytes = new byte[5];
				block.buffer().get(0, bytes);
				System.out.println(Arrays.toString(bytes));
				block.buffer().put(0, "howdy".getBytes(StandardCharsets.US_ASCII));
			}
		}

	}

}
