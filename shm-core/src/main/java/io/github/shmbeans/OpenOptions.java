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

import java.time.Duration;

import io.github.shmbeans.lock.OwnerDeathPolicy;
import io.github.shmbeans.segment.AccessMode;
import io.github.shmbeans.segment.OpenMode;
import io.github.shmbeans.segment.ShutdownPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link SegmentBuilder} has collected.
 */
record OpenOptions(String key, String segmentName, OpenMode mode, @Nullable ShutdownPolicy onShutdown,
		Duration attachTimeout, Locking locking, @Nullable SharedLock lock, @Nullable Duration lockTimeout,
		OwnerDeathPolicy onOwnerDeath, @Nullable RecoveryHandler recoveryHandler, int permissions, AccessMode access,
		boolean foreignOwner) {

	/**
	 * Whether accesses take a lock.
	 */
	enum Locking {

		/** They do; without a lock it is an error. */
		REQUIRED,
		/** They take the lock of the segment if this process can. */
		IF_POSSIBLE,
		/** They do not. */
		NONE

	}

}
