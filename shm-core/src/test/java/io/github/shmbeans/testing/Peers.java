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
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts processes for a test and ends them with it.
 */
public final class Peers implements AfterEachCallback {

	private final List<Peer> started = new ArrayList<>();

	/**
	 * Start a JVM of the same version that runs a main class of the test class path.
	 */
	public Peer java(Class<?> main, String... arguments) {
		return start(javaCommand(main, arguments));
	}

	/**
	 * The command of such a JVM.
	 */
	public static List<String> javaCommand(Class<?> main, String... arguments) {
		return javaCommand(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), main, arguments);
	}

	/**
	 * The command of such a JVM with options of its own.
	 */
	public static List<String> javaCommand(List<String> options, Class<?> main, String... arguments) {
		List<String> all = new ArrayList<>(options);
		all.add("-XX:ErrorFile=target/hs_err_%p.log");
		if (Runtime.version().feature() >= 24) {
			all.add("--enable-native-access=ALL-UNNAMED");
		}
		return new JavaProcess(all.toArray(String[]::new)).command(main, arguments);
	}

	/**
	 * Start any command.
	 */
	public Peer start(List<String> command) {
		try {
			Peer peer = new Peer(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
			this.started.add(peer);
			return peer;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void afterEach(ExtensionContext context) throws InterruptedException {
		for (Peer peer : this.started) {
			peer.process().destroyForcibly().waitFor();
		}
	}

}
