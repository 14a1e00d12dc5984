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

import java.lang.System.Logger.Level;
import java.util.Optional;

import io.github.shmbeans.Attachment;
import io.github.shmbeans.SharedLock;

/**
 * What is logged of a lock, under the name of {@link SharedLock}. Nothing is logged of an
 * ordinary acquisition.
 */
final class LockLog {

	private static final System.Logger LOGGER = System.getLogger(SharedLock.class.getName());

	private LockLog() {
	}

	static void takenOver(String segment, Optional<Attachment> dead, boolean whole) {
		LOGGER.log(Level.INFO,
				() -> "Took over the lock of segment '%s' from %s: %s".formatted(segment,
						dead.map((holder) -> "dead " + holder).orElse("a holder that is gone"),
						whole ? "it left nothing half-written" : "its data may be half-written"));
	}

}
