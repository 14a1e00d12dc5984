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

import java.util.concurrent.atomic.AtomicBoolean;

import com.sun.jna.Platform;
import org.jspecify.annotations.Nullable;

/**
 * An open file of the operating system, close-on-exec. Safe for use by several threads;
 * closing is idempotent.
 */
public final class FileDescriptor implements AutoCloseable {

	private static final int O_RDWR = 2;

	private static final int O_NONBLOCK = 04000;

	private static final int O_CLOEXEC = 02000000;

	private static final int O_PATH = 010000000;

	/**
	 * {@code O_DIRECTORY} differs between the processors, and {@code O_TMPFILE} holds it.
	 */
	private static final int O_DIRECTORY = Platform.isARM() ? 040000 : 0200000;

	private static final int O_NOFOLLOW = Platform.isARM() ? 0100000 : 0400000;

	private static final int O_TMPFILE = 020000000 | O_DIRECTORY;

	private static final int F_DUPFD_CLOEXEC = 1030;

	private static final int AT_FDCWD = -100;

	private static final int AT_SYMLINK_FOLLOW = 0x400;

	private static final int AT_SYMLINK_NOFOLLOW = 0x100;

	private static final int AT_EMPTY_PATH = 0x1000;

	private static final int LOCK_EX = 2;

	private static final int LOCK_UN = 8;

	private static final int LOCK_NB = 4;

	private static final int STATX_BASIC_STATS = 0x7ff;

	private static final int STATX_WORDS = 32;

	private static final byte[] ROOT = LibC.string("/");

	private static final byte[] EMPTY = LibC.string("");

	private final int number;

	private final String subject;

	private final AtomicBoolean closed = new AtomicBoolean();

	private FileDescriptor(int number, String subject) {
		this.number = number;
		this.subject = subject;
	}

	/**
	 * Open an existing file without following a symbolic link and without waiting for the
	 * other end of a FIFO.
	 * @param path the path
	 * @param writable whether to open it for writing too
	 * @return the open file
	 * @throws PosixException if it cannot be opened
	 */
	public static FileDescriptor open(String path, boolean writable) {
		return open(path, (writable ? O_RDWR : 0) | O_NOFOLLOW | O_NONBLOCK, path);
	}

	/**
	 * Open a new file without a name.
	 * @param directory the directory whose filesystem is to hold it
	 * @param permissions its permission bits, whatever the umask is
	 * @return the open file
	 * @throws PosixException if it cannot be made
	 */
	public static FileDescriptor unnamed(String directory, int permissions) {
		FileDescriptor file = open(directory, O_TMPFILE | O_RDWR, "an unnamed file in " + directory, permissions);
		if (LibC.fchmod(file.number, permissions) != 0) {
			int errno = LibC.errno();
			file.close();
			throw new PosixException("fchmod", file.subject, errno);
		}
		return file;
	}

	private static FileDescriptor open(String path, int flags, String subject) {
		return open(path, flags, subject, 0);
	}

	private static FileDescriptor open(String path, int flags, String subject, int mode) {
		while (true) {
			int number = LibC.open(LibC.string(path), flags | O_CLOEXEC, mode);
			if (number >= 0) {
				return new FileDescriptor(number, subject);
			}
			int errno = LibC.errno();
			if (Errno.of(errno) != Errno.EINTR) {
				throw new PosixException("open", subject, errno);
			}
		}
	}

	/**
	 * Let the table of open files of this process grow once for many files to come. It
	 * doubles otherwise, and the kernel holds up each growth, for several milliseconds,
	 * until no thread can still look into the smaller table. A hint: where so many files
	 * are not allowed, nothing changes.
	 * <p>
	 * Source: {@code expand_fdtable} in fs/file.c of Linux.
	 * @param count how many files are going to be opened
	 */
	public static void reserve(int count) {
		int lowest = LibC.open(ROOT, O_PATH | O_CLOEXEC, 0);
		if (lowest >= 0) {
			int highest = LibC.fcntl(lowest, F_DUPFD_CLOEXEC, (long) lowest + count);
			LibC.close(lowest);
			if (highest >= 0) {
				LibC.close(highest);
			}
		}
	}

	/**
	 * Open the same file again, with an open file description of its own.
	 * @param writable whether to open it for writing too
	 * @return the file
	 * @throws PosixException if it cannot be opened
	 */
	public FileDescriptor reopen(boolean writable) {
		return open(procPath(), writable ? O_RDWR : 0, this.subject);
	}

