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

package io.github.shmbeans.internal.posix;

import io.github.shmbeans.error.SharedMemoryException;

/**
 * A system call failed in a way that no more specific exception describes.
 */
public final class PosixException extends SharedMemoryException {

	private final Errno errno;

	PosixException(String call, String subject, int number) {
		super("Expected %s on %s to succeed, found errno %d (%s)".formatted(call, subject, number,
				Errno.of(number).text()), remedyFor(Errno.of(number)));
		this.errno = Errno.of(number);
	}

	private static String remedyFor(Errno errno) {
		return switch (errno) {
			case EMFILE, ENFILE -> "Raise the limit of open files (ulimit -n): each open segment holds one";
			case ENOMEM -> "Raise the limits of memory or of mappings (vm.max_map_count)";
			case ENOSPC -> "Remove files from /dev/shm, which has no inode free, or mount it with a larger nr_inodes";
			case EACCES, EPERM, EROFS -> "Check that this user may use the file and /dev/shm";
			default -> "Check /dev/shm and the limits of this process";
		};
	}

	/**
	 * The error number.
	 * @return the error number
	 */
	public Errno errno() {
		return this.errno;
	}

}
