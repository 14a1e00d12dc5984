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

package io.github.shmbeans;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

import io.github.shmbeans.lock.InterprocessLock;
import io.github.shmbeans.lock.LockStatistics;
import io.github.shmbeans.segment.Attachment;

/**
 * {@link SharedLock} over the lock of a segment.
 */
final class DefaultSharedLock implements SharedLock {

	private final InterprocessLock delegate;

	DefaultSharedLock(InterprocessLock delegate) {
		this.delegate = delegate;
	}

	/**
	 * Refuse a lock that is not one between processes.
	 */
	static DefaultSharedLock require(SharedLock lock) {
		if (lock instanceof DefaultSharedLock known) {
			return known;
		}
		throw new IllegalArgumentException(
				"Expected a lock that a manager of this library has opened, found %s. Open it with manager.lock(…) or take the lock() of another segment"
					.formatted(lock.getClass().getName()));
	}

	InterprocessLock delegate() {
		return this.delegate;
	}

	SegmentStatus.LockStatus status() {
		return new SegmentStatus.LockStatus(owner().orElse(null), isLocked(), this.delegate.isOwnerAlive(),
				isConsistent(), waiting(), statistics());
	}

	@Override
	public void lock() {
		this.delegate.lock();
	}

	@Override
	public void lockInterruptibly() throws InterruptedException {
		this.delegate.lockInterruptibly();
	}

	@Override
	public boolean tryLock() {
		return this.delegate.tryLock();
	}

	@Override
	public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
		return this.delegate.tryLock(unit.toNanos(time));
	}

	@Override
	public void unlock() {
		this.delegate.exit();
	}

	@Override
	public boolean isHeldByCurrentThread() {
		return this.delegate.isHeldByCurrentThread();
	}

	@Override
	public boolean isLocked() {
		return this.delegate.isLocked();
	}

	@Override
	public Optional<Attachment> owner() {
		return this.delegate.owner();
	}

	@Override
	public int waiting() {
		return this.delegate.waiting();
	}

	@Override
	public boolean isConsistent() {
		return this.delegate.isConsistent();
	}

	@Override
	public void recover(Runnable repair) {
		this.delegate.lockForRepair();
		try {
			repair.run();
			this.delegate.markConsistent();
		}
		finally {
			this.delegate.exit();
		}
	}

	@Override
	public boolean forceUnlock() {
		return this.delegate.forceUnlock();
	}

	@Override
	public LockStatistics statistics() {
		return this.delegate.statistics();
	}

	@Override
	public Condition newCondition() {
		throw new UnsupportedOperationException(
				"Expected a lock with conditions, found one between processes, which has none. Poll the data, or use a Condition of a lock within the JVM");
	}

}
