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

package io.github.shmbeans.internal.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.shmbeans.testing.OpenFileTable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FileDescriptorTests {

	@Test
	void reservingLetsTheTableGrowAtOnceAndLeavesNoFileOpen() throws IOException {
		int before = OpenFileTable.size();
		FileDescriptor.reserve(before);
		assertThat(OpenFileTable.size()).isGreaterThan(before);
		assertThat(openFiles()).doesNotContain(Path.of("/"));
	}

	@Test
	void reservingMoreThanIsAllowedChangesNothing() throws IOException {
		int before = OpenFileTable.size();
		FileDescriptor.reserve(Integer.MAX_VALUE);
		assertThat(OpenFileTable.size()).isEqualTo(before);
		assertThat(openFiles()).doesNotContain(Path.of("/"));
	}

	private static List<Path> openFiles() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
			return files.flatMap(FileDescriptorTests::target).toList();
		}
	}

	/** Empty for a file that was closed meanwhile. */
	private static Stream<Path> target(Path file) {
		try {
			return Stream.of(Files.readSymbolicLink(file));
		}
		catch (NoSuchFileException ex) {
			return Stream.empty();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
