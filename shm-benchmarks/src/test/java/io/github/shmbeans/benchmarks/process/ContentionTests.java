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

package io.github.shmbeans.benchmarks.process;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ContentionTests {

	@Test
	void twoProcessesContendInTurnWithAPeer() throws Exception {
		PrintStream before = System.out;
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
		try {
			Contention.main(new String[] { "id", "2", "0.1", "peer" });
		}
		finally {
			System.setOut(before);
		}
		assertThat(printed.toString(StandardCharsets.UTF_8))
			.matches("id [0-9.]+\nidWait [0-9]+\npeer [0-9.]+\npeerWait [0-9]+\n");
	}

	@Test
	void perMilleIsTheWaitThatTheRestExceeds() {
		WaitHistogram waits = new WaitHistogram();
		for (int i = 0; i < 9_990; i++) {
			waits.record(5);
		}
		for (int i = 0; i < 10; i++) {
			waits.record(1_000_000);
		}
		assertThat(waits.perMille(999)).isEqualTo(5);
		waits.record(1_000_000);
		assertThat(WaitHistogram.parse(waits.toString()).perMille(999)).isBetween(1_000_000L, 1_125_000L);
	}

}
