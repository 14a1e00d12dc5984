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
import java.util.Locale;
import java.util.Map;

import io.github.shmbeans.benchmarks.report.Results.Spread;

/**
 * Horizontal bars, one for each measurement and JDK, legible on light and dark ground.
 */
final class Chart {

	private static final int WIDTH = 760;

	private static final int LEFT = 260;

	private static final int LONGEST = 400;

	private static final int BAR = 14;

	private static final int GAP = 10;

	private static final String STYLE = """
			<style>
			text { font: 12px system-ui, sans-serif; fill: #24292f; }
			.jdk0 { fill: #0969da; } .jdk1 { fill: #8250df; }
			@media (prefers-color-scheme: dark) {
			text { fill: #e6edf3; } .jdk0 { fill: #58a6ff; } .jdk1 { fill: #bc8cff; }
			}
			</style>
			""";

	private final Work work;

	private final List<Results> results;

	private final StringBuilder body = new StringBuilder();

	private int y = 40;

	Chart(Work work, List<Results> results) {
		this.work = work;
		this.results = results;
	}

	String svg() {
		text(0, 16, "%s (%s)".formatted(this.work.title(), this.work.unit()));
		double greatest = this.work.chart()
			.stream()
			.flatMap((bar) -> this.results.stream().map((of) -> of.values(bar.getKey())))
			.filter((spread) -> !spread.isEmpty())
			.mapToDouble(Spread::median)
			.max()
			.orElse(1);
		this.work.chart().forEach((bar) -> bars(bar, greatest));
		return """
				<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s">
				%s%s</svg>
				""".formatted(WIDTH, this.y, this.work.title(), STYLE, this.body);
	}

	private void bars(Map.Entry<String, String> bar, double greatest) {
		text(0, this.y + BAR - 2, bar.getValue());
		for (int i = 0; i < this.results.size(); i++) {
			Spread spread = this.results.get(i).values(bar.getKey());
			if (!spread.isEmpty()) {
				double length = Math.max(1, spread.median() / greatest * LONGEST);
				this.body.append(String.format(Locale.ROOT,
						"<rect class=\"jdk%d\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n", i % 2,
						LEFT, this.y, length, BAR));
				text(LEFT + (int) length + 6, this.y + BAR - 2,
						"%s  JDK %d".formatted(Report.number(spread.median()), this.results.get(i).jdk()));
			}
			this.y += BAR + 2;
		}
		this.y += GAP;
	}

	private void text(int x, int baseline, String text) {
		String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
		this.body.append("<text x=\"%d\" y=\"%d\">%s</text>\n".formatted(x, baseline, escaped));
	}

}
