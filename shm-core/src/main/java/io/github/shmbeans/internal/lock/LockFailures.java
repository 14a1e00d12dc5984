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

import java.time.Duration;
import java.util.Locale;

import io.github.shmbeans.error.LockTimeoutException;
import io.github.shmbeans.error.OwnerDiedException;
import io.github.shmbeans.error.SegmentClosedException;
import org.jspecify.annotations.Nullable;

/**
 * What the locks of a segment throw.
 *
 * @param name the segment name
 */
record LockFailures(String name) {

	SegmentClosedException closed() {
		return new SegmentClosedException(this.name);
	}

	LockTimeoutException timedOut(long nanos, String holder) {
		return new LockTimeoutException(
				"The lock of '%s' was expected to be free within %s, found it held by %s".formatted(this.name,
						show(nanos), holder),
				"Hold the lock for a shorter time, raise lock-timeout, or call lock().forceUnlock() if its holder hangs");
	}

	LockTimeoutException semaphoreTimedOut(long nanos) {
		return new LockTimeoutException(
				"The semaphore of '%s' was expected to be free within %s, found it taken".formatted(this.name,
						show(nanos)),
				"Hold the lock for a shorter time or raise lock-timeout. A semaphore stays taken if its holder dies: call lock().forceUnlock() then");
	}

	/**
	 * As {@link Duration} shows itself, without what nobody reads: {@code 1m30s} or
	 * {@code 0.005s}.
	 */
	private static String show(long nanos) {
		return Duration.ofNanos(nanos).toString().substring("PT".length()).toLowerCase(Locale.ROOT);
	}

	OwnerDiedException ownerDied(@Nullable RuntimeException failedRepair) {
		if (failedRepair != null) {
			return new OwnerDiedException(
					"Segment '%s' was expected to be consistent, found that a process died while it held the lock, and that the recovery handler failed: %s"
						.formatted(this.name, failedRepair.getMessage()),
					"Correct the recovery handler, or repair the data within lock().recover(…)", failedRepair);
		}
		return new OwnerDiedException(
				"Segment '%s' was expected to be consistent, found that a process died while it held the lock"
					.formatted(this.name),
				"Repair the data within lock().recover(…) or a recovery handler, or open the segment with OwnerDeathPolicy.IGNORE ('on-owner-death: ignore') if inconsistent data is acceptable",
				null);
	}

	IllegalMonitorStateException notHeld() {
		return new IllegalMonitorStateException(
				"Expected the lock of '%s' to be held by this thread, found it held by another or free. Unlock only after lock() has returned"
					.formatted(this.name));
	}

	IllegalMonitorStateException takenAway() {
		return new IllegalMonitorStateException(
				"Expected the lock of '%s' to be held by this process, found that it was freed by force. Check the data that it guards"
					.formatted(this.name));
	}

	IllegalMonitorStateException tooManyHolds() {
		return new IllegalMonitorStateException(
				"Expected at most %d holds of the lock of '%s', found one more. Unlock as often as you lock"
					.formatted(Integer.MAX_VALUE, this.name));
	}

}
