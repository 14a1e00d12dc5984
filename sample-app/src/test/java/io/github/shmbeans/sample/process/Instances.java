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

package io.github.shmbeans.sample.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.shmbeans.testing.SegmentNames;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts instances of the packaged application that share a namespace of their own, ends
 * them with the test, and fails it if a segment is left.
 */
final class Instances implements AfterEachCallback {

	private static final Path LOGS = Path.of("target", "instances");

	private final SegmentNames segments = new SegmentNames();

	private final List<Instance> started = new ArrayList<>();

	String namespace() {
		return this.segments.prefix();
	}

	List<String> segments() {
		return this.segments.existing();
	}

	/**
	 * Start an instance and wait until it serves.
	 */
	Instance start(String... arguments) {
		Instance instance = launch(arguments);
		instance.awaitReady();
		return instance;
	}

	/**
	 * Start an instance without waiting for it.
	 */
	Instance launch(String... arguments) {
		return launch(Path.of(System.getProperty("java.home"), "bin", "java"), arguments);
	}

	Instance launch(Path java, String... arguments) {
		List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx192m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-XX:ErrorFile=target/hs_err_%p.log", "-jar", "target/sample-app.jar",
				"--server.port=0", "--shm.namespace=" + namespace()));
		command.addAll(List.of(arguments));
		Path log = LOGS.resolve(namespace() + this.started.size() + ".log");
		Instance instance = Instance.launch(command, log);
		this.started.add(instance);
		return instance;
	}

	@Override
	public void afterEach(ExtensionContext context) throws Exception {
		boolean failed = context.getExecutionException().isPresent();
		try {
			if (failed) {
				print();
			}
			else {
				this.started.forEach(Instance::askToEnd);
				this.started.forEach(Instance::waitFor);
			}
		}
		finally {
			this.started.forEach(Instance::kill);
			List<String> left = this.segments.clear();
			if (!failed) {
				Assertions.assertThat(left).as("segments left behind").isEmpty();
			}
		}
	}

	private void print() throws IOException {
		for (Instance instance : this.started) {
			System.err.println(Files.readString(instance.log()));
		}
	}

}
