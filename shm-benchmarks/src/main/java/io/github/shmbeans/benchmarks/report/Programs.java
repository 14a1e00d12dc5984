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

package io.github.shmbeans.benchmarks.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the peers that are programs of their own, and our own harnesses of several
 * processes.
 *
 * @param peer the C peer
 * @param script the Python peer
 * @param seconds how long harnesses measure
 * @param rounds how often they start applications
 */
record Programs(String peer, String script, String seconds, String rounds) {

	List<Map.Entry<String, Double>> run(String command) throws IOException, InterruptedException {
		List<String> words = new ArrayList<>();
		for (String word : command.split(" ", -1)) {
			switch (word) {
				case "c" -> words.add(this.peer);
				case "python" -> words.addAll(List.of("python3", this.script));
				case "java" -> words.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						"-cp", System.getProperty("java.class.path"), "-Xmx2g", "--enable-native-access=ALL-UNNAMED"));
				case "SECONDS" -> words.add(this.seconds);
				case "ROUNDS" -> words.add(this.rounds);
				default -> words.add(word);
			}
		}
		Process process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		try (BufferedReader reader = process.inputReader()) {
			List<Map.Entry<String, Double>> values = reader.lines().map(Programs::value).toList();
			if (process.waitFor() != 0) {
				throw new IOException("Expected '%s' to succeed, found exit code %d".formatted(String.join(" ", words),
						process.exitValue()));
			}
			return values;
		}
		finally {
			process.destroy();
		}
	}

	private static Map.Entry<String, Double> value(String line) {
		String[] words = line.split(" ", -1);
		if (words.length != 2) {
			throw new IllegalArgumentException("Expected an id and a value, found '%s'".formatted(line));
		}
		return Map.entry(words[0], Double.valueOf(words[1]));
	}

}
