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

package io.github.shmbeans.autoconfigure;

import java.nio.file.Path;

import io.github.shmbeans.testing.FinishedProcess;
import io.github.shmbeans.testing.JavaProcess;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what an application says that cannot load the native library of JNA.
 */
class NativeLibraryFailureTests {

	@RegisterExtension
	final SegmentNames namespace = new SegmentNames();

	@Test
	void remedyIsToldInsteadOfAStackTrace(@TempDir Path empty) throws Exception {
		FinishedProcess result = new JavaProcess("-Djna.nounpack=true", "-Djna.boot.library.path=" + empty)
			.run(TrainingRun.class, "--" + this.namespace.property(), "--server.port=0");
		assertThat(result.exitCode()).as(result.output()).isOne();
		assertThat(result.output())
			.contains("APPLICATION FAILED TO START", "Expected JNA to load its native library",
					"start with -Djna.tmpdir=FOLDER", "switch shared memory off: set 'shm.enabled=false'")
			.doesNotContain("\tat ");
	}

}
