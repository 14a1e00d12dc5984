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

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another process; it ends with this one at the latest.
 */
final class OtherProcess implements AutoCloseable {

	private final Process process;

	OtherProcess(List<String> command) throws IOException {
		this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		Runtime.getRuntime().addShutdownHook(new Thread(this.process::destroyForcibly));
	}

	/**
	 * Start a JVM like this one.
	 */
	static OtherProcess java(Class<?> main, Object... arguments) throws IOException {
		return javaBy(List.of(), main, arguments);
	}

	/**
	 * Start a JVM by another command, such as {@code taskset}.
	 */
	static OtherProcess javaBy(List<String> by, Class<?> main, Object... arguments) throws IOException {
		List<String> command = new ArrayList<>(by);
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), main.getName()));
		for (Object argument : arguments) {
			command.add(argument.toString());
		}
		return new OtherProcess(command);
	}

	String line() throws IOException {
		BufferedReader reader = this.process.inputReader();
		String line = reader.readLine();
		if (line == null) {
			throw new IOException("Expected a line from process %d, found its end".formatted(this.process.pid()));
		}
		return line;
	}

	void send(String line) throws IOException {
		BufferedWriter writer = this.process.outputWriter();
		writer.write(line);
		writer.newLine();
		writer.flush();
	}

	/**
	 * End its input and wait for its end: who leaves last removes the segments.
	 * @throws IOException if it failed
	 */
	@Override
	public void close() throws IOException {
		try {
			this.process.outputWriter().close();
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
			return;
		}
		if (this.process.exitValue() != 0) {
			throw new IOException("Expected process %d to succeed, found exit code %d".formatted(this.process.pid(),
					this.process.exitValue()));
		}
	}

}
