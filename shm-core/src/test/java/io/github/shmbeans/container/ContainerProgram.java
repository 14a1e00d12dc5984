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

package io.github.shmbeans.container;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import io.github.shmbeans.OpenMode;
import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.error.InsufficientMemoryException;

/**
 * What runs in a container where one value does not do. Arguments: what to do, the
 * segment name, and a size for a block. Ends with the first line of its input.
 */
public final class ContainerProgram {

	/** A container's locale knows ASCII alone. */
	private static final PrintStream OUTPUT = new PrintStream(new FileOutputStream(FileDescriptor.out), true,
			StandardCharsets.UTF_8);

	private ContainerProgram() {
	}

	public static void main(String[] arguments) throws IOException {
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			switch (arguments[0]) {
				case "make-list" -> print(manager.list(arguments[1]).initial("héllo", 42, -1.5, true, null).open());
				case "read-list" -> print(manager.list(arguments[1]).mode(OpenMode.ATTACH).locked(false).open());
				case "make-block" -> makeBlock(manager, arguments[1], Long.parseLong(arguments[2]));
				default -> throw new IllegalArgumentException(arguments[0]);
			}
			System.in.read();
		}
		OUTPUT.println("ended");
	}

	private static void print(ShareableList list) {
		OUTPUT.println(list);
	}

	private static void makeBlock(SharedMemoryManager manager, String name, long size) {
		try {
			OUTPUT.println(manager.block(name).size(size).open().size());
		}
		catch (InsufficientMemoryException ex) {
			OUTPUT.println("needed " + ex.needed());
			OUTPUT.println("free " + ex.free());
			OUTPUT.println(ex.getMessage());
		}
	}

}
