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

package io.github.shmbeans.internal.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A folder whose files may not be executed. Only root can make one.
 */
final class NoexecFolder implements AfterEachCallback {

	private Path path = Path.of("");

	private boolean mounted;

	/**
	 * Make the folder, or skip the test.
	 */
	Path mount() throws IOException, InterruptedException {
		this.path = Files.createTempDirectory("noexec");
		this.mounted = run("mount", "-t", "tmpfs", "-o", "noexec,size=16m", "tmpfs", this.path.toString()) == 0;
		if (!this.mounted) {
			Files.delete(this.path);
		}
		Assumptions.assumeTrue(this.mounted, "A file system can be mounted");
		return this.path;
	}

	@Override
	public void afterEach(ExtensionContext context) throws Exception {
		if (this.mounted) {
			run("umount", this.path.toString());
			Files.delete(this.path);
		}
	}

	private static int run(String... command) throws IOException, InterruptedException {
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
	}

}
