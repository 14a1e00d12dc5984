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

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts JVMs as other users of one group. The class path is copied to where they may
 * read it. Tests are skipped if this user may not become another.
 */
public final class Users implements BeforeEachCallback, AfterEachCallback {

	/** A user id. */
	public static final int ALICE = 54321;

	/** Another user id. */
	public static final int BOB = 54322;

	private final Peers peers;

	private Path directory;

	public Users(Peers peers) {
		this.peers = peers;
	}

	@Override
	public void beforeEach(ExtensionContext context) throws Exception {
		Assumptions.assumeTrue(new ProcessBuilder(as(ALICE, List.of("true"))).start().waitFor() == 0,
				"Skipped: this user may not become another (setpriv --reuid)");
		this.directory = Files.createTempDirectory("shm-users");
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
		String[] entries = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
			.split(File.pathSeparator);
		for (int i = 0; i < entries.length; i++) {
			if (entries[i].contains("classes") || entries[i].contains("jna")) {
				copy(Path.of(entries[i]), this.directory.resolve(i + "-" + Path.of(entries[i]).getFileName()));
			}
		}
	}

	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : (Iterable<Path>) files::iterator) {
				Path target = to.resolve(from.relativize(file).toString());
				Files.copy(file, target);
				Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
			}
		}
	}

	/**
	 * Start a JVM that runs a main class of the test class path.
	 */
	public Peer java(int user, Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>(Peers.javaCommand(main, arguments));
		command.set(command.indexOf("-cp") + 1, classPath());
		command.add(1, "-Djna.tmpdir=/tmp");
		command.removeIf((argument) -> argument.startsWith("-XX:ErrorFile"));
		return this.peers.start(as(user, command));
	}

	private String classPath() {
		try (Stream<Path> files = Files.list(this.directory)) {
			return String.join(File.pathSeparator, files.map(Path::toString).sorted().toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> as(int user, List<String> command) {
		List<String> whole = new ArrayList<>(
				List.of("setpriv", "--reuid=" + user, "--regid=" + ALICE, "--clear-groups", "--"));
		whole.addAll(command);
		return whole;
	}

	@Override
	public void afterEach(ExtensionContext context) throws IOException {
		if (this.directory != null) {
			try (Stream<Path> files = Files.walk(this.directory)) {
				for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(file);
				}
			}
		}
	}

}
