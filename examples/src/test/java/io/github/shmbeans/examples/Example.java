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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the main class of an example as its reader does, and fails the test if it leaves a
 * process or a segment behind.
 */
final class Example implements BeforeEachCallback, AfterEachCallback {

	private static final Path SEGMENTS = Path.of("/dev/shm");

	private static final long PATIENCE_SECONDS = 100;

	private final Class<?> main;

	private final List<Process> started = new ArrayList<>();

	private Path output;

	Example(Class<?> main) {
		this.main = main;
	}

	/**
	 * Run it to its end.
	 * @return the lines that it printed
	 */
	List<String> run(String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						"--enable-native-access=ALL-UNNAMED", "-cp",
						System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
						this.main.getName()));
		command.addAll(List.of(arguments));
		try {
			Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT)
				.redirectOutput(this.output.toFile())
				.start();
			this.started.add(process);
			boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
			List<String> lines = Files.readAllLines(this.output, StandardCharsets.UTF_8);
			assertThat(ended).as("ended; it printed: %s", lines).isTrue();
			assertThat(process.exitValue()).as("exit status; it printed: %s", lines).isZero();
			return lines;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Whether a segment is there now.
	 */
	static boolean exists(String segment) {
		return Files.exists(SEGMENTS.resolve(segment));
	}

	@Override
	public void beforeEach(ExtensionContext context) throws IOException {
		this.output = Files.createTempFile("example-", ".out");
	}

	@Override
	public void afterEach(ExtensionContext context) throws IOException, InterruptedException {
		Files.delete(this.output);
		for (Process process : this.started) {
			List<ProcessHandle> descendants = process.descendants().toList();
			process.destroyForcibly().waitFor();
			descendants.forEach(ProcessHandle::destroyForcibly);
			List<Path> left = segments(process);
			for (Path segment : left) {
				Files.deleteIfExists(segment);
			}
			if (context.getExecutionException().isEmpty()) {
				assertThat(left).as("segments left behind").isEmpty();
			}
		}
	}

	private List<Path> segments(Process process) throws IOException {
		String example = this.main.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
		String namespace = example + "-" + process.pid() + "-";
		try (Stream<Path> files = Files.list(SEGMENTS)) {
			return files.filter((file) -> file.getFileName().toString().startsWith(namespace)).toList();
		}
	}

}
