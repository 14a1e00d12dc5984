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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.assertj.core.api.Assertions;

/**
 * Another process that is told what to do line by line and answers line by line.
 */
public final class Peer {

	private static final long PATIENCE_SECONDS = 60;

	private final Process process;

	private final BufferedReader output;

	private final PrintWriter input;

	Peer(Process process) {
		this.process = process;
		this.output = process.inputReader(StandardCharsets.UTF_8);
		this.input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
	}

	public Process process() {
		return this.process;
	}

	/**
	 * Wait for a line.
	 * @return the line; {@code null} if the process has closed its output
	 */
	public String read() {
		try {
			return this.output.readLine();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Wait for its end.
	 * @return the lines that it has printed since
	 */
	public List<String> readToEnd() {
		try {
			return FinishedProcess.await(this.process).lines();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public void expect(String line) {
		Assertions.assertThat(read()).isEqualTo(line);
	}

	public void send(String line) {
		this.input.println(line);
	}

	/**
	 * Let the process find the end of its input.
	 */
	public void endInput() {
		this.input.close();
	}

	/**
	 * Send a line and wait for the answer.
	 */
	public String ask(String line) {
		send(line);
		return read();
	}

	/**
	 * End the process with SIGKILL and wait until it is gone.
	 */
	public void kill() {
		this.process.destroyForcibly();
		waitFor();
	}

	public void signal(String name) {
		try {
			new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid())).inheritIO().start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public int waitFor() {
		try {
			Assertions.assertThat(this.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
