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

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of several measurements of the same in one round counts.
 */
enum Best {

	/** Of times: whatever else runs only ever adds. */
	LEAST,

	/** Of throughputs. */
	GREATEST,

	/**
	 * Of differences and ratios of two times, of which either may have been disturbed.
	 */
	MEDIAN;

	private static final Set<String> THROUGHPUTS = Work.ALL.stream()
		.filter((work) -> work.unit().startsWith("operations"))
		.flatMap((work) -> work.chart().stream())
		.map(Map.Entry::getKey)
		.collect(Collectors.toUnmodifiableSet());

	static Best of(String id) {
		if (id.startsWith("StartUp.")) {
			return MEDIAN;
		}
		return THROUGHPUTS.contains(id) ? GREATEST : LEAST;
	}

	double of(double[] sorted) {
		int last = sorted.length - 1;
		return switch (this) {
			case LEAST -> sorted[0];
			case GREATEST -> sorted[last];
			case MEDIAN -> (sorted[last / 2] + sorted[(last + 1) / 2]) / 2;
		};
	}

}
