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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTests {

	@TempDir
	Path folder;

	@Test
	void thePageHasEveryAimAndAChartOfEveryWork() throws IOException {
		Path results = Files.createDirectory(this.folder.resolve("results"));
		Files.writeString(results.resolve("machine.md"), "the machine\n");
		Files.writeString(this.folder.resolve("notes.md"), "the notes\n");
		Files.writeString(results.resolve("jdk17.csv"), """
				jdk,round,id,value
				17,1,LockPair.shm,12
				17,1,C.robustMutex,15
				""");
		Files.writeString(results.resolve("jdk25.csv"), """
				jdk,round,id,value
				25,1,LockPair.shm,14
				25,1,C.robustMutex,15
				25,1,Records.lockedGet,16
				""");
		Report.main(new String[] { results.toString(), this.folder.toString() });
		assertThat(this.folder.resolve("benchmarks.md")).content()
			.contains("the notes", "the machine",
					"| uncontended lock and unlock | ≤ 0.85 × C robust mutex | ✓ 0.80 | **missed** 0.93 |",
					"| locked record get | ≤ 15 ns | not run | **missed**, as explained up to 20.0, 16.0 |",
					"| atomic add | ≤ 1.10 × AtomicLongArray | not run | not run |");
		for (Work work : Work.ALL) {
			assertThat(this.folder.resolve("benchmarks/" + work.name() + ".svg")).content().startsWith("<svg");
		}
	}

}
