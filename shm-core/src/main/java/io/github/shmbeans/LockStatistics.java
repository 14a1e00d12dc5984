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

package io.github.shmbeans;

/**
 * Counters of a lock since this process opened it; they count this process alone.
 *
 * @param acquisitions how often the lock was taken; re-entries are not counted
 * @param contended how many of them, or of the timeouts, had to wait
 * @param waitNanos how long they waited together, in nanoseconds
 * @param maxWaitNanos the longest of these waits, in nanoseconds
 * @param timeouts how often a wait ended without the lock: timed out or interrupted
 * @param recoveries how often the lock was taken over from a dead owner
 * @param forcedUnlocks how often the lock was freed by force
 */
public record LockStatistics(long acquisitions, long contended, long waitNanos, long maxWaitNanos, long timeouts,
		long recoveries, long forcedUnlocks) {
}
