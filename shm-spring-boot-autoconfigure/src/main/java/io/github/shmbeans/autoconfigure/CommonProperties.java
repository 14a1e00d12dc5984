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

package io.github.shmbeans.autoconfigure;

import java.time.Duration;

import io.github.shmbeans.AccessMode;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.OwnerDeathPolicy;
import io.github.shmbeans.ShutdownPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What every entry may say.
 *
 * @param segmentName the segment name; namespace and key by default
 * @param mode how the segment is opened
 * @param onShutdown what closing does to the name; by default as the mode suggests
 * @param attachTimeout how long {@link OpenMode#ATTACH} waits
 * @param lock {@code true}, {@code false}, or the key of an entry of {@code shm.locks}
 * @param lockTimeout how long an access waits for the lock; without limit by default
 * @param onOwnerDeath what an acquisition does after a holder died
 * @param permissions the permission bits of the segment
 * @param access whether the data may be written
 * @param foreignOwner whether to attach to a segment of another user
 */
record CommonProperties(@Nullable String segmentName, @DefaultValue("create-or-attach") OpenMode mode,
		@Nullable ShutdownPolicy onShutdown, @DefaultValue("0") Duration attachTimeout,
		@DefaultValue("true") String lock, @Nullable Duration lockTimeout,
		@DefaultValue("report") OwnerDeathPolicy onOwnerDeath, @DefaultValue("0600") FilePermissions permissions,
		@DefaultValue("read-write") AccessMode access, @DefaultValue("false") boolean foreignOwner) {

	boolean isLocked() {
		return !"false".equalsIgnoreCase(this.lock);
	}

	/**
	 * The key of the lock that guards the entry, or {@code null} if it has its own or
	 * none.
	 */
	@Nullable String lockKey() {
		return ("true".equalsIgnoreCase(this.lock) || !isLocked()) ? null : this.lock;
	}

}
