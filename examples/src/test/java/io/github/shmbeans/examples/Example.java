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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.shmbeans.testing.JavaProcess;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs the main class of an example as its reader does, and fails the test if it leaves a
 * segment behind.
 */
final class Example implements AfterEachCallback {

	private final Class<?> main;

	private final Peers peers = new Peers();

	private final List<SegmentNames> segments = new ArrayList<>();

	Example(Class<?> main) {
		this.main = main;
	}

	/**
	 * Run it to its end.
	 * @return the lines that it printed
	 */
	List<String> run(String... arguments) {
		Peer process = this.peers
			.start(new JavaProcess("--enable-native-access=ALL-UNNAMED").command(this.main, arguments));
		this.segments.add(new SegmentNames(namespace(process.process())));
		return process.readToEnd();
	}

	private String namespace(Process process) {
		String example = this.main.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
		return example + "-" + process.pid() + "-";
	}

	/**
	 * Whether a segment is there now.
	 */
	static boolean exists(String segment) {
		return Files.exists(Path.of("/dev/shm", segment));
	}

	@Override
	public void afterEach(ExtensionContext context) throws InterruptedException {
		this.peers.afterEach(context);
		this.segments.forEach((names) -> names.afterEach(context));
	}

}
