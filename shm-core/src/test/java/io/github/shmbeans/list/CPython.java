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

package io.github.shmbeans.list;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The real CPython, in a process of its own: that of {@code SHM_TEST_PYTHON}, else
 * {@code python3}.
 */
final class CPython {

	private static final String COMMAND = System.getenv().getOrDefault("SHM_TEST_PYTHON", "python3");

	private static final String PROBE = """
			import sys, multiprocessing.shared_memory
			sys.exit(0 if sys.version_info >= (3, 9) and sys.byteorder == 'little' else 1)
			""";

	private final Path directory;

	private CPython(Path directory) {
		this.directory = directory;
	}

	/**
	 * Skip the test if there is no CPython.
	 * @param directory where to put its output
	 * @return CPython
	 */
	static CPython assume(Path directory) {
		CPython python = new CPython(directory);
		Assumptions.assumeTrue(python.isPresent(),
				() -> "Skipped: '%s' is not CPython 3.9 or later; name one in SHM_TEST_PYTHON".formatted(COMMAND));
		return python;
	}

	private boolean isPresent() {
		try {
			return start(PROBE, List.of()).waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Run a script.
	 * @param script the script
	 * @param arguments its arguments
	 * @return what it printed
	 */
	List<String> run(String script, String... arguments) {
		try {
			Process process = start(script, List.of(arguments));
			try {
				boolean ended = process.waitFor(60, TimeUnit.SECONDS);
				String output = Files.readString(output(), StandardCharsets.UTF_8);
				assertThat(ended).as("ended; it printed: %s", output).isTrue();
				assertThat(process.exitValue()).as(output).isZero();
				return output.lines().toList();
			}
			finally {
				process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Process start(String script, List<String> arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(COMMAND, "-X", "utf8", "-c", script));
		command.addAll(arguments);
		return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output().toFile()).start();
	}

	private Path output() {
		return this.directory.resolve("python-output");
	}

}
