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

import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.beans.factory.DisposableBean;

/**
 * Opens the segments of entries for as long as the context lives: a bean factory would
 * make them anew for whoever asks late, and nobody would close those.
 */
final class EntryOpener implements DisposableBean {

	/** Looked up for the first entry, as both are the same for all. */
	private volatile @Nullable Opening opening;

	private volatile boolean closed;

	Object open(Entry entry, SupplierContext context) {
		if (this.closed) {
			throw new IllegalStateException(
					"Expected the application context to be open, found it closed. Use '%s' before it closes"
						.formatted(entry.key()));
		}
		Opening opening = opening(context);
		String lockKey = entry.common().lockKey();
		SharedLock lock = (lockKey != null) ? context.bean(lockKey, SharedLock.class) : null;
		SegmentOptions options = new SegmentOptions(entry.common(), lock, opening.recovery().handler(entry.key()));
		try {
			return entry.open(opening.manager(), options);
		}
		catch (RuntimeException ex) {
			throw OpeningProblem.of(entry, ex);
		}
	}

	private Opening opening(SupplierContext context) {
		Opening found = this.opening;
		if (found == null) {
			found = new Opening(context.bean(SharedMemoryManager.class), context.bean(SegmentRecovery.class));
			this.opening = found;
		}
		return found;
	}

	@Override
	public void destroy() {
		this.closed = true;
	}

	/**
	 * Who opens the segments.
	 */
	private record Opening(SharedMemoryManager manager, SegmentRecovery recovery) {
	}

}
