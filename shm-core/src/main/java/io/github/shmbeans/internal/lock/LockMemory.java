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

package io.github.shmbeans.internal.lock;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.github.shmbeans.internal.control.ControlLayout;
import io.github.shmbeans.internal.posix.Futex;

/**
 * The lock's words in the control block. All accesses are volatile unless they say
 * otherwise.
 */
final class LockMemory {

	private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

	private final ByteBuffer bytes;

	private final long futex;

	LockMemory(ByteBuffer bytes, long futex) {
		this.bytes = bytes;
		this.futex = futex;
	}

	long owner() {
		return (long) LONG.getVolatile(this.bytes, ControlLayout.OWNER);
	}

	boolean casOwner(long expected, long word) {
		return LONG.compareAndSet(this.bytes, ControlLayout.OWNER, expected, word);
	}

	long successor() {
		return (long) LONG.getVolatile(this.bytes, ControlLayout.SUCCESSOR);
	}

	boolean casSuccessor(long expected, long word) {
		return LONG.compareAndSet(this.bytes, ControlLayout.SUCCESSOR, expected, word);
	}

	/** Plain: the caller has just acquired the lock. */
	boolean isInconsistent() {
		return (int) INT.get(this.bytes, ControlLayout.INCONSISTENT) != 0;
	}

	void setInconsistent(boolean inconsistent) {
		INT.setVolatile(this.bytes, ControlLayout.INCONSISTENT, inconsistent ? 1 : 0);
	}

	int addSleepers(int change) {
		return (int) INT.getAndAdd(this.bytes, ControlLayout.SLEEPERS, change) + change;
	}

	int sleepers() {
		return (int) INT.getVolatile(this.bytes, ControlLayout.SLEEPERS);
	}

	void count(int counter, long change) {
		LONG.getAndAdd(this.bytes, counter, change);
	}

	/**
	 * Sleep while the low half of the owner word is that of the given word.
	 */
	void sleep(long word, long nanos) {
		Futex.await(this.futex, (int) word, nanos);
	}

	void wake(int count) {
		Futex.wake(this.futex, count);
	}

}
