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

import com.sun.jna.Function;
import io.github.shmbeans.error.UnsupportedPlatformException;

/**
 * A POSIX semaphore in mapped memory, as {@code sem_open} of glibc keeps one in its file.
 * Safe for use by several threads. After {@link #close()} its value is zero, and what is
 * released goes nowhere. Source: sem_overview(7).
 */
public final class MappedSemaphore implements AutoCloseable {

	/** The size of glibc's {@code sem_t} in bytes. */
	public static final int SIZE = 32;

	private final MappedRange range;

	private final long address;

	/**
	 * Use the semaphore that begins a mapping.
	 * @param range the mapping, of at least {@link #SIZE} bytes
	 * @throws UnsupportedPlatformException if the C library is not glibc
	 */
	public MappedSemaphore(MappedRange range) {
		requireGlibc();
		this.range = range;
		this.address = range.address(0);
	}

	/**
	 * Other libraries have other names and bytes.
	 */
	private static void requireGlibc() {
		try {
			Function.getFunction("c", "gnu_get_libc_version");
		}
		catch (UnsatisfiedLinkError ex) {
			throw new UnsupportedPlatformException(
					"Expected glibc, whose semaphores CPython joins, found another C library",
					"Use a lock of kind process");
		}
	}

	/**
	 * Make it a semaphore that processes share.
	 * @param value its first value
	 */
	public void initialize(int value) {
		if (LibC.sem_init(this.address, 1, value) != 0) {
			throw new PosixException("sem_init", "a mapped semaphore", LibC.errno());
		}
	}

	/**
	 * Decrement the value unless it is zero.
	 * @return {@code false} if it is zero
	 */
	public boolean tryAcquire() {
		while (LibC.sem_trywait(this.address) != 0) {
			int errno = LibC.errno();
			switch (Errno.of(errno)) {
				case EAGAIN -> {
					return false;
				}
				case EINTR -> {
				}
				default -> throw new PosixException("sem_trywait", "a mapped semaphore", errno);
			}
		}
		return true;
	}

	/**
	 * Increment the value.
	 */
	public void release() {
		if (LibC.sem_post(this.address) != 0) {
			throw new PosixException("sem_post", "a mapped semaphore", LibC.errno());
		}
	}

	/**
	 * The value.
	 * @return the value, at least 0
	 */
	public int value() {
		int[] value = new int[1];
		if (LibC.sem_getvalue(this.address, value) != 0) {
			throw new PosixException("sem_getvalue", "a mapped semaphore", LibC.errno());
		}
		return value[0];
	}

	@Override
	public void close() {
		this.range.discard();
	}

}
