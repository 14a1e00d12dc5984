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

package io.github.shmbeans.sample.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The segments of one test run, which all begin with a namespace of its own.
 */
public final class SegmentDirectory {

	private static final Path DIRECTORY = Path.of("/dev/shm");

	private final String namespace = "sample-" + UUID.randomUUID().toString().substring(0, 8) + "-";

	public String namespace() {
		return this.namespace;
	}

	/**
	 * The segments that are there now.
	 */
	public List<String> existing() {
		try (Stream<Path> files = Files.list(DIRECTORY)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.contains(this.namespace))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Remove what is left.
	 * @return the names that were
	 */
	public List<String> clear() {
		List<String> left = existing();
		for (String name : left) {
			try {
				Files.deleteIfExists(DIRECTORY.resolve(name));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return left;
	}

}
