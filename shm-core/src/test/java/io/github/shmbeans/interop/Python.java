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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.shmbeans.testing.CPython;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;

/**
 * Stock CPython that fails at every warning.
 */
final class Python {

	private static final String PROBE = "import ctypes, sys; ctypes.CDLL('libatomic.so.1'); sys.exit(sys.version_info < (3, 8))";

	private static final String PROGRAM = program();

	private Python() {
	}

	private static String program() {
		try {
			return Files.readString(Path.of("src/test/resources/interop/peer.py"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The command that runs it. Without it, the test is skipped.
	 */
	static List<String> command(String... arguments) {
		CPython python = CPython.assume(PROBE, "CPython 3.8 or later with libatomic.so.1");
		List<String> command = new ArrayList<>(List.of(python.executable(), "-B", "-W", "error", "-X", "utf8"));
		command.addAll(List.of(arguments));
		return command;
	}

	/**
	 * A process that evaluates each line that it is sent and answers with the result, or
	 * the name of the exception.
	 */
	static Peer peer(Peers peers) {
		Peer peer = peers.start(command("-c", PROGRAM, CPython.MODULE.toString()));
		peer.expect("ready");
		return peer;
	}

}
