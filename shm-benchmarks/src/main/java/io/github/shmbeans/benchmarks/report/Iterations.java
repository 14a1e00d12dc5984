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

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.shmbeans.benchmarks.Peers;
import io.github.shmbeans.benchmarks.report.Results.Spread;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/**
 * The iterations of one benchmark, by peer if some take turns in it. Of those of a peer
 * the best counts: noise only ever adds.
 *
 * @param ids the identifiers of the peers, in the order of their turns
 * @param all the iterations
 */
record Iterations(List<String> ids, List<IterationResult> all) {

	static Iterations of(RunResult result) {
		return new Iterations(ids(result.getParams().getBenchmark()),
				result.getBenchmarkResults().stream().flatMap((fork) -> fork.getIterationResults().stream()).toList());
	}

	private static List<String> ids(String benchmark) {
		int end = benchmark.lastIndexOf('.');
		String type = benchmark.substring(0, end);
		String prefix = type.substring(type.lastIndexOf('.') + 1) + ".";
		String name = benchmark.substring(end + 1);
		Peers peers = method(type, name).getAnnotation(Peers.class);
		return ((peers != null) ? Arrays.stream(peers.value()) : Stream.of(name)).map(prefix::concat).toList();
	}

	private static Method method(String type, String name) {
		try {
			return Arrays.stream(Class.forName(type).getMethods())
				.filter((method) -> method.isAnnotationPresent(Benchmark.class) && method.getName().equals(name))
				.findFirst()
				.orElseThrow();
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Stream<IterationResult> of(String id) {
		return this.all.stream().filter((iteration) -> this.ids.get(turn(iteration) % this.ids.size()).equals(id));
	}

	private static int turn(IterationResult iteration) {
		return (int) secondary(iteration, TurnProfiler.LABEL);
	}

	/**
	 * How long a peer took in relation to the first one: the median of the ratios of two
	 * turns that followed each other, since the best turns of both may be of different
	 * moments.
	 */
	double ratioToFirst(String id) {
		Map<Integer, Double> first = scores(this.ids.get(0));
		return Spread
			.of(scores(id).entrySet()
				.stream()
				.filter((score) -> first.containsKey(score.getKey()))
				.mapToDouble((score) -> score.getValue() / Objects.requireNonNull(first.get(score.getKey()))))
			.median();
	}

	/** By the number of the group of turns in which each peer has one. */
	private Map<Integer, Double> scores(String id) {
		Map<Integer, Double> scores = new HashMap<>();
		of(id).forEach((iteration) -> scores.put(turn(iteration) / this.ids.size(), score(iteration)));
		return scores;
	}

	private static double score(IterationResult iteration) {
		return iteration.getPrimaryResult().getScore();
	}

	double best(String id) {
		return of(id).mapToDouble(Iterations::score).min().orElseThrow();
	}

	/**
	 * How many bytes an operation allocates.
	 */
	double allocation(String id) {
		return of(id).mapToDouble((iteration) -> secondary(iteration, "gc.alloc.rate.norm")).min().orElseThrow();
	}

	private static double secondary(IterationResult iteration, String label) {
		return Objects.requireNonNull(iteration.getSecondaryResults().get(label), label).getScore();
	}

}
