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

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class CounterTests {

	private static final long INCREMENTS = 1_000_000;

	private static final Pattern RAW = Pattern.compile("Without the lock: (\\d+) of " + INCREMENTS + ", (\\d+) lost");

	@RegisterExtension
	final Example example = new Example(Counter.class);

	@Test
	void incrementsAreCountedExactlyWithTheLockAndLostWithoutIt() {
		List<String> lines = this.example.run();
		assertThat(lines.subList(0, 2)).containsExactly("With lock(): 1000000 of 1000000",
				"With update(): 1000000 of 1000000");
		List<Long> lost = new ArrayList<>();
		for (String line : lines.subList(2, lines.size())) {
			Matcher raw = RAW.matcher(line);
			assertThat(raw.matches()).as(line).isTrue();
			assertThat(Long.parseLong(raw.group(1))).isPositive().isLessThanOrEqualTo(INCREMENTS);
			assertThat(Long.parseLong(raw.group(2))).isEqualTo(INCREMENTS - Long.parseLong(raw.group(1)));
			lost.add(Long.valueOf(raw.group(2)));
		}
		assertThat(lost).isNotEmpty();
		assertThat(lost.get(lost.size() - 1)).isPositive();
		assertThat(lost.subList(0, lost.size() - 1)).allMatch((each) -> each == 0);
	}

}
