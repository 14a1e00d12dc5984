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

package io.github.shmbeans.posix;

import org.jspecify.annotations.Nullable;

/**
 * A POSIX named semaphore. Safe for use by several threads. Source: sem_overview(7).
 */
public final class NamedSemaphore implements AutoCloseable {

	private static final int O_CREAT = 0100;

	private static final int O_EXCL = 0200;

	private final String name;

	private final long address;

	private boolean closed;

	private NamedSemaphore(String name, long address) {
		this.name = name;
		this.address = address;
	}

	/**
	 * Create a semaphore.
	 * @param name its name with a leading slash
	 * @param permissions its permission bits, less the umask
	 * @param value its first value
	 * @return the semaphore, or {@code null} if the name is taken
	 */
	public static @Nullable NamedSemaphore create(String name, int permissions, int value) {
		return open(name, O_CREAT | O_EXCL, permissions, value, Errno.EEXIST);
	}

	/**
	 * Open an existing semaphore.
	 * @param name its name with a leading slash
	 * @return the semaphore, or {@code null} if there is none
	 */
	public static @Nullable NamedSemaphore attach(String name) {
		return open(name, 0, 0, 0, Errno.ENOENT);
	}

	private static @Nullable NamedSemaphore open(String name, int flags, int permissions, int value, Errno none) {
		long address = LibC.sem_open(LibC.string(name), flags, permissions, value);
		if (address != 0) {
			return new NamedSemaphore(name, address);
		}
		int errno = LibC.errno();
		if (Errno.of(errno) == none) {
			return null;
		}
		throw new PosixException("sem_open", name, errno);
	}

	/**
	 * Remove the name.
	 * @param name its name with a leading slash
	 */
	public static void unlink(String name) {
		if (LibC.sem_unlink(LibC.string(name)) != 0) {
			int errno = LibC.errno();
			if (Errno.of(errno) != Errno.ENOENT) {
				throw new PosixException("sem_unlink", name, errno);
			}
		}
	}

	/**
	 * Decrement the value unless it is zero.
	 * @return {@code false} if it is zero
	 */
	public synchronized boolean tryAcquire() {
		requireOpen();
		while (LibC.sem_trywait(this.address) != 0) {
			int errno = LibC.errno();
			switch (Errno.of(errno)) {
				case EAGAIN -> {
					return false;
				}
				case EINTR -> {
				}
				default -> throw new PosixException("sem_trywait", this.name, errno);
			}
		}
		return true;
	}

	/**
	 * Increment the value.
	 */
	public synchronized void release() {
		requireOpen();
		if (LibC.sem_post(this.address) != 0) {
			throw new PosixException("sem_post", this.name, LibC.errno());
		}
	}

	/**
	 * The value.
	 * @return the value, at least 0
	 */
	public synchronized int value() {
		requireOpen();
		int[] value = new int[1];
		if (LibC.sem_getvalue(this.address, value) != 0) {
			throw new PosixException("sem_getvalue", this.name, LibC.errno());
		}
		return value[0];
	}

	/**
	 * Touching a closed semaphore would touch unmapped memory.
	 */
	private void requireOpen() {
		if (this.closed) {
			throw new IllegalStateException("Expected semaphore %s to be open, found it closed".formatted(this.name));
		}
	}

	@Override
	public synchronized void close() {
		if (!this.closed) {
			this.closed = true;
			LibC.sem_close(this.address);
		}
	}

}
