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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.util.FileSystemUtils;

/**
 * Configuration files of applications, in a folder that is removed when this is closed.
 */
final class ApplicationFiles implements AutoCloseable {

	private final Path folder = Files.createTempDirectory("shmbench-");

	ApplicationFiles() throws IOException {
	}

	/**
	 * A file that declares arrays of 1 KB.
	 * @param count how many there are
	 * @return the file
	 */
	Path arrays(int count) throws IOException {
		StringBuilder yaml = new StringBuilder();
		if (count > 0) {
			section(yaml.append("shm:\n"), "arrays", "array", count, "{ type: double, length: 128 }");
		}
		return file("arrays-" + count, yaml);
	}

	/**
	 * A file that declares 50 entries of all kinds, as an application might: half of them
	 * with initial data, some with a lock that they share.
	 * @return the file
	 */
	Path fifty() throws IOException {
		StringBuilder yaml = new StringBuilder("shm:\n");
		section(yaml, "values", "count", 8, "{ type: long, initial: 0 }", "{ type: double, initial: 36.6 }",
				"{ type: boolean }", "{ type: int32, lock: orders }");
		yaml.append("    ready: { type: boolean, initial: true }\n    state: { type: int8 }\n");
		section(yaml, "arrays", "readings", 16, "{ type: double, length: 1024 }",
				"{ type: double, initial: [1.5, 2.5, 3.5, 4.5] }", "{ type: long, length: 128, lock-timeout: 5s }",
				"{ type: char, length: 64, initial: idle }");
		section(yaml, "lists", "status", 12, "{ initial: [howdy, -273.154, 100, true] }",
				"{ initial: [{ type: str, value: idle, capacity: 64 }, 0] }");
		section(yaml, "blocks", "frame", 6, "{ size: 64KB }", "{ size: 4KB, on-owner-death: report }");
		section(yaml, "locks", "guard", 5, "{ lock-timeout: 5s }");
		yaml.append("    orders: { kind: process }\n");
		return file("fifty", yaml);
	}

	private static void section(StringBuilder yaml, String section, String key, int count, String... entries) {
		yaml.append("  %s:\n".formatted(section));
		for (int i = 0; i < count; i++) {
			yaml.append("    %s-%d: %s\n".formatted(key, i, entries[i % entries.length]));
		}
	}

	private Path file(String name, CharSequence yaml) throws IOException {
		return Files.writeString(this.folder.resolve(name + ".yml"), yaml);
	}

	@Override
	public void close() throws IOException {
		FileSystemUtils.deleteRecursively(this.folder);
	}

}
