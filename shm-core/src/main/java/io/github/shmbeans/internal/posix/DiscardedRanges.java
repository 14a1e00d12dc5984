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

package io.github.shmbeans.internal.posix;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts the ranges whose memory was given back but whose addresses were not, since an
 * object may still reach them. Only a garbage collection finds out, and a large heap may
 * not need one for long. So it is asked for before the kernel runs out of mappings
 * ({@code vm.max_map_count}, 65,530 by default), which would end the JVM; the JDK does
 * the same for direct memory. Safe for use by several threads.
 */
final class DiscardedRanges {

	/** How many may gather before a collection is asked for. */
	static final int LIMIT = 16_384;

	/** As long as the JDK waits for direct memory. */
	private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	private final AtomicInteger count = new AtomicInteger();

	/**
	 * How many the last collection left, because the user keeps objects over them, or
	 * fewer if some of them were freed since.
	 */
	private final AtomicInteger kept = new AtomicInteger();

	void add() {
		this.count.incrementAndGet();
	}

	void remove() {
		int now = this.count.decrementAndGet();
		this.kept.accumulateAndGet(now, Math::min);
	}

	int count() {
		return this.count.get();
	}

	/**
	 * Ask for a collection if there are too many, and wait until most are freed. To be
	 * called before a range is mapped.
	 */
	void collectIfTooMany() {
		if (areTooMany()) {
			collect();
		}
	}

	private boolean areTooMany() {
		return this.count.get() - this.kept.get() > LIMIT;
	}

	private synchronized void collect() {
		if (!areTooMany()) {
			return;
		}
		System.gc();
		long start = System.nanoTime();
		while (this.count.get() > LIMIT / 2 && System.nanoTime() - start < PATIENCE_NANOS) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
		}
		this.kept.set(this.count.get());
	}

}
