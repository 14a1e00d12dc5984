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

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedMemoryManager;
import org.jspecify.annotations.Nullable;

/**
 * A list of mixed types, fixed in length, byte for byte CPython's {@code ShareableList}.
 */
public final class MixedList {

	private MixedList() {
	}

	/**
	 * Read, write, search and close a list, as CPython's documentation does.
	 * @param arguments none
	 */
	public static void main(String[] arguments) {
		String namespace = "mixed-list-" + ProcessHandle.current().pid() + "-";
		try (SharedMemoryManager manager = SharedMemoryManager.builder().namespace(namespace).build()) {
			ShareableList list = manager.list("a")
				.initial("howdy", bytes("HoWdY"), -273.154, 100, null, true, 42)
				.open();
			System.out.println(list.stream().map(MixedList::type).toList());
			System.out.println(list.get(2));

			list.set(2, -78.5);
			System.out.println(list.get(2));
			list.set(2, "dry ice");
			System.out.println(list.get(2));

			try {
				list.set(2, "larger than previously allocated storage space");
			}
			catch (IllegalArgumentException ex) {
				System.out.println(ex.getMessage());
			}
			System.out.println(list.get(2));

			System.out.println(list.size());
			System.out.println(list.index(42));
			System.out.println(list.count(bytes("howdy")));
			System.out.println(list.count(bytes("HoWdY")));

			try (ShareableList same = ShareableList.attach(list.name())) {
				same.set(-1, -999);
			}
			System.out.println(list.get(-1));

			list.close();
			System.out.println(Files.exists(Path.of("/dev/shm", list.name())));
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String type(@Nullable Object item) {
		return (item != null) ? item.getClass().getSimpleName() : "null";
	}

}
