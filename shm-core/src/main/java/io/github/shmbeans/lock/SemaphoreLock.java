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

package io.github.shmbeans.lock;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.error.LockTimeoutException;
import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.error.SegmentNotFoundException;
import io.github.shmbeans.posix.FileDescriptor;
import io.github.shmbeans.posix.FileStatus;
import io.github.shmbeans.posix.NamedSemaphore;
import io.github.shmbeans.segment.Attachment;
import io.github.shmbeans.segment.Segment;
import io.github.shmbeans.segment.SegmentName;

/**
 * A POSIX named semaphore used as a lock, which CPython's {@code multiprocessing.Lock}
 * and {@code RLock} can join. Threads of this process queue in the heap; the first polls
 * the semaphore, at least once in a millisecond, without blocking its carrier. The death
 * of a holder is not noticed.
 */
public final class SemaphoreLock implements InterprocessLock {

	/** The length of the data of the segment that counts who uses the semaphore. */
	public static final int DATA_LENGTH = 8;

	/** The size of glibc's {@code sem_t}. */
	private static final int SEMAPHORE_SIZE = 32;

	private static final long SHORTEST_PAUSE_NANOS = 10_000;

	private static final long LONGEST_PAUSE_NANOS = 1_000_000;

	private final Segment segment;

	private final NamedSemaphore semaphore;

	private final LockSettings settings;

	private final LockCounters counters;

	private final ReentrantLock local = new ReentrantLock();

	private volatile boolean closed;

	private SemaphoreLock(Segment segment, NamedSemaphore semaphore, LockSettings settings) {
		this.segment = segment;
		this.semaphore = semaphore;
		this.settings = settings;
		this.counters = new LockCounters(new LockMemory(segment));
	}

	/**
	 * Open the semaphore of a segment's name.
	 * @param segment the segment that counts who uses it; its last attachment removes the
	 * semaphore if one of them has made it
	 * @param join whether the semaphore must exist
	 * @param timeout how long to wait for it to appear if it must exist
	 * @param permissions the permission bits of a new one
	 * @param settings how the lock behaves
	 * @return the lock
	 */
	public static SemaphoreLock open(Segment segment, boolean join, Duration timeout, int permissions,
			LockSettings settings) {
		String name = "/" + segment.name();
		ByteBuffer made = segment.memory().slice(0, DATA_LENGTH);
		NamedSemaphore semaphore = join ? join(segment.name(), timeout) : make(segment.name(), permissions);
		if (!join) {
			made.putLong(0, 1);
		}
		segment.beforeUnlink(() -> {
			if (made.getLong(0) == 1) {
				NamedSemaphore.unlink(name);
			}
		});
		return new SemaphoreLock(segment, semaphore, settings);
	}

	private static NamedSemaphore make(String name, int permissions) {
		while (true) {
			NamedSemaphore semaphore = exists(name) ? NamedSemaphore.attach("/" + name)
					: NamedSemaphore.create("/" + name, permissions, 1);
			if (semaphore != null) {
				return semaphore;
			}
		}
	}

	private static NamedSemaphore join(String name, Duration timeout) {
		long start = System.nanoTime();
		while (true) {
			NamedSemaphore semaphore = exists(name) ? NamedSemaphore.attach("/" + name) : null;
			if (semaphore != null) {
				return semaphore;
			}
			if (System.nanoTime() - start >= timeout.toNanos()) {
				throw new SegmentNotFoundException(
						"Semaphore '%s' was expected to exist, found none after %d ms".formatted(name,
								timeout.toMillis()),
						"Start the process that creates it first, raise attach-timeout, or use mode create-or-attach");
			}
			LockSupport.parkNanos(LONGEST_PAUSE_NANOS);
		}
	}

	private static boolean exists(String name) {
		FileStatus status = FileDescriptor.status(SegmentName.DIRECTORY + "/sem." + name);
		if (status != null && (!status.isRegular() || status.size() != SEMAPHORE_SIZE)) {
			throw new InvalidSegmentException(
					"Semaphore '%s' was expected to be a regular file of %d bytes, found a %s of %d bytes"
						.formatted(name, SEMAPHORE_SIZE, status.type(), status.size()));
		}
		return status != null;
	}

	@Override
	public void enter(Intent intent) {
		long nanos = (this.settings.timeout() != null) ? this.settings.timeout().toNanos() : Long.MAX_VALUE;
		if (!acquireUninterruptibly(nanos)) {
			throw new LockTimeoutException(
					"The semaphore '%s' was expected to be free within %s, found it taken".formatted(name(),
							this.settings.timeout()),
					"Hold it for a shorter time, raise lock-timeout, or free it by force if its holder died");
		}
	}

	@Override
	public void exit() {
		if (!this.local.isHeldByCurrentThread()) {
			throw new IllegalMonitorStateException(
					"Expected the semaphore '%s' to be held by this thread, found it held by another or free. Unlock only after lock() has returned"
						.formatted(name()));
		}
		try {
			if (this.local.getHoldCount() == 1) {
				this.semaphore.release();
			}
		}
		finally {
			this.local.unlock();
		}
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
		if (!this.local.isHeldByCurrentThread()) {
			requireOpen();
		}
		if (!this.local.tryLock()) {
			return false;
		}
		boolean acquired = false;
		try {
			acquired = this.local.getHoldCount() > 1 || this.semaphore.tryAcquire();
			return acquired;
		}
		finally {
			settle(acquired);
		}
	}

	@Override
	public boolean tryLock(long nanos) throws InterruptedException {
		return acquire(nanos, true);
	}

	@Override
	public boolean lockForRepair(long nanos) {
		return acquireUninterruptibly(nanos);
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
		if (tryLock()) {
			return true;
		}
		long start = System.nanoTime();
		boolean acquired = false;
		this.segment.attachments().addWaiting(1);
		try {
			acquired = await(start, nanos, interruptible);
			return acquired;
		}
		finally {
			this.segment.attachments().addWaiting(-1);
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

	private void settle(boolean acquired) {
		if (!acquired) {
			this.local.unlock();
		}
		else if (this.local.getHoldCount() == 1) {
			this.counters.acquired();
		}
	}

	@Override
	public void markConsistent() {
	}

	@Override
	public boolean isHeldByCurrentThread() {
		return this.local.isHeldByCurrentThread();
	}

	@Override
	public boolean isLocked() {
		return !this.closed && this.semaphore.value() == 0;
	}

	@Override
	public boolean isOwnerAlive() {
		return true;
	}

	@Override
	public Optional<Attachment> owner() {
		return Optional.empty();
	}

	@Override
	public int waiting() {
		return this.closed ? 0 : this.segment.attachments().waiting();
	}

	@Override
	public boolean isConsistent() {
		return true;
	}

	@Override
	public boolean forceUnlock() {
		requireOpen();
		if (this.semaphore.value() != 0) {
			return false;
		}
		this.semaphore.release();
		this.counters.forced();
		return true;
	}

	@Override
	public LockStatistics statistics() {
		return this.counters.snapshot();
	}

	@Override
	public void close() {
		this.closed = true;
		try {
			if (this.local.tryLock(FutexLock.CLOSE_SECONDS, TimeUnit.SECONDS)) {
				releaseAll();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.semaphore.close();
	}

	private void releaseAll() {
		if (this.local.getHoldCount() > 1) {
			this.semaphore.release();
		}
		while (this.local.isHeldByCurrentThread()) {
			this.local.unlock();
		}
	}

	private void requireOpen() {
		if (this.closed) {
			throw new SegmentClosedException(name());
		}
	}

	private String name() {
		return this.segment.name();
	}

}
