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

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds how often everything runs
 * @param times how often the programs of a work run in a round, in turn: each has the
 * processors near each other and far from each other, as the host of a virtual machine
 * places them from second to second
 * @param warmUps how many times {@value #WARM_UP_MILLIS} ms JMH warms up
 * @param iterations how many times {@value #MILLIS} ms it measures
 * @param works what runs
 * @param results where the results go
 * @param programs the other programs
 */
record Settings(int rounds, int times, int warmUps, int iterations, List<Work> works, Path results, Programs programs) {

	static final int WARM_UP_MILLIS = 100;

	/**
	 * Shorter than a time slice: among many, some are not interrupted by other processes.
	 */
	static final int MILLIS = 5;

	/**
	 * Read {@code bench.quick}, {@code bench.rounds}, {@code bench.only},
	 * {@code bench.results}, {@code bench.c}, {@code bench.python} and
	 * {@code bench.options}.
	 */
	static Settings ofProperties() {
		boolean quick = Boolean.getBoolean("bench.quick");
		int rounds = Integer.getInteger("bench.rounds", quick ? 1 : 3);
		String only = System.getProperty("bench.only", "");
		List<Work> works = only.isEmpty() ? Work.ALL : Arrays.stream(only.split(",", -1)).map(Settings::work).toList();
		Programs programs = new Programs(System.getProperty("bench.c", "peer"),
				System.getProperty("bench.python", "peer.py"), quick ? "1" : "3", quick ? "1" : "5");
		return new Settings(rounds, quick ? 1 : 2, quick ? 6 : 10, quick ? 40 : 120, works,
				Path.of(System.getProperty("bench.results", "results")), programs);
	}

	private static Work work(String name) {
		List<Work> measuring = Work.ALL.stream().filter(Work::isMeasuring).toList();
		return measuring.stream()
			.filter((work) -> work.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"Expected one of %s, found '%s'".formatted(measuring.stream().map(Work::name).toList(), name)));
	}

	/**
	 * The arguments of the JVMs that JMH starts. The heap is touched before: on a virtual
	 * machine the first touch of a page may cost more than ten times the allocation.
	 */
	String[] jvmArguments() {
		return new String[] { "@" + System.getProperty("bench.options", "jvm.options"), "-Xms1g", "-Xmx1g",
				"-XX:+AlwaysPreTouch", "-Dredis.port=" + System.getProperty("redis.port", "6379"),
				"-Dredis.socket=" + System.getProperty("redis.socket", "") };
	}

}
