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
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the other processes of the examples.
 */
final class Processes {

	private Processes() {
	}

	/**
	 * The command of a JVM like this one.
	 * @param main what it runs
	 * @param arguments the arguments of the main class
	 * @return the command
	 */
	static List<String> java(Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(ProcessHandle.current().info().command().orElse("java"));
		command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
		command.add(main.getName());
		command.addAll(List.of(arguments));
		return command;
	}

	/**
	 * Run a command in this console to its end.
	 * @param command the command
	 */
	static void run(List<String> command) throws IOException, InterruptedException {
		join(new ProcessBuilder(command).inheritIO().start());
	}

	/**
	 * Start a command that is talked to.
	 * @param command the command
	 * @return the process
	 */
	static Process start(List<String> command) throws IOException {
		return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}

	/**
	 * Wait for the end of a process.
	 * @param process the process
	 * @throws IllegalStateException if it failed
	 */
	static void join(Process process) throws InterruptedException {
		int status = process.waitFor();
		if (status != 0) {
			throw new IllegalStateException("Expected process %d to end with status 0, found %d. See its messages above"
				.formatted(process.pid(), status));
		}
	}

}
