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

package io.github.shmbeans.sample.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Runs stock CPython: the one that {@code SHM_TEST_PYTHON} names, else the first python3
 * on the path.
 */
final class Python {

	private final String executable;

	private Python(String executable) {
		this.executable = executable;
	}

	/**
	 * The interpreter; the test is skipped if there is none.
	 */
	static Python required() {
		Optional<String> found = Optional.ofNullable(System.getenv("SHM_TEST_PYTHON"))
			.or(() -> Stream.of(System.getenv("PATH").split(":"))
				.map((directory) -> Path.of(directory, "python3"))
				.filter(Files::isExecutable)
				.map(Path::toString)
				.findFirst());
		Assumptions.assumeTrue(found.isPresent(), "No python3 on the path, and SHM_TEST_PYTHON is not set");
		return new Python(found.get());
	}

	/**
	 * Run a program given as text.
	 * @return what it printed; it must not have printed anything to standard error
	 */
	String run(String program) {
		return execute("-c", program);
	}

	/**
	 * Run a program in a file.
	 * @return what it printed; it must not have printed anything to standard error
	 */
	String run(Path file, String... arguments) {
		List<String> all = new ArrayList<>(List.of(file.toString()));
		all.addAll(List.of(arguments));
		return execute(all.toArray(String[]::new));
	}

	private String execute(String... arguments) {
		List<String> command = new ArrayList<>(List.of(this.executable));
		command.addAll(List.of(arguments));
		try {
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
			builder.environment().putAll(Map.of("PYTHONPATH", "../python", "PYTHONDONTWRITEBYTECODE", "1"));
			Process process = builder.start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			Assertions.assertThat(process.waitFor()).as(output).isZero();
			return output;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
