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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test segment names of its own, and fails it if it leaves one of them behind.
 * Register it before everything that closes segments.
 */
public final class SegmentNames implements AfterEachCallback {

	private static final Path DIRECTORY = Path.of("/dev/shm");

	private final String prefix;

	public SegmentNames() {
		this("t" + UUID.randomUUID().toString().substring(0, 8) + "-");
	}

	/**
	 * Names that a program makes of its own.
	 */
	public SegmentNames(String prefix) {
		this.prefix = prefix;
	}

	/**
	 * The prefix of all names of this test.
	 */
	public String prefix() {
		return this.prefix;
	}

	/**
	 * The property of Spring applications that puts the prefix before each of their
	 * names.
	 */
	public String property() {
		return "shm.namespace=" + this.prefix;
	}

	public String name(String suffix) {
		return this.prefix + suffix;
	}

	public Path path(String suffix) {
		return DIRECTORY.resolve(name(suffix));
	}

	/**
	 * The files of this test that are there now.
	 */
	public List<String> existing() {
		try (Stream<Path> files = Files.list(DIRECTORY)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.contains(this.prefix))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Remove what is left.
	 * @return the names of the files that were
	 */
	public List<String> clear() {
		List<String> left = existing();
		try {
			for (String name : left) {
				Path file = DIRECTORY.resolve(name);
				if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
					Files.delete(file);
				}
				Files.deleteIfExists(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return left;
	}

	@Override
	public void afterEach(ExtensionContext context) {
		List<String> left = clear();
		if (context.getExecutionException().isEmpty()) {
			Assertions.assertThat(left).as("segments left behind").isEmpty();
		}
	}

	@Override
	public String toString() {
		return this.prefix;
	}

}