	/**
	 * Reserve memory for every byte of the file and set its size.
	 * @param size the size in bytes
	 * @throws PosixException if there is no room: {@link Errno#ENOSPC}
	 */
	public void allocate(long size) {
		int errno;
		do {
			errno = LibC.posix_fallocate(this.number, 0, size);
		}
		while (Errno.of(errno) == Errno.EINTR);
		if (errno != 0) {
			throw new PosixException("posix_fallocate", this.subject, errno);
		}
	}

	/**
	 * Lock the file as a whole for this open file description, without waiting. Works
	 * whether the file may be written or not, and has nothing to do with
	 * {@link FileLocks}. Closing the file frees it. Source: flock(2).
	 * @return {@code false} if another open file description has locked it
	 */
	public boolean tryLock() {
		while (LibC.flock(number(), LOCK_EX | LOCK_NB) != 0) {
			int errno = LibC.errno();
			switch (Errno.of(errno)) {
				case EAGAIN -> {
					return false;
				}
				case EINTR -> {
				}
				default -> throw new PosixException("flock", this.subject, errno);
			}
		}
		return true;
	}

	/**
	 * Free what {@link #tryLock()} has locked.
	 */
	public void unlock() {
		if (LibC.flock(number(), LOCK_UN) != 0) {
			throw new PosixException("flock", this.subject, LibC.errno());
		}
	}

	/**
	 * Read a 64-bit number.
	 * @param offset where it begins, in bytes
	 * @return the number; 0 if the file ends before
	 */
	public long readLong(long offset) {
		long[] word = new long[1];
		return (LibC.pread(number(), word, Long.BYTES, offset) == Long.BYTES) ? word[0] : 0;
	}

	/**
	 * Give an unnamed file a name.
	 * @param path the path
	 * @return {@code false} if the name is taken
	 * @throws PosixException if it cannot be named
	 */
	public boolean link(String path) {
		if (LibC.linkat(AT_FDCWD, LibC.string(procPath()), AT_FDCWD, LibC.string(path), AT_SYMLINK_FOLLOW) == 0) {
			return true;
		}
		int errno = LibC.errno();
		if (Errno.of(errno) == Errno.EEXIST) {
			return false;
		}
		throw new PosixException("linkat", path, errno);
	}

	/**
	 * Tell about the file.
	 * @return its status
	 */
	public FileStatus status() {
		long[] statx = new long[STATX_WORDS];
		if (LibC.statx(this.number, EMPTY, AT_EMPTY_PATH, STATX_BASIC_STATS, statx) != 0) {
			throw new PosixException("statx", this.subject, LibC.errno());
		}
		return FileStatus.of(statx);
	}

	/**
	 * Tell about the file of a name, without following a symbolic link.
	 * @param path the path
	 * @return its status, or {@code null} if there is none
	 */
	public static @Nullable FileStatus status(String path) {
		long[] statx = new long[STATX_WORDS];
		if (LibC.statx(AT_FDCWD, LibC.string(path), AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, statx) != 0) {
			int errno = LibC.errno();
			if (Errno.of(errno) == Errno.ENOENT) {
				return null;
			}
			throw new PosixException("statx", path, errno);
		}
		return FileStatus.of(statx);
	}

	/**
	 * Remove a name.
	 * @param path the path
	 * @return {@code false} if there is no such name
	 * @throws PosixException if it cannot be removed
	 */
	public static boolean unlink(String path) {
		if (LibC.unlink(LibC.string(path)) == 0) {
			return true;
		}
		int errno = LibC.errno();
		if (Errno.of(errno) == Errno.ENOENT) {
			return false;
		}
		throw new PosixException("unlink", path, errno);
	}

	/**
	 * The user id under which this process acts.
	 * @return the effective user id
	 */
	public static int effectiveUser() {
		return LibC.geteuid();
	}

	int number() {
		if (this.closed.get()) {
			throw new IllegalStateException("Expected an open file, found it closed: " + this.subject);
		}
		return this.number;
	}

	private String procPath() {
		return "/proc/self/fd/" + number();
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			LibC.close(this.number);
		}
	}

	@Override
	public String toString() {
		return this.subject;
	}

}
