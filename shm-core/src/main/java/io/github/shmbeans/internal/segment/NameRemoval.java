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

import io.github.shmbeans.error.SegmentAccessException;
import io.github.shmbeans.internal.posix.Errno;
import io.github.shmbeans.internal.posix.FileDescriptor;
import io.github.shmbeans.internal.posix.FileStatus;
import io.github.shmbeans.internal.posix.PosixException;
import org.jspecify.annotations.Nullable;

/**
 * Removes a name only if it leads to a certain file. To look and to remove are two system
 * calls. In between, nobody who uses this class can remove the name, and so nobody can
 * give it to another file: each holds the lock of the file that the name leads to.
 */
final class NameRemoval {

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final String name;

	private final FileStatus file;

	private final boolean semaphore;

	/**
	 * Remove a name later.
	 * @param name the name of the segment
	 * @param file the file that it must lead to
	 * @param semaphore whether the first 64-bit word of the data tells that the semaphore
	 * of the same name goes with it
	 */
	NameRemoval(String name, FileStatus file, boolean semaphore) {
		this.name = name;
		this.file = file;
		this.semaphore = semaphore;
	}

	/**
	 * Remove the name if it leads to the file.
	 * @return {@code false} if it does, but this user may not remove it
	 * @throws SegmentAccessException if another process has been removing it for too long
	 */
	boolean run() {
		try (FileDescriptor guard = open()) {
			return guard == null || !guard.status().sameFile(this.file) || run(guard);
		}
	}

	/**
	 * Remove the name if it leads to the file, with a descriptor of that file: a process
	 * that can open no other must be able to remove its names all the same.
	 * @param guard the descriptor
	 * @return as {@link #run()}
	 */
	synchronized boolean run(FileDescriptor guard) {
		lock(guard);
		try {
			return !isLinked() || (removeSemaphore(guard) && unlinkSegment());
		}
		finally {
			guard.unlock();
		}
	}

	/**
	 * Whether this user may remove the name, as the sticky bit of {@code /dev/shm} says.
	 */
	boolean isAllowed() {
		int user = FileDescriptor.effectiveUser();
		return user == 0 || user == this.file.uid();
	}

	/**
	 * Whether the name leads to the file.
	 */
	boolean isLinked() {
		FileStatus found = FileDescriptor.status(SegmentName.path(this.name));
		return found != null && found.sameFile(this.file);
	}

	/**
	 * The semaphore goes first, but not without the segment: others would miss it.
	 */
	private boolean removeSemaphore(FileDescriptor guard) {
		if (!this.semaphore || guard.readLong(0) != 1) {
			return true;
		}
		return isAllowed() && unlink(SegmentName.semaphorePath(this.name));
	}

	private boolean unlinkSegment() {
		boolean unlinked = unlink(SegmentName.path(this.name));
		if (unlinked) {
			SegmentLog.removed(this.name);
		}
		return unlinked;
	}

	private @Nullable FileDescriptor open() {
		try {
			return FileDescriptor.open(SegmentName.path(this.name), false);
		}
		catch (PosixException ex) {
			if (isLinked()) {
				throw ex;
			}
			return null;
		}
	}

	private void lock(FileDescriptor guard) {
		long start = System.nanoTime();
		while (!guard.tryLock()) {
			if (System.nanoTime() - start > PATIENCE_NANOS) {
				throw new SegmentAccessException(
						"Could not remove '%s': another process has been removing it for %d s".formatted(this.name,
								TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS)),
						"Look for a stopped process, or one that holds a flock on the file");
			}
			Pause.uninterruptibly();
		}
	}

	private static boolean unlink(String path) {
		try {
			FileDescriptor.unlink(path);
			return true;
		}
		catch (PosixException ex) {
			if (ex.errno() == Errno.EPERM || ex.errno() == Errno.EACCES) {
				return false;
			}
			throw ex;
		}
	}

}
