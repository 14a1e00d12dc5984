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

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

import io.github.shmbeans.LockKind;
import io.github.shmbeans.SegmentStatus.LockStatus;
import io.github.shmbeans.SharedLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock between processes as the objects of this library use it.
 */
public abstract sealed class AbstractSharedLock implements SharedLock permits FutexLock, SemaphoreLock {

	private final LockKind kind;

	private final String segment;

	private final CloseGate gate = new CloseGate(this);

	AbstractSharedLock(LockKind kind, String segment) {
		this.kind = kind;
		this.segment = segment;
	}

	/**
	 * Refuse a lock that is not one between processes.
	 * @param lock the lock
	 * @return the lock
	 */
	public static AbstractSharedLock require(SharedLock lock) {
		if (lock instanceof AbstractSharedLock known) {
			return known;
		}
		throw new IllegalArgumentException(
				"Expected a lock that a manager of this library has opened, found %s. Open it with manager.lock(…) or take the lock() of another segment"
					.formatted(lock.getClass().getName()));
	}

	/**
	 * Take the lock; wait until the lock timeout is over, or without limit if there is
	 * none.
	 * @param intent what the caller will do
	 * @throws io.github.shmbeans.error.LockTimeoutException if the lock has a timeout and
	 * it is over
	 * @throws io.github.shmbeans.error.OwnerDiedException if a holder died and the data
	 * was not repaired
	 * @throws io.github.shmbeans.error.SegmentClosedException if the segment is closed
	 */
	public abstract void enter(Intent intent);

	/**
	 * Free what {@link #enter(Intent)} or any other acquisition took.
	 * @throws IllegalMonitorStateException if the calling thread does not hold it
	 */
	public abstract void exit();

	/**
	 * Take the lock for a repair: an inconsistent state is not reported. Waits without
	 * limit; an interrupt does not end the wait.
	 * @throws io.github.shmbeans.error.SegmentClosedException if the segment is closed
	 */
	abstract void lockForRepair();

	/**
	 * Mark the data consistent; the caller holds the lock.
	 */
	abstract void markConsistent();

	/**
	 * Take the lock within a time.
	 * @param nanos the time in nanoseconds
	 * @return {@code true} if it was taken
	 * @throws InterruptedException if the thread is interrupted
	 */
	abstract boolean tryLock(long nanos) throws InterruptedException;

	/**
	 * Whether the holder lives.
	 * @return {@code true} also if nobody holds the lock or the kind cannot tell
	 */
	abstract boolean isOwnerAlive();

	/**
	 * Make the next acquisition look at the {@link #gate()} before its step begins.
	 */
	abstract void setStopped(boolean stopped);

	abstract boolean isHeldByThisProcess();

	/**
	 * A number that changes with each acquisition of this process.
	 */
	abstract long holdNumber();

	/**
	 * Refuse further acquisitions, send waiters away and wait until no thread of this
	 * process holds the lock. If one holds it for more than 5 seconds, the others find
	 * the lock as if this process had died. A repeated call changes nothing.
	 */
	public abstract void close();

	/**
	 * Do something while no thread of this process, except the calling one, is in a step
	 * under one of these locks, whether another process holds them or not. Waits for
	 * steps that are under way, at most 5 seconds for each; other closes that wait for
	 * the same step share these.
	 * @param locks the locks
	 * @param action what to do; it must be short
	 */
	public static void betweenOwnSteps(Collection<AbstractSharedLock> locks, Runnable action) {
		CloseGate.actBetweenSteps(locks.stream().map(AbstractSharedLock::gate).toList(), action);
	}

	final CloseGate gate() {
		return this.gate;
	}

	/**
	 * The name of the segment whose lock it is.
	 * @return the segment name
	 */
	public final String segment() {
		return this.segment;
	}

	/**
	 * A snapshot for operators.
	 * @return the status
	 */
	public final LockStatus status() {
		return new LockStatus(this.kind, this.segment, owner().orElse(null), isLocked(), isOwnerAlive(), isConsistent(),
				waiting(), statistics());
	}

	@Override
	public final boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
		return tryLock(unit.toNanos(time));
	}

	@Override
	public final void unlock() {
		exit();
	}

	@Override
	public final void run(Runnable task) {
		enter(Intent.WRITE);
		try {
			task.run();
		}
		finally {
			exit();
		}
	}

	@Override
	public final <V extends @Nullable Object, E extends Exception> V call(CallableOp<V, E> task) throws E {
		enter(Intent.WRITE);
		try {
			return task.call();
		}
		finally {
			exit();
		}
	}

	@Override
	public final Held hold() {
		enter(Intent.WRITE);
		return this::exit;
	}

	@Override
	public final void recover(Runnable repair) {
		lockForRepair();
		try {
			repair.run();
			markConsistent();
		}
		finally {
			exit();
		}
	}

	@Override
	public final Condition newCondition() {
		throw new UnsupportedOperationException(
				"Expected a lock with conditions, found one between processes, which has none. Poll the data, or use a Condition of a lock within the JVM");
	}

}
