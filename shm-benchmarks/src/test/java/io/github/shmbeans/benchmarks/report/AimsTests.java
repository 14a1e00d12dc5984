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
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.shmbeans.benchmarks.report.Aim.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AimsTests {

	@Test
	void aRatioIsTakenWithinARoundAndTheMedianOfTheRoundsCounts() {
		Results results = results("17,1,a,10", "17,1,b,5", "17,2,a,40", "17,2,b,40", "17,3,a,9", "17,4,b,1");
		Aim aim = Aim.atMost(1.5, "work", "a", "b", "peer");
		assertThat(aim.measure(results)).isEqualTo(new Results.Spread(2, 1, 1.5, 2));
		assertThat(aim.outcome(results)).isEqualTo(Outcome.REACHED);
		assertThat(Aim.atMost(1.4, "work", "a", "b", "peer").outcome(results)).isEqualTo(Outcome.MISSED);
	}

	@Test
	void theRatioOfThoseThatTookTurnsIsTheMeasuredOne() {
		Results results = results("17,1,a,10", "17,1,b,5", "17,1,a÷b,1.5", "17,2,a÷b,1.3");
		assertThat(Aim.atMost(1.5, "work", "a", "b", "peer").measure(results))
			.isEqualTo(new Results.Spread(2, 1.3, 1.4, 1.5));
	}

	@Test
	void ofThroughputsInARoundTheGreatestCounts() {
		Results results = results("17,1,Contention.two,8", "17,1,Contention.two,9", "17,2,Contention.two,7",
				"17,1,C.contended,6", "17,2,C.contended,4");
		Aim aim = Aim.throughput(1.5, "work", "Contention.two", "C.contended", "peer");
		assertThat(aim.measure(results)).isEqualTo(new Results.Spread(2, 1.5, 1.625, 1.75));
	}

	@Test
	void ofTimesInARoundTheLeastCountsAndOfDifferencesTheMedian() {
		Results results = results("17,1,a,8", "17,1,a,2", "17,1,StartUp.bean,8", "17,1,StartUp.bean,2");
		assertThat(results.values("a").median()).isEqualTo(2);
		assertThat(results.values("StartUp.bean").median()).isEqualTo(5);
	}

	@Test
	void whatWasNotMeasuredIsNeitherReachedNorMissed() {
		Aim aim = Aim.atMost(1.5, "work", "a", "b", "peer");
		assertThat(aim.measure(results("17,1,a,10", "17,2,b,5")).isEmpty()).isTrue();
	}

	@Test
	void fasterComparesThePeerWithUs() {
		Results results = results("17,1,ours,10", "17,1,theirs,150");
		Aim aim = Aim.faster(15, "work", "ours", "theirs", "peer");
		assertThat(aim.outcome(results)).isEqualTo(Outcome.REACHED);
		assertThat(Aim.faster(16, "work", "ours", "theirs", "peer").outcome(results)).isEqualTo(Outcome.MISSED);
	}

	@Test
	void anAbsoluteAimComparesTheValue() {
		Aim aim = Aim.within(15, "work", "a", "ns");
		assertThat(aim.outcome(results("17,1,a,15"))).isEqualTo(Outcome.REACHED);
		assertThat(aim.outcome(results("17,1,a,15.1"))).isEqualTo(Outcome.MISSED);
	}

	@Test
	void anExplainedAimIsMissedOnlyBeyondWhatIsExplained() {
		Aim aim = Aim.within(10, "work", "a", "ns").explained(20);
		assertThat(aim.outcome(results("17,1,a,10"))).isEqualTo(Outcome.REACHED);
		assertThat(aim.outcome(results("17,1,a,10.1"))).isEqualTo(Outcome.EXPLAINED);
		assertThat(aim.outcome(results("17,1,a,20"))).isEqualTo(Outcome.EXPLAINED);
		assertThat(aim.outcome(results("17,1,a,20.1"))).isEqualTo(Outcome.MISSED);
	}

	@Test
	void everyWorkHasAimsOfItsOwnMeasurements() {
		assertThat(Work.ALL).extracting(Work::name).doesNotHaveDuplicates();
		String charted = Work.ALL.stream()
			.flatMap((work) -> work.chart().stream())
			.map((bar) -> bar.getKey() + "\n")
			.collect(Collectors.joining());
		assertThat(Aims.ALL).allSatisfy((aim) -> assertThat(charted).contains(classOf(aim.id())));
	}

	private static String classOf(String id) {
		return id.substring(0, id.indexOf('.'));
	}

	private static Results results(String... lines) {
		Results results = new Results(17);
		List<Sample> samples = Stream.of(lines).map(Sample::parse).toList();
		samples.forEach(results::add);
		return results;
	}

}
