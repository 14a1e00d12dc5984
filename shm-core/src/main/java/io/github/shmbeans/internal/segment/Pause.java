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

package io.github.shmbeans.internal.segment;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.shmbeans.error.SegmentAccessException;

/**
 * A millisecond between two looks at what another process does.
 */
final class Pause {

	private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private Pause() {
	}

	/**
	 * Pause unless the thread is interrupted.
	 * @param subject what is being opened, for the message
	 */
	static void interruptibly(String subject) {
		LockSupport.parkNanos(NANOS);
		if (Thread.currentThread().isInterrupted()) {
			throw new SegmentAccessException(
					"%s was expected to be opened, found this thread interrupted".formatted(subject), "Open it again");
		}
	}

	/**
	 * Pause whether or not the thread is interrupted; an interrupt is kept.
	 */
	static void uninterruptibly() {
		boolean interrupted = Thread.interrupted();
		LockSupport.parkNanos(NANOS);
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
