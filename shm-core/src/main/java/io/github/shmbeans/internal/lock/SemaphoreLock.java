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

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import io.github.shmbeans.Attachment;
import io.github.shmbeans.LockKind;
import io.github.shmbeans.LockStatistics;
import io.github.shmbeans.internal.control.Attachments;
import io.github.shmbeans.internal.posix.MappedSemaphore;

/**
 * A POSIX named semaphore used as a lock, which CPython's {@code multiprocessing.Lock}
 * and {@code RLock} can join. Threads of this process queue in the heap; the first polls
 * the semaphore, at least once in a millisecond, without blocking its carrier. The death
 * of a holder is not noticed.
 */
public final class SemaphoreLock extends AbstractSharedLock {

	private static final long SHORTEST_PAUSE_NANOS = 10_000;

	private static final long LONGEST_PAUSE_NANOS = 1_000_000;

	private final Attachments attachments;

	private final LockFailures failures;

	private final MappedSemaphore semaphore;

	private final LockSettings settings;

	private final LockCounters counters;

	private final ReentrantLock local = new ReentrantLock();

	/** Whether this process has decremented the semaphore. Guarded by this. */
	private boolean taken;

	/** Whether an acquisition must look at the gate. */
	private volatile boolean stopped;

	/**
	 * Use a semaphore.
	 * @param segment the name of the segment that counts who uses it
	 * @param semaphore the semaphore
	 * @param control the control block of that segment
	 * @param attachments who is attached to it
	 * @param settings how the lock behaves
	 */
	public SemaphoreLock(String segment, MappedSemaphore semaphore, ByteBuffer control, Attachments attachments,
			LockSettings settings) {
		super(LockKind.SEMAPHORE, segment);
		this.failures = new LockFailures(segment);
		this.semaphore = semaphore;
		this.settings = settings;
		this.attachments = attachments;
		this.counters = new LockCounters(control);
	}

	@Override
	public void enter(Intent intent) {
		long nanos = this.settings.nanos();
		if (!acquireUninterruptibly(nanos)) {
			throw this.failures.semaphoreTimedOut(nanos);
		}
	}

	@Override
	public void exit() {
		if (!this.local.isHeldByCurrentThread()) {
			if (gate().isClosed()) {
				return;
			}
			throw this.failures.notHeld();
		}
		try {
			if (this.local.getHoldCount() == 1) {
				give();
			}
		}
		finally {
			this.local.unlock();
		}
	}

	/**
	 * Not while a close frees the semaphore: this thread would not know that it is free.
	 */
	private synchronized boolean take() {
		requireOpen();
		this.taken = this.semaphore.tryAcquire();
		return this.taken;
	}

	/**
	 * A semaphore that was freed by force is not freed once more: two could enter.
	 */
	private synchronized void give() {
		if (this.taken) {
			this.taken = false;
			post();
		}
	}

	private boolean post() {
		if (this.semaphore.value() != 0) {
			return false;
		}
		this.semaphore.release();
		return true;
	}

	@Override
	public void lock() {
		acquireUninterruptibly(Long.MAX_VALUE);
	}

	@Override
	public void lockInterruptibly() throws InterruptedException {
		acquire(Long.MAX_VALUE, true);
	}

	@Override
	public boolean tryLock() {
		boolean reentered = this.local.isHeldByCurrentThread();
		if (!reentered) {
			requireOpen();
		}
		if (!this.local.tryLock()) {
			return false;
		}
		return reentered || takeOrLeave();
	}

	private boolean takeOrLeave() {
		boolean taken = false;
		try {
			taken = take();
		}
		finally {
			if (!taken) {
				this.local.unlock();
			}
		}
		if (taken) {
			this.counters.acquired();
			if (this.stopped) {
				gate().standAside();
			}
		}
		return taken;
	}

	@Override
	boolean tryLock(long nanos) throws InterruptedException {
		return acquire(nanos, true);
	}

	@Override
	void lockForRepair() {
		acquireUninterruptibly(Long.MAX_VALUE);
	}

	@Override
	void setStopped(boolean stopped) {
		this.stopped = stopped;
	}

	@Override
	boolean isHeldByThisProcess() {
		return this.local.isLocked();
	}

	@Override
	long holdNumber() {
		return this.counters.acquisitions();
	}

	private boolean acquireUninterruptibly(long nanos) {
		try {
			return acquire(nanos, false);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Expected an uninterruptible wait", ex);
		}
	}

	private boolean acquire(long nanos, boolean interruptible) throws InterruptedException {
		if (interruptible && Thread.interrupted()) {
			throw new InterruptedException("Interrupted before waiting for a semaphore");
		}
		if (tryLock()) {
			return true;
		}
		long start = System.nanoTime();
		boolean acquired = false;
		this.attachments.addWaiting(1);
		try {
			acquired = await(start, nanos, interruptible);
			return acquired;
		}
		finally {
			this.attachments.addWaiting(-1);
			this.counters.waited(System.nanoTime() - start, acquired);
		}
	}

	private boolean await(long start, long nanos, boolean interruptible) throws InterruptedException {
		long pause = SHORTEST_PAUSE_NANOS;
		boolean interrupted = false;
		try {
			while (nanos == Long.MAX_VALUE || System.nanoTime() - start < nanos) {
				LockSupport.parkNanos(this, pause);
				pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
				if (Thread.interrupted()) {
					interrupted = true;
					if (interruptible) {
						interrupted = false;
						throw new InterruptedException("Interrupted while waiting for a semaphore");
					}
				}
				if (tryLock()) {
					return true;
				}
			}
			return false;
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	void markConsistent() {
	}

	@Override
	public boolean isHeldByCurrentThread() {
		return this.local.isHeldByCurrentThread();
	}

	@Override
	public boolean isLocked() {
		return !gate().isClosed() && this.semaphore.value() == 0;
	}

	@Override
	boolean isOwnerAlive() {
		return true;
	}

	@Override
	public Optional<Attachment> owner() {
		return Optional.empty();
	}

	@Override
	public int waiting() {
		return gate().isClosed() ? 0 : this.attachments.waiting();
	}

	@Override
	public boolean isConsistent() {
		return true;
	}

	@Override
	public synchronized boolean forceUnlock() {
		requireOpen();
		if (!post()) {
			return false;
		}
		this.taken = false;
		this.counters.forced();
		return true;
	}

	@Override
	public LockStatistics statistics() {
		if (!this.attachments.isTruncated()) {
			this.counters.publish();
		}
		return this.counters.snapshot();
	}

	/**
	 * If a thread holds the semaphore for too long, the close frees it.
	 */
	@Override
	public void close() {
		gate().close();
		if (!this.local.isHeldByCurrentThread()) {
			gate().awaitRelease();
		}
		free();
		while (this.local.isHeldByCurrentThread()) {
			this.local.unlock();
		}
		this.counters.publish();
	}

	private synchronized void free() {
		give();
		this.semaphore.close();
	}

	private void requireOpen() {
		if (gate().isClosed()) {
			throw this.failures.closed();
		}
	}

}
