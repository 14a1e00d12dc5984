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

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.AverageTimeResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.ScalarResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class IterationsTests {

	@Test
	void turnsThatFollowEachOtherAreCompared() {
		Iterations iterations = new Iterations(List.of("a", "b"), List.of(iteration(2, 200), iteration(3, 220),
				iteration(4, 400), iteration(5, 440), iteration(6, 400), iteration(7, 480), iteration(8, 100)));
		assertThat(iterations.best("a")).isEqualTo(100);
		assertThat(iterations.best("b")).isEqualTo(220);
		assertThat(iterations.ratioToFirst("b")).isEqualTo(1.1, within(1e-9));
	}

	private static IterationResult iteration(int turn, long nanos) {
		IterationResult iteration = new IterationResult(null, null, null);
		iteration.addResult(new AverageTimeResult(ResultRole.PRIMARY, "", 1, nanos, TimeUnit.NANOSECONDS));
		iteration.addResult(new ScalarResult(TurnProfiler.LABEL, turn, "", AggregationPolicy.MAX));
		return iteration;
	}

}
