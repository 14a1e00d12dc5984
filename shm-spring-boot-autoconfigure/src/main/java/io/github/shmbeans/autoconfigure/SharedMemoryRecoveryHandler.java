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

import io.github.shmbeans.SharedSegment;

/**
 * Repairs what a process left half-written when it died while it held the lock of a
 * segment. A bean of this type serves every declared entry with a lock of its own; for an
 * entry with {@code lock: KEY} it is called with the entry of that lock.
 */
@FunctionalInterface
public interface SharedMemoryRecoveryHandler {

	/**
	 * Make the data of the segment whole again. Called once after a takeover, by the
	 * thread that acquires the lock and with the lock held; locked accesses from this
	 * thread work. If it returns, the segment is consistent again; if it throws, the
	 * segment stays inconsistent and the acquisition fails with an
	 * {@link io.github.shmbeans.error.OwnerDiedException} that has the exception as its
	 * cause.
	 * @param key the key of the entry
	 * @param segment the segment whose lock was taken over
	 */
	void recover(String key, SharedSegment segment);

}
