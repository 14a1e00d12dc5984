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

import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.beans.factory.DisposableBean;

/**
 * Opens the segments of entries for as long as the context lives: a bean factory would
 * make them anew for whoever asks late, and nobody would close those.
 */
final class EntryOpener implements DisposableBean {

	private volatile boolean closed;

	Object open(Entry entry, SupplierContext context) {
		if (this.closed) {
			throw new IllegalStateException(
					"Expected the application context to be open, found it closed. Use '%s' before it closes"
						.formatted(entry.key()));
		}
		SharedMemoryManager manager = context.bean(SharedMemoryManager.class);
		String lockKey = entry.common().lockKey();
		SharedLock lock = (lockKey != null) ? context.bean(lockKey, SharedLock.class) : null;
		SegmentOptions options = new SegmentOptions(entry.common(), lock,
				context.bean(SegmentRecovery.class).handler(entry.key()));
		try {
			return entry.open(manager, options);
		}
		catch (RuntimeException ex) {
			throw OpeningProblem.of(entry, ex);
		}
	}

	@Override
	public void destroy() {
		this.closed = true;
	}

}
