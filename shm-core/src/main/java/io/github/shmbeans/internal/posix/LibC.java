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

import java.nio.charset.StandardCharsets;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import io.github.shmbeans.error.UnsupportedPlatformException;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the C library that are used. Structures are passed as arrays of 64-bit
 * words, addresses as {@code long}, strings as {@link #string(String)} makes them.
 */
final class LibC {

	/** Number of the {@code futex} system call. */
	static final long SYS_FUTEX;

	static {
		requireSupportedPlatform();
		SYS_FUTEX = Platform.isARM() ? 98 : 202;
		Native.register(LibC.class, Platform.C_LIBRARY_NAME);
	}

	private LibC() {
	}

	private static void requireSupportedPlatform() {
		String found = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
		boolean processor = Platform.ARCH.equals("x86-64") || Platform.ARCH.equals("aarch64");
		if (!Platform.isLinux() || !processor) {
			throw new UnsupportedPlatformException("Expected Linux on x86-64 or arm64, found " + found,
					"Run on such a host or in a Linux container, or switch shared memory off there");
		}
	}

	/**
	 * A string of C: its bytes in UTF-8, and a zero.
	 */
	static byte[] string(String string) {
		return (string + '\0').getBytes(StandardCharsets.UTF_8);
	}

	static int errno() {
		return Native.getLastError();
	}

	static native int open(byte[] path, int flags, int mode);

	static native int close(int fd);

	static native int fchmod(int fd, int mode);

	static native int posix_fallocate(int fd, long offset, long length);

	static native int linkat(int oldDirectory, byte[] oldPath, int newDirectory, byte[] newPath, int flags);

	static native int unlink(byte[] path);

	static native int statx(int directory, byte[] path, int flags, int mask, long[] status);

	static native int fcntl(int fd, int command, long[] lock);

	static native int fcntl(int fd, int command, long argument);

	static native int flock(int fd, int operation);

	static native long pread(int fd, long[] buffer, long count, long offset);

	static native int geteuid();

	static native long mmap(long address, long length, int protection, int flags, int fd, long offset);

	static native int munmap(long address, long length);

	static native long syscall(long number, long address, long operation, long value, long @Nullable [] timeout,
			long address2, long value3);

	static native int sem_init(long semaphore, int shared, int value);

	static native int sem_trywait(long semaphore);

	static native int sem_post(long semaphore);

	static native int sem_getvalue(long semaphore, int[] value);

}
