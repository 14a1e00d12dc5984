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
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.assertj.core.api.Assertions;

/**
 * A process that has run to its end.
 *
 * @param exitCode its exit status
 * @param output what it printed
 */
public record FinishedProcess(int exitCode, String output) {

	private static final long PATIENCE_SECONDS = 100;

	/**
	 * Run a command to its end.
	 * @return its status and all that it printed, also to standard error
	 */
	public static FinishedProcess run(List<String> command) {
		return run(new ProcessBuilder(command));
	}

	/**
	 * Run a command with an environment of its own.
	 */
	static FinishedProcess run(ProcessBuilder command) {
		try {
			return await(command.redirectErrorStream(true).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read what a process prints until it ends. It is killed, with its children, if it
	 * takes too long.
	 */
	static FinishedProcess await(Process process) throws IOException {
		CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(() -> {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		});
		StringWriter output = new StringWriter();
		process.inputReader(StandardCharsets.UTF_8).transferTo(output);
		try {
			return new FinishedProcess(process.waitFor(), output.toString());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The lines that it printed; fails unless it ended with status 0.
	 */
	public List<String> lines() {
		Assertions.assertThat(this.exitCode).as("exit status; it printed: %s", this.output).isZero();
		return this.output.lines().toList();
	}

}
