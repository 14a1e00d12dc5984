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
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.shmbeans.error.UnsupportedPlatformException;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NativeLibrary}.
 */
class NativeLibraryTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final NoexecFolder noexec = new NoexecFolder();

	@Test
	void folderWhoseFilesMayNotBeExecutedIsExplainedEachTime() throws Exception {
		assertThat(run("-Djna.tmpdir=" + this.noexec.mount())).hasSize(2)
			.allSatisfy((line) -> assertThat(line).startsWith(UnsupportedPlatformException.class.getName())
				.contains("failed to map segment", "start with -Djna.tmpdir=FOLDER"));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_24)
	void nativeAccessThatIsDeniedIsExplainedEachTime() throws Exception {
		assertThat(run("--illegal-native-access=deny")).hasSize(2)
			.allSatisfy((line) -> assertThat(line).startsWith(UnsupportedPlatformException.class.getName())
				.contains("Illegal native access", "Start it with --enable-native-access=ALL-UNNAMED"));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_24)
	void nativeAccessThatIsAllowedOpensSegments() throws Exception {
		assertThat(run("--enable-native-access=ALL-UNNAMED")).endsWith("opened", "opened");
	}

	private List<String> run(String option) throws IOException, InterruptedException {
		List<String> command = Peers.javaCommand(List.of(), NativeLibraryUser.class, this.names.name("block"));
		command.remove("--enable-native-access=ALL-UNNAMED");
		command.add(1, option);
		Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
		List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
			.toList();
		assertThat(process.waitFor()).as(lines.toString()).isZero();
		return lines;
	}

}
