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

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import io.github.shmbeans.internal.control.Attachments;

/**
 * The slow path of {@link FutexLock}: threads of this process queue, and the first of
 * them contends with the other processes for the owner word.
 */
final class LocalQueue {

	private final LockWord lockWord;

	private final Attachments attachments;

	private final LockCounters counters;

	private final BooleanSupplier closed;

	private final ReentrantLock queue = new ReentrantLock(true);

	LocalQueue(LockWord lockWord, Attachments attachments, LockCounters counters, BooleanSupplier closed) {
		this.lockWord = lockWord;
		this.attachments = attachments;
		this.counters = counters;
		this.closed = closed;
	}

	/**
	 * Wait for the lock.
	 * @param word the owner word to set
	 * @param nanos how long to wait at the most
	 * @param interruptible whether an interrupt ends the wait
	 * @return {@code false} if the time is over or the lock closed
	 * @throws InterruptedException if interruptible and interrupted
	 */
	boolean await(long word, long nanos, boolean interruptible) throws InterruptedException {
		long start = System.nanoTime();
		boolean acquired = false;
		this.attachments.addWaiting(1);
		try {
			if (enterQueue(nanos, interruptible)) {
				try {
					acquired = new Contender(this.lockWord, this.closed, word, start, nanos, interruptible).run();
				}
				finally {
					this.queue.unlock();
				}
			}
			return acquired;
		}
		finally {
			this.attachments.addWaiting(-1);
			this.counters.waited(System.nanoTime() - start, acquired);
		}
	}

	private boolean enterQueue(long nanos, boolean interruptible) throws InterruptedException {
		if (interruptible) {
			return this.queue.tryLock(nanos, TimeUnit.NANOSECONDS);
		}
		if (nanos == Long.MAX_VALUE) {
			this.queue.lock();
			return true;
		}
		return tryLockUninterruptibly(nanos);
	}

	private boolean tryLockUninterruptibly(long nanos) {
		long deadline = System.nanoTime() + nanos;
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return this.queue.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
