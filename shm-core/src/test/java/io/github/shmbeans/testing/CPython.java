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
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.Assumptions;

/**
 * The real CPython, in a process of its own: that of {@code SHM_TEST_PYTHON}, else
 * {@code python3}.
 */
public final class CPython {

	/**
	 * The directory of the Python part of the project.
	 */
	public static final Path PROJECT = Path.of("..", "python").toAbsolutePath().normalize();

	/**
	 * The directory from which scripts can import the package {@code shmbeans}.
	 */
	public static final Path MODULE = PROJECT.resolve("src");

	private static final String DEFAULT = System.getenv().getOrDefault("SHM_TEST_PYTHON", "python3");

	private static final String PROBE = """
			import sys, multiprocessing.shared_memory
			sys.exit(0 if sys.version_info >= (3, 9) and sys.implementation.name == 'cpython' and sys.byteorder == 'little' else 1)
			""";

	private static final String VERSION = "import sys; print('%d.%d' % sys.version_info[:2])";

	/**
	 * Answers to questions that every test asks, by command.
	 */
	private static final Map<List<String>, FinishedProcess> ANSWERS = new ConcurrentHashMap<>();

	private final String command;

	private CPython(String command) {
		this.command = command;
	}

	/**
	 * The CPython of the tests; they are skipped if there is none.
	 */
	public static CPython assume() {
		return assume(PROBE, "CPython 3.9 or later");
	}

	/**
	 * The CPython of the tests; they are skipped if it has no such module.
	 */
	public static CPython assumeModule(String module) {
		return assume("import " + module, "Python with " + module);
	}

	/**
	 * The CPython of the tests; they are skipped unless a script ends with success.
	 */
	public static CPython assume(String script, String requirement) {
		CPython python = new CPython(DEFAULT);
		Assumptions.assumeTrue(python.succeeds(script),
				() -> "Skipped: '%s' is not %s; name one in SHM_TEST_PYTHON".formatted(DEFAULT, requirement));
		return python;
	}

	/**
	 * The CPython of the tests, for one that goes on without.
	 */
	public static Optional<CPython> find() {
		return Optional.of(new CPython(DEFAULT)).filter(CPython::isPresent);
	}

	/**
	 * One CPython of each version that is found: that of the tests, those that are named
	 * {@code python3.N}, and those of pyenv.
	 */
	public static List<CPython> ofAllVersions() {
		List<String> commands = new ArrayList<>(List.of(DEFAULT));
		for (int minor = 9; minor <= 14; minor++) {
			commands.add("python3." + minor);
		}
		commands.addAll(ofPyenv());
		Set<String> versions = new LinkedHashSet<>();
		List<CPython> found = new ArrayList<>();
		for (String command : commands) {
			CPython python = new CPython(command);
			if (python.isPresent() && versions.add(python.version())) {
				found.add(python);
			}
		}
		return found;
	}

	private static List<String> ofPyenv() {
		Path versions = Path.of(System.getenv().getOrDefault("PYENV_ROOT", System.getProperty("user.home") + "/.pyenv"),
				"versions");
		List<String> commands = new ArrayList<>();
		if (Files.isDirectory(versions)) {
			try (DirectoryStream<Path> directories = Files.newDirectoryStream(versions, "3.*")) {
				directories.forEach((version) -> commands.add(version.resolve("bin/python3").toString()));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return commands;
	}

	private boolean isPresent() {
		return succeeds(PROBE);
	}

	/**
	 * Whether a module can be imported.
	 */
	public boolean has(String module) {
		return succeeds("import " + module);
	}

	private boolean succeeds(String script) {
		try {
			return ask(script).exitCode() == 0;
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	private FinishedProcess ask(String script) {
		return ANSWERS.computeIfAbsent(command(script), FinishedProcess::run);
	}

	public String executable() {
		return this.command;
	}

	public String version() {
		return ask(VERSION).lines().get(0);
	}

	/**
	 * The command that runs a file.
	 */
	public List<String> fileCommand(String file, String... arguments) {
		List<String> command = new ArrayList<>(List.of(this.command, "-S", "-E", file));
		command.addAll(List.of(arguments));
		return command;
	}

	/**
	 * The command that runs a script.
	 */
	public List<String> command(String script, String... arguments) {
		List<String> command = new ArrayList<>(List.of(this.command, "-X", "utf8", "-c", script));
		command.addAll(List.of(arguments));
		return command;
	}

	/**
	 * Run a script.
	 * @param script the script
	 * @param arguments its arguments
	 * @return what it printed
	 */
	public List<String> run(String script, String... arguments) {
		return run(command(script, arguments));
	}

	/**
	 * Run a script of a file.
	 * @param file the file
	 * @param arguments its arguments
	 * @return what it printed
	 */
	public List<String> run(Path file, String... arguments) {
		List<String> command = new ArrayList<>(List.of(this.command, "-X", "utf8", file.toString()));
		command.addAll(List.of(arguments));
		return run(command);
	}

	private static List<String> run(List<String> command) {
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().putAll(Map.of("PYTHONPATH", MODULE.toString(), "PYTHONDONTWRITEBYTECODE", "1"));
		return FinishedProcess.run(builder).lines();
	}

	@Override
	public String toString() {
		return this.command.startsWith("/") ? "CPython " + version() : this.command;
	}

}
