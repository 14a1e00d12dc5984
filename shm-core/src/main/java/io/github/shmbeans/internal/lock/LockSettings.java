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

import io.github.shmbeans.OwnerDeathPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How a lock behaves.
 *
 * @param timeout how long an access waits; {@code null} for no limit
 * @param onOwnerDeath what an acquisition does after a holder died
 * @param recovery repairs the data with the lock held; {@code null} for none
 */
public record LockSettings(@Nullable Duration timeout, OwnerDeathPolicy onOwnerDeath, @Nullable Runnable recovery) {

	/**
	 * How long an access waits.
	 * @return the time in nanoseconds
	 */
	long nanos() {
		return (this.timeout != null) ? this.timeout.toNanos() : Long.MAX_VALUE;
	}

}
