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

package io.github.shmbeans.benchmarks.process;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Counts durations in eight buckets to each power of two, as {@code peer.c} does.
 */
final class WaitHistogram {

	private static final int BUCKETS = 496;

	private final long[] counts = new long[BUCKETS];

	static WaitHistogram parse(String text) {
		WaitHistogram histogram = new WaitHistogram();
		String[] counts = text.split(",", -1);
		for (int i = 0; i < counts.length; i++) {
			histogram.counts[i] = Long.parseLong(counts[i]);
		}
		return histogram;
	}

	void record(long nanos) {
		this.counts[bucket(nanos)]++;
	}

	void add(WaitHistogram other) {
		Arrays.setAll(this.counts, (i) -> this.counts[i] + other.counts[i]);
	}

	long total() {
		return Arrays.stream(this.counts).sum();
	}

	/**
	 * The duration that so many of 1,000 do not exceed.
	 */
	long perMille(int rank) {
		long needed = (total() * rank + 999) / 1_000;
		long seen = 0;
		int index = -1;
		while (index < 0 || seen < needed) {
			index++;
			seen += this.counts[index];
		}
		return end(index);
	}

	private static int bucket(long nanos) {
		if (nanos < 8) {
			return (int) Math.max(0, nanos);
		}
		int exponent = 63 - Long.numberOfLeadingZeros(nanos);
		return (exponent - 2) * 8 + (int) ((nanos >>> (exponent - 3)) & 7);
	}

	private static long end(int index) {
		return (index < 8) ? index : ((8L + index % 8 + 1) << (index / 8 - 1)) - 1;
	}

	@Override
	public String toString() {
		return Arrays.stream(this.counts).mapToObj(Long::toString).collect(Collectors.joining(","));
	}

}
