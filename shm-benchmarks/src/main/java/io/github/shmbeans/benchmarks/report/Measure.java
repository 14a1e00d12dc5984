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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs all works round by round, so that a peer is measured in the same minute and every
 * figure several times, and appends the measurements to a file. Of each run the best
 * iteration counts: noise only ever adds.
 */
public final class Measure {

	private static final String BYTES = "·bytes";

	private final Settings settings;

	private Measure(Settings settings) {
		this.settings = settings;
	}

	/**
	 * Run with the settings as system properties, see {@link Settings}.
	 * @param arguments none
	 * @throws Exception if something fails
	 */
	public static void main(String[] arguments) throws Exception {
		new Measure(Settings.ofProperties()).run();
	}

	private void run() throws IOException, RunnerException, InterruptedException {
		for (int round = 1; round <= this.settings.rounds(); round++) {
			for (Work work : this.settings.works()) {
				System.out.printf("JDK %d, round %d of %d: %s%n", Runtime.version().feature(), round,
						this.settings.rounds(), work.name());
				List<Map.Entry<String, Double>> values = new ArrayList<>();
				for (int i = 0; i < this.settings.times(); i++) {
					for (String command : work.commands()) {
						values.addAll(this.settings.programs().run(command));
					}
				}
				for (String benchmark : work.benchmarks()) {
					values.addAll(runBenchmarks(benchmark));
				}
				save(round, values);
			}
		}
	}

	private void save(int round, List<Map.Entry<String, Double>> values) {
		int jdk = Runtime.version().feature();
		Path file = this.settings.results().resolve("jdk%d.csv".formatted(jdk));
		try {
			if (!Files.exists(file)) {
				Files.writeString(file, Results.HEADER + "\n");
			}
			for (Map.Entry<String, Double> value : values) {
				Files.writeString(file, new Sample(jdk, round, value.getKey(), value.getValue()) + "\n",
						StandardOpenOption.APPEND);
				System.out.printf("  %-32s %12.3f%n", value.getKey(), value.getValue());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<Map.Entry<String, Double>> runBenchmarks(String benchmark) throws RunnerException {
		String[] parts = benchmark.split(":", 2);
		ChainedOptionsBuilder options = new OptionsBuilder().include("\\." + parts[0] + "($|\\.)")
			.forks(1)
			.warmupIterations(this.settings.warmUps())
			.warmupTime(TimeValue.milliseconds(Settings.WARM_UP_MILLIS))
			.measurementIterations(this.settings.iterations())
			.measurementTime(TimeValue.milliseconds(Settings.MILLIS))
			.timeout(TimeValue.minutes(2))
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT)
			.addProfiler(GCProfiler.class)
			.addProfiler(TurnProfiler.class)
			.jvmArgsAppend(this.settings.jvmArguments());
		if (parts.length > 1) {
			options.param("types", parts[1]);
		}
		List<Map.Entry<String, Double>> values = new ArrayList<>();
		String suffix = (parts.length > 1) ? ":" + parts[1] : "";
		for (RunResult result : new Runner(options.build()).run()) {
			Iterations iterations = Iterations.of(result);
			for (String id : iterations.ids()) {
				values.add(Map.entry(id + suffix, iterations.best(id)));
				values.add(Map.entry(id + suffix + BYTES, iterations.allocation(id)));
			}
			String first = iterations.ids().get(0);
			for (String id : iterations.ids().subList(1, iterations.ids().size())) {
				values.add(Map.entry(Results.ratioId(id + suffix, first + suffix), iterations.ratioToFirst(id)));
			}
		}
		return values;
	}

}
