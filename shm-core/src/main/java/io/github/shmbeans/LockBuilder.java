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

import io.github.shmbeans.SegmentSpec.Content;
import org.jspecify.annotations.Nullable;

/**
 * Opens a lock that stands alone and can guard several segments.
 */
public final class LockBuilder extends SegmentBuilder<LockBuilder> {

	private LockKind kind = LockKind.PROCESS;

	LockBuilder(@Nullable SharedMemoryManager manager, String key) {
		super(manager, key);
	}

	@Override
	LockBuilder self() {
		return this;
	}

	/**
	 * Set the mechanism.
	 * @param kind the kind, {@link LockKind#PROCESS} by default
	 * @return this builder
	 */
	public LockBuilder kind(LockKind kind) {
		this.kind = kind;
		return this;
	}

	/**
	 * Open the lock. The manager closes it.
	 * @return the open lock
	 * @throws io.github.shmbeans.error.SharedMemoryException if it cannot be opened as
	 * asked; nothing is left behind
	 * @throws IllegalArgumentException as {@link #spec()}
	 * @throws IllegalStateException if the manager is closed or uses the key already, or
	 * if this builder has no manager
	 */
	public SharedLock open() {
		return openSegment().lock();
	}

	@Override
	Content content() {
		return new SegmentSpec.Lock(this.kind);
	}

}
