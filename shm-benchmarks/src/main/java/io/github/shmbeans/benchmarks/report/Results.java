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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * The measurements of one JDK, by round.
 */
final class Results {

	static final String HEADER = "jdk,round,id,value";

	private final int jdk;

	private final Map<Integer, Map<String, List<Double>>> rounds = new TreeMap<>();

	Results(int jdk) {
		this.jdk = jdk;
	}

	/**
	 * Read every file {@code jdk*.csv} of a folder.
	 */
	static List<Results> read(Path folder) throws IOException {
		Map<Integer, Results> all = new TreeMap<>();
		try (var files = Files.newDirectoryStream(folder, "jdk*.csv")) {
			for (Path file : files) {
				Files.readAllLines(file)
					.stream()
					.filter((line) -> !line.equals(HEADER))
					.map(Sample::parse)
					.forEach((sample) -> all.computeIfAbsent(sample.jdk(), Results::new).add(sample));
			}
		}
		return new ArrayList<>(all.values());
	}

	void add(Sample sample) {
		this.rounds.computeIfAbsent(sample.round(), (round) -> new TreeMap<>())
			.computeIfAbsent(sample.id(), (id) -> new ArrayList<>())
			.add(sample.value());
	}

	int jdk() {
		return this.jdk;
	}

	/**
	 * The values of the rounds; of several in one round the best counts.
	 */
	Spread values(String id) {
		return Spread.of(this.rounds.values()
			.stream()
			.filter((round) -> round.containsKey(id))
			.mapToDouble((round) -> best(round, id)));
	}

	/**
	 * Under which name the ratio of two that took turns is kept.
	 */
	static String ratioId(String id, String to) {
		return id + "÷" + to;
	}

	/**
	 * The ratios of two measurements of the same round; of those that took turns, as they
	 * were measured.
	 */
	Spread ratios(String id, String to) {
		Spread measured = values(ratioId(id, to));
		if (!measured.isEmpty()) {
			return measured;
		}
		return Spread.of(this.rounds.values()
			.stream()
			.filter((round) -> round.containsKey(id) && round.containsKey(to))
			.mapToDouble((round) -> best(round, id) / best(round, to)));
	}

	private static double best(Map<String, List<Double>> round, String id) {
		return Best.of(id)
			.of(round.getOrDefault(id, List.of()).stream().mapToDouble(Double::doubleValue).sorted().toArray());
	}

	/**
	 * The median of the rounds and how far they lie apart.
	 *
	 * @param count how many there are
	 * @param min the least
	 * @param median the median
	 * @param max the greatest
	 */
	record Spread(int count, double min, double median, double max) {

		static Spread of(DoubleStream values) {
			double[] sorted = values.sorted().toArray();
			if (sorted.length == 0) {
				return new Spread(0, Double.NaN, Double.NaN, Double.NaN);
			}
			return new Spread(sorted.length, sorted[0], Best.MEDIAN.of(sorted), sorted[sorted.length - 1]);
		}

		boolean isEmpty() {
			return this.count == 0;
		}

	}

}
