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

/**
 * One measurement.
 *
 * @param jdk the feature version of the JDK that ran the round
 * @param round the round
 * @param id what was measured
 * @param value the best value of the round
 */
record Sample(int jdk, int round, String id, double value) {

	static Sample parse(String line) {
		String[] cells = line.split(",", -1);
		if (cells.length != 4) {
			throw new IllegalArgumentException(
					"Expected jdk,round,id,value in a line of results, found '%s'. Remove the file and run again"
						.formatted(line));
		}
		return new Sample(Integer.parseInt(cells[0]), Integer.parseInt(cells[1]), cells[2],
				Double.parseDouble(cells[3]));
	}

	@Override
	public String toString() {
		return "%d,%d,%s,%.4f".formatted(this.jdk, this.round, this.id, this.value);
	}

}
