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

import java.lang.ref.Reference;
import java.util.function.LongToIntFunction;

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

	private static final String SUBJECT = "a mapped semaphore";

	private final MappedRange range;

	/**
	 * Use the semaphore that begins a mapping.
	 * @param range the mapping, of at least {@link #SIZE} bytes
	 * @throws UnsupportedPlatformException if the C library is not glibc
	 */
	public MappedSemaphore(MappedRange range) {
		requireGlibc();
		this.range = range;
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
		check("sem_init", (address) -> LibC.sem_init(address, 1, value));
	}

	/**
	 * Decrement the value unless it is zero.
	 * @return {@code false} if it is zero
	 */
	public boolean tryAcquire() {
		while (true) {
			int errno = call(LibC::sem_trywait);
			if (errno == 0) {
				return true;
			}
			if (Errno.of(errno) == Errno.EAGAIN) {
				return false;
			}
			if (Errno.of(errno) != Errno.EINTR) {
				throw new PosixException("sem_trywait", SUBJECT, errno);
			}
		}
	}

	/**
	 * Increment the value.
	 */
	public void release() {
		check("sem_post", LibC::sem_post);
	}

	/**
	 * The value.
	 * @return the value, at least 0
	 */
	public int value() {
		int[] value = new int[1];
		check("sem_getvalue", (address) -> LibC.sem_getvalue(address, value));
		return value[0];
	}

	private void check(String function, LongToIntFunction call) {
		int errno = call(call);
		if (errno != 0) {
			throw new PosixException(function, SUBJECT, errno);
		}
	}

	/**
	 * Call a function of the semaphore's address, which stays reserved meanwhile.
	 * @return 0, or the error number
	 */
	private int call(LongToIntFunction call) {
		try {
			return (call.applyAsInt(this.range.address(0)) != 0) ? LibC.errno() : 0;
		}
		finally {
			Reference.reachabilityFence(this.range);
		}
	}

	@Override
	public void close() {
		this.range.discard();
	}

}
