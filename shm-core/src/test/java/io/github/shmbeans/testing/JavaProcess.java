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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another JVM of the same version with the class path of the tests.
 */
public final class JavaProcess {

	private final List<String> options;

	public JavaProcess(String... options) {
		this.options = List.of(options);
	}

	/**
	 * Run a main class to its end.
	 */
	public FinishedProcess run(Class<?> main, String... arguments) {
		return FinishedProcess.run(command(main, arguments));
	}

	/**
	 * The command that runs a main class.
	 */
	public List<String> command(Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(this.options);
		command.addAll(List.of("-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), main.getName()));
		command.addAll(List.of(arguments));
		return command;
	}

}
