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

package io.github.shmbeans.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.error.SharedMemoryException;
import io.github.shmbeans.internal.posix.PosixException;
import org.assertj.core.api.Assertions;

/**
 * Opens a file of arbitrary bytes, at least one, as one of the subjects and uses it. It
 * may be refused, with an exception that is documented; it must never end the JVM, hang
 * it or lead it outside. An empty file would be waited for. Called by Jazzer and by
 * {@link SegmentFuzzTests}; by one thread at a time.
 */
public final class SegmentFuzzer {

	static final String NAME = "f" + UUID.randomUUID().toString().substring(0, 8) + "-fuzz";

	private static final Path FILE = Path.of("/dev/shm", NAME);

	private SegmentFuzzer() {
	}

	/**
	 * The entry point that Jazzer looks for.
	 */
	public static void fuzzerTestOneInput(byte[] bytes) {
		run(bytes);
	}

	/**
	 * Run one input.
	 * @return whether the file was found good enough to be opened
	 */
	static boolean run(byte[] bytes) {
		FuzzInput input = FuzzInput.of(bytes);
		if (input.file().length == 0) {
			return false;
		}
		try {
			write(input.file());
			return use(input);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			remove();
		}
	}

	private static boolean use(FuzzInput input) {
		try (SharedMemoryManager manager = SharedMemoryManager.builder().closeOnExit(false).build()) {
			Object object;
			try {
				object = input.subject().open(manager, input.opening());
			}
			catch (SharedMemoryException ex) {
				Assertions.assertThat(ex).isNotInstanceOf(PosixException.class);
				Assertions.assertThat(ex.problem()).containsIgnoringCase("expected").contains("found");
				Assertions.assertThat(ex.remedy()).isNotBlank();
				return false;
			}
			new SharedObjectUser().use(object);
			return true;
		}
	}

	private static void write(byte[] bytes) throws IOException {
		Files.createFile(FILE, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		Files.write(FILE, bytes, StandardOpenOption.WRITE);
	}

	private static void remove() {
		try {
			Files.deleteIfExists(FILE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
