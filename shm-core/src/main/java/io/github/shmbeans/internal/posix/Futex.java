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
 * Waiting on a 32-bit word that processes share. Source: futex(2).
 */
public final class Futex {

	private static final int FUTEX_WAIT = 0;

	private static final int FUTEX_WAKE = 1;

	private static final long NANOS_PER_SECOND = 1_000_000_000L;

	private Futex() {
	}

	/**
	 * Sleep while the word has a value, until it is woken or the time is over. May return
	 * at any time without a reason; the calling platform thread is blocked meanwhile.
	 * @param address the address of the word, a multiple of 4
	 * @param expected the value
	 * @param nanos the longest sleep in nanoseconds
	 */
	public static void await(long address, int expected, long nanos) {
		long[] timeout = { nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND };
		LibC.syscall(LibC.SYS_FUTEX, address, FUTEX_WAIT, expected, timeout, 0, 0);
	}

	/**
	 * Wake sleepers.
	 * @param address the address of the word
	 * @param count how many to wake at the most
	 */
	public static void wake(long address, int count) {
		LibC.syscall(LibC.SYS_FUTEX, address, FUTEX_WAKE, count, null, 0, 0);
	}

}
