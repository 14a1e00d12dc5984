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

package io.github.shmbeans.lock;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.error.SegmentNotFoundException;
import io.github.shmbeans.posix.FileDescriptor;
import io.github.shmbeans.posix.FileStatus;
import io.github.shmbeans.posix.NamedSemaphore;
import io.github.shmbeans.segment.Segment;
import io.github.shmbeans.segment.SegmentName;

/**
 * Opens named semaphores as locks.
 */
public final class Semaphores {

	/** The length of the data of the segment that counts who uses the semaphore. */
	public static final int DATA_LENGTH = 8;

	/** The size of glibc's {@code sem_t}. */
	private static final int SEMAPHORE_SIZE = 32;

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private Semaphores() {
	}

	/**
	 * Open the semaphore of a segment's name.
	 * @param segment the segment that counts who uses it; its last attachment removes the
	 * semaphore if one of them has made it
	 * @param join whether the semaphore must exist
	 * @param timeout how long to wait for it to appear if it must exist
	 * @param permissions the permission bits of a new one
	 * @param settings how the lock behaves
	 * @return the lock
	 */
	public static SemaphoreLock open(Segment segment, boolean join, Duration timeout, int permissions,
			LockSettings settings) {
		String name = "/" + segment.name();
		ByteBuffer made = segment.memory().slice(0, DATA_LENGTH);
		NamedSemaphore semaphore = join ? join(segment.name(), timeout) : make(segment.name(), permissions);
		if (!join) {
			made.putLong(0, 1);
		}
		segment.beforeUnlink(() -> {
			if (made.getLong(0) == 1) {
				NamedSemaphore.unlink(name);
			}
		});
		return new SemaphoreLock(segment, semaphore, settings);
	}

	private static NamedSemaphore make(String name, int permissions) {
		while (true) {
			NamedSemaphore semaphore = exists(name) ? NamedSemaphore.attach("/" + name)
					: NamedSemaphore.create("/" + name, permissions, 1);
			if (semaphore != null) {
				return semaphore;
			}
		}
	}

	private static NamedSemaphore join(String name, Duration timeout) {
		long start = System.nanoTime();
		while (true) {
			NamedSemaphore semaphore = exists(name) ? NamedSemaphore.attach("/" + name) : null;
			if (semaphore != null) {
				return semaphore;
			}
			if (System.nanoTime() - start >= timeout.toNanos()) {
				throw new SegmentNotFoundException(
						"Semaphore '%s' was expected to exist, found none after %d ms".formatted(name,
								timeout.toMillis()),
						"Start the process that creates it first, raise attach-timeout, or use mode create-or-attach");
			}
			LockSupport.parkNanos(PAUSE_NANOS);
		}
	}

	private static boolean exists(String name) {
		FileStatus status = FileDescriptor.status(SegmentName.DIRECTORY + "/sem." + name);
		if (status != null && (!status.isRegular() || status.size() != SEMAPHORE_SIZE)) {
			throw new InvalidSegmentException(
					"Semaphore '%s' was expected to be a regular file of %d bytes, found a %s of %d bytes"
						.formatted(name, SEMAPHORE_SIZE, status.type(), status.size()));
		}
		return status != null;
	}

}
