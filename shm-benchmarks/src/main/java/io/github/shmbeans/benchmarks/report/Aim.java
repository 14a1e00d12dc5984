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

import io.github.shmbeans.benchmarks.report.Results.Spread;
import org.jspecify.annotations.Nullable;

/**
 * What must be reached.
 *
 * @param work what is done
 * @param id what is compared: {@code shmbeans}' measurement, or the peer's where that is
 * to be the greater one
 * @param to what it is compared with; {@code null} for an absolute value
 * @param peer the peer in words
 * @param bound on which side of the limit the aim lies
 * @param limit the limit
 * @param tolerated how far measurements may be off where the documentation explains why
 * the limit cannot be reached; the limit itself where it explains nothing
 */
record Aim(String work, String id, @Nullable String to, String peer, Bound bound, double limit, double tolerated) {

	Aim(String work, String id, @Nullable String to, String peer, Bound bound, double limit) {
		this(work, id, to, peer, bound, limit, limit);
	}

	/**
	 * Take at most so many times as long as a peer.
	 */
	static Aim atMost(double limit, String work, String id, String to, String peer) {
		return new Aim(work, id, to, peer, Bound.AT_MOST, limit);
	}

	/**
	 * Take at most so long.
	 */
	static Aim within(double limit, String work, String id, String unit) {
		return new Aim(work, id, null, unit, Bound.AT_MOST, limit);
	}

	/**
	 * Be so many times as fast as a peer.
	 */
	static Aim faster(double limit, String work, String id, String than, String peer) {
		return new Aim(work, than, id, "faster than " + peer, Bound.AT_LEAST, limit);
	}

	/**
	 * Get at least so many times as much done as a peer.
	 */
	static Aim throughput(double limit, String work, String id, String to, String peer) {
		return new Aim(work, id, to, peer, Bound.AT_LEAST, limit);
	}

	/**
	 * The documentation explains why it is missed by so much.
	 */
	Aim explained(double tolerated) {
		return new Aim(this.work, this.id, this.to, this.peer, this.bound, this.limit, tolerated);
	}

	Spread measure(Results results) {
		return (this.to != null) ? results.ratios(this.id, this.to) : results.values(this.id);
	}

	Outcome outcome(Results results) {
		double measured = measure(results).median();
		if (isWithin(this.limit, measured)) {
			return Outcome.REACHED;
		}
		return isWithin(this.tolerated, measured) ? Outcome.EXPLAINED : Outcome.MISSED;
	}

	private boolean isWithin(double limit, double measured) {
		return (this.bound == Bound.AT_MOST) ? measured <= limit : measured >= limit;
	}

	String describe() {
		String sign = (this.bound == Bound.AT_MOST) ? "≤" : "≥";
		return "%s %s %s%s".formatted(sign,
				(this.limit == Math.rint(this.limit)) ? "%.0f".formatted(this.limit) : "%.2f".formatted(this.limit),
				(this.to != null) ? "× " : "", this.peer);
	}

	/**
	 * What became of an aim.
	 */
	enum Outcome {

		/** The aim is reached. */
		REACHED("ok", "✓"),

		/** It is missed, by no more than the documentation explains. */
		EXPLAINED("LIMIT", "**missed**, as explained"),

		/** It is missed. */
		MISSED("MISSED", "**missed**");

		private final String word;

		private final String cell;

		Outcome(String word, String cell) {
			this.word = word;
			this.cell = cell;
		}

		String word() {
			return this.word;
		}

		String cell() {
			return this.cell;
		}

	}

	/**
	 * On which side of its limit an aim lies.
	 */
	enum Bound {

		AT_MOST, AT_LEAST

	}

}
