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
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.shmbeans.benchmarks.report.Aim.Outcome;
import io.github.shmbeans.benchmarks.report.Results.Spread;

/**
 * Writes {@code docs/benchmarks.md} and its charts from the results, or checks the aims.
 */
public final class Report {

	private final List<Results> results;

	private final String machine;

	private Report(List<Results> results, String machine) {
		this.results = results;
		this.machine = machine;
	}

	/**
	 * Run with {@code RESULTS} to check, and with {@code RESULTS DOCS} to write.
	 * @param arguments the folder of the results, and the folder of the documentation
	 * @throws IOException if a file cannot be read or written
	 */
	public static void main(String[] arguments) throws IOException {
		Path folder = Path.of(arguments[0]);
		Report report = new Report(Results.read(folder), Files.readString(folder.resolve("machine.md")));
		if (arguments.length > 1) {
			report.write(Path.of(arguments[1]), Files.readString(folder.resolve("../notes.md")));
		}
		else {
			System.exit(report.check() ? 0 : 1);
		}
	}

	/**
	 * Print every aim.
	 * @return {@code false} if one is missed, explained or not, or none measured
	 */
	private boolean check() {
		Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
		for (Results of : this.results) {
			for (Aim aim : Aims.ALL) {
				Spread spread = aim.measure(of);
				if (!spread.isEmpty()) {
					Outcome outcome = aim.outcome(of);
					counts.merge(outcome, 1, Integer::sum);
					System.out.printf("%-6s JDK %d  %-45s %-38s %s%n", outcome.word(), of.jdk(), aim.work(),
							aim.describe(), text(spread));
				}
			}
		}
		int missed = counts.getOrDefault(Outcome.MISSED, 0);
		int explained = counts.getOrDefault(Outcome.EXPLAINED, 0);
		int reached = counts.getOrDefault(Outcome.REACHED, 0);
		System.out.printf("%d aims measured, %d missed, of which docs/benchmarks.md explains %d%n",
				reached + explained + missed, explained + missed, explained);
		return reached > 0 && explained + missed == 0;
	}

	private void write(Path docs, String notes) throws IOException {
		Path charts = Files.createDirectories(docs.resolve("benchmarks"));
		StringBuilder page = new StringBuilder(notes).append('\n').append(this.machine).append("\n## Aims\n\n");
		page.append("| work | aim |");
		this.results.forEach((of) -> page.append(" JDK %d |".formatted(of.jdk())));
		page.append("\n|---|---|").append("---|".repeat(this.results.size())).append('\n');
		for (Aim aim : Aims.ALL) {
			page.append("| %s | %s |".formatted(aim.work(), aim.describe()));
			this.results.forEach((of) -> page.append(cell(aim, of)));
			page.append('\n');
		}
		page.append("\n## Figures\n\nMedians of the rounds; the least and the greatest round in brackets.\n");
		for (Work work : Work.ALL) {
			section(work, page, charts);
		}
		Files.writeString(docs.resolve("benchmarks.md"), page);
	}

	private static String cell(Aim aim, Results of) {
		Spread spread = aim.measure(of);
		if (spread.isEmpty()) {
			return " not run |";
		}
		Outcome outcome = aim.outcome(of);
		String limit = (outcome == Outcome.EXPLAINED) ? " up to %s,".formatted(number(aim.tolerated())) : "";
		return " %s%s %s |".formatted(outcome.cell(), limit, text(spread));
	}

	private void section(Work work, StringBuilder page, Path charts) throws IOException {
		page.append("\n### %s\n\n".formatted(work.title()));
		Files.writeString(charts.resolve(work.name() + ".svg"), new Chart(work, this.results).svg());
		page.append("![%s](benchmarks/%s.svg)\n\n| %s |".formatted(work.title(), work.name(), work.unit()));
		this.results.forEach((of) -> page.append(" JDK %d |".formatted(of.jdk())));
		page.append("\n|---|").append("---:|".repeat(this.results.size())).append('\n');
		work.chart().forEach((bar) -> {
			page.append("| %s |".formatted(bar.getValue()));
			this.results.forEach((of) -> page.append(" %s |".formatted(text(of.values(bar.getKey())))));
			page.append('\n');
		});
	}

	static String text(Spread spread) {
		if (spread.isEmpty()) {
			return "not run";
		}
		return (spread.count() == 1) ? number(spread.median())
				: "%s [%s … %s]".formatted(number(spread.median()), number(spread.min()), number(spread.max()));
	}

	static String number(double value) {
		String format = (Math.abs(value) >= 100) ? "%,.0f" : (Math.abs(value) >= 10) ? "%.1f" : "%.2f";
		return String.format(Locale.ROOT, format, value);
	}

}
