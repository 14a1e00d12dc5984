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
 * Open-file-description locks on byte ranges of a file, which may lie past its end. The
 * kernel frees them when the last descriptor and mapping of the open file description is
 * gone, however its process ended. Locks of one open file description never conflict.
 * <p>
 * Source: fcntl(2), "Open file description locks".
 */
public final class FileLocks {

	private static final int F_OFD_GETLK = 36;

	private static final int F_OFD_SETLK = 37;

	private static final int F_RDLCK = 0;

	private static final int F_WRLCK = 1;

	private static final int F_UNLCK = 2;

	private static final int WORDS = 4;

	private final FileDescriptor file;

	/**
	 * Lock ranges of a file.
	 * @param file the file; closing it frees the locks
	 */
	public FileLocks(FileDescriptor file) {
		this.file = file;
	}

	/**
	 * Share a byte with other readers, without waiting.
	 * @param offset the byte
	 * @return {@code false} if it is locked exclusively
	 */
	public boolean tryShared(long offset) {
		return set(F_RDLCK, offset);
	}

	/**
	 * Lock a byte exclusively, without waiting.
	 * @param offset the byte
	 * @return {@code false} if another open file description has locked it
	 */
	public boolean tryExclusive(long offset) {
		return set(F_WRLCK, offset);
	}

	/**
	 * Unlock a byte.
	 * @param offset the byte
	 */
	public void unlock(long offset) {
		set(F_UNLCK, offset);
	}

	/**
	 * Find a byte that another open file description has locked exclusively. A shared
	 * lock does not count: anybody who may read the file can take one.
	 * @param offset the first byte of the range
	 * @param length the length of the range in bytes
	 * @return a locked byte in the range, or -1 if there is none
	 */
	public long findLocked(long offset, long length) {
		long[] lock = flock(F_RDLCK, offset, length);
		if (LibC.fcntl(this.file.number(), F_OFD_GETLK, lock) != 0) {
			throw new PosixException("fcntl(F_OFD_GETLK)", this.file.toString(), LibC.errno());
		}
		return ((lock[0] & 0xffff) == F_UNLCK) ? -1 : Math.max(offset, lock[1]);
	}

	private boolean set(int type, long offset) {
		while (true) {
			if (LibC.fcntl(this.file.number(), F_OFD_SETLK, flock(type, offset, 1)) == 0) {
				return true;
			}
			int errno = LibC.errno();
			switch (Errno.of(errno)) {
				case EAGAIN, EACCES -> {
					return false;
				}
				case EINTR -> {
				}
				default -> throw new PosixException("fcntl(F_OFD_SETLK)", this.file.toString(), errno);
			}
		}
	}

	private static long[] flock(int type, long offset, long length) {
		long[] lock = new long[WORDS];
		lock[0] = type;
		lock[1] = offset;
		lock[2] = length;
		return lock;
	}

}
