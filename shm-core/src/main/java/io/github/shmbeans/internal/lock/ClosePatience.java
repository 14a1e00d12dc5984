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

package io.github.shmbeans.internal.lock;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How long closes wait for a thread of this process that holds a lock: 5 seconds from the
 * first of them, for all of them together.
 */
final class ClosePatience {

	private static final long NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final long POLL_NANOS = 50_000;

	private long start;

	/**
	 * Wait until the lock is released.
	 * @param released whether it is
	 * @return {@code false} if the time is over
	 */
	boolean await(BooleanSupplier released) {
		while (!released.getAsBoolean()) {
			if (isOver()) {
				return false;
			}
			LockSupport.parkNanos(this, POLL_NANOS);
		}
		renew();
		return true;
	}

	private synchronized boolean isOver() {
		long now = System.nanoTime();
		this.start = (this.start != 0) ? this.start : now;
		return now - this.start > NANOS;
	}

	private synchronized void renew() {
		this.start = 0;
	}

}
