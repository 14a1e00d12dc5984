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

package io.github.shmbeans.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Gives each test a namespace of its own, and fails the test if it leaves segments in it.
 */
public final class SegmentNamespace implements BeforeEachCallback, AfterEachCallback {

	private static final Path DIRECTORY = Path.of("/dev/shm");

	private String prefix = "";

	@Override
	public void beforeEach(ExtensionContext context) {
		this.prefix = "spring-test-%016x-".formatted(ThreadLocalRandom.current().nextLong());
	}

	@Override
	public void afterEach(ExtensionContext context) throws IOException {
		List<Path> left = segments();
		for (Path segment : left) {
			Files.deleteIfExists(segment);
		}
		assertThat(left).as("segments left in %s", DIRECTORY).isEmpty();
	}

	/**
	 * The property that sets the namespace.
	 */
	public String property() {
		return "shm.namespace=" + this.prefix;
	}

	public Path path(String key) {
		return DIRECTORY.resolve(name(key));
	}

	public String name(String key) {
		return this.prefix + key;
	}

	@Override
	public String toString() {
		return this.prefix;
	}

	public List<Path> segments() throws IOException {
		try (Stream<Path> files = Files.list(DIRECTORY)) {
			return files.filter((file) -> file.getFileName().toString().contains(this.prefix)).toList();
		}
	}

}
