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
	 * A file that declares entries of a type and a length.
	 * @param section below which two properties they stand, with a dot in between
	 * @param count how many there are
	 * @return the file
	 */
	Path with(String section, int count) throws IOException {
		Path file = this.folder.resolve("%s-%d.yml".formatted(section, count));
		if (!Files.exists(file)) {
			StringBuilder yaml = new StringBuilder();
			if (count > 0) {
				yaml.append(section.replace(".", ":\n  ")).append(":\n");
			}
			for (int i = 0; i < count; i++) {
				yaml.append("    array-%d:\n      type: double\n      length: 128\n".formatted(i));
			}
			Files.writeString(file, yaml);
		}
		return file;
	}

	@Override
	public void close() throws IOException {
		FileSystemUtils.deleteRecursively(this.folder);
	}

}
