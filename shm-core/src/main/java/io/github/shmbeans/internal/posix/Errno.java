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

/**
 * Error numbers of Linux, the same on x86-64 and arm64.
 */
public enum Errno {

	/** Operation not permitted. */
	EPERM(1, "operation not permitted"),

	/** No such file or directory. */
	ENOENT(2, "no such file or directory"),

	/** Interrupted system call. */
	EINTR(4, "interrupted system call"),

	/** No such device or address. */
	ENXIO(6, "no such device or address"),

	/** Try again, or the lock is held. */
	EAGAIN(11, "resource temporarily unavailable"),

	/** Out of memory. */
	ENOMEM(12, "cannot allocate memory"),

	/** Permission denied. */
	EACCES(13, "permission denied"),

	/** File exists. */
	EEXIST(17, "file exists"),

	/** Is a directory. */
	EISDIR(21, "is a directory"),

	/** Invalid argument. */
	EINVAL(22, "invalid argument"),

	/** Too many open files in the system. */
	ENFILE(23, "too many open files in the system"),

	/** Too many open files in the process. */
	EMFILE(24, "too many open files"),

	/** File too large. */
	EFBIG(27, "file too large"),

	/** No space left on the device. */
	ENOSPC(28, "no space left on device"),

	/** Read-only filesystem. */
	EROFS(30, "read-only file system"),

	/** Too many levels of symbolic links; with {@code O_NOFOLLOW}: it is one. */
	ELOOP(40, "too many levels of symbolic links"),

	/** Operation not supported. */
	EOPNOTSUPP(95, "operation not supported"),

	/** The wait timed out. */
	ETIMEDOUT(110, "connection timed out"),

	/** Any other. */
	OTHER(-1, "error");

	private static final Errno[] VALUES = values();

	private final int number;

	private final String text;

	Errno(int number, String text) {
		this.number = number;
		this.text = text;
	}

	static Errno of(int number) {
		for (Errno errno : VALUES) {
			if (errno.number == number) {
				return errno;
			}
		}
		return OTHER;
	}

	String text() {
		return this.text;
	}

}
