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

package io.github.shmbeans.interop;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.shmbeans.testing.CPython;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table in {@code docs/python.md} names tests that exist, and all of CPython's.
 */
@Tag("any-jdk")
class CPythonTestTableTests {

	private static final String HEADING = "## CPython's tests and ours";

	private static final Pattern OURS = Pattern.compile("`(\\w+)#(\\w+)`");

	private static final Pattern THEIRS = Pattern.compile("`(test_\\w+)`");

	private static final String HAS_TESTS = """
			import importlib.util, sys
			sys.exit(importlib.util.find_spec("test._test_multiprocessing") is None)
			""";

	private static final String LIST_TESTS = """
			import ast, importlib.util
			spec = importlib.util.find_spec("test._test_multiprocessing")
			for cls in ast.parse(open(spec.origin, encoding="utf-8").read()).body:
			    for test in getattr(cls, "body", []):
			        if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
			            print(cls.name, test.name)
			""";

	private List<String> lines;

	@BeforeEach
	void readTable() throws IOException {
		List<String> page = Files.readAllLines(page(), StandardCharsets.UTF_8);
		assertThat(page).contains(HEADING);
		this.lines = page.subList(page.indexOf(HEADING) + 1, page.size())
			.stream()
			.takeWhile((line) -> !line.startsWith("## "))
			.toList();
	}

	private static Path page() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.exists(directory.resolve("docs/python.md"))) {
			directory = directory.getParent();
			assertThat(directory).as("a directory with docs/python.md").isNotNull();
		}
		return directory.resolve("docs/python.md");
	}

	@Test
	void everyTestOfOursExists() throws Exception {
		List<MatchResult> named = this.lines.stream().flatMap((line) -> OURS.matcher(line).results()).toList();
		assertThat(named).hasSizeGreaterThan(50);
		Map<String, List<Class<?>>> classes = testClasses();
		assertThat(named).allSatisfy((test) -> {
			assertThat(classes.get(test.group(1))).as(test.group(1)).hasSize(1);
			assertThat(classes.get(test.group(1)).get(0).getDeclaredMethods())
				.filteredOn((method) -> AnnotationSupport.isAnnotated(method, Testable.class))
				.extracting(Method::getName)
				.contains(test.group(2));
		});
	}

	@Test
	void everyTestOfTheInstalledCPythonIsNamed() throws Exception {
		Map<String, Collection<String>> named = theirs();
		assertThat(named).containsKeys("_TestValue", "_TestArray", "_TestSharedCTypes", "_TestSharedMemory",
				"TestResourceTracker");
		List<String> installed = installed();
		assertThat(installed).anyMatch((test) -> test.startsWith("_TestSharedMemory "));
		assertThat(installed).filteredOn((test) -> named.containsKey(test.split(" ")[0]))
			.allSatisfy((test) -> assertThat(named.get(test.split(" ")[0])).contains(test.split(" ")[1]));
	}

	private static Map<String, List<Class<?>>> testClasses() throws Exception {
		Path root = Path.of(CPythonTestTableTests.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		try (Stream<Path> files = Files.walk(root)) {
			return files.map((file) -> root.relativize(file).toString())
				.filter((file) -> file.endsWith("Tests.class"))
				.map((file) -> load(file.replace(".class", "").replace('/', '.')))
				.collect(Collectors.groupingBy(Class::getSimpleName));
		}
	}

	private static Class<?> load(String name) {
		try {
			return Class.forName(name, false, CPythonTestTableTests.class.getClassLoader());
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The tests in the first column of the tables that have a class of CPython as
	 * heading.
	 */
	private Map<String, Collection<String>> theirs() {
		Map<String, Collection<String>> tests = new TreeMap<>();
		String heading = "";
		for (String line : this.lines) {
			if (line.startsWith("### ")) {
				heading = line.substring("### ".length());
			}
			else if (line.startsWith("| ") && heading.startsWith("`")) {
				THEIRS.matcher(line.split(" \\| ")[0])
					.results()
					.map((test) -> test.group(1))
					.forEach(tests.computeIfAbsent(heading.replace("`", ""), (name) -> new TreeSet<>())::add);
			}
		}
		return tests;
	}

	private static List<String> installed() {
		return CPython.assume(HAS_TESTS, "CPython with its test suite").run(LIST_TESTS);
	}

}
