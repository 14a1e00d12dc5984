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

import java.util.Optional;

import io.github.shmbeans.segment.Attachment;

/**
 * A reentrant lock between the threads of all processes that share a segment.
 */
public sealed interface InterprocessLock permits FutexLock, SemaphoreLock {

	/**
	 * Take the lock, for as long as it takes or until the lock timeout is over.
	 * @param intent what the caller will do
	 * @throws io.github.shmbeans.error.LockTimeoutException if the lock has a timeout and
	 * it is over
	 * @throws io.github.shmbeans.error.OwnerDiedException if a holder died and the data
	 * was not repaired
	 * @throws io.github.shmbeans.error.SegmentClosedException if the segment is closed
	 */
	void enter(Intent intent);

	/**
	 * Free what {@link #enter(Intent)} or any other acquisition took.
	 * @throws IllegalMonitorStateException if the calling thread does not hold it
	 */
	void exit();

	/**
	 * Take the lock for as long as it takes, whatever the lock timeout is.
	 */
	void lock();

	/**
	 * Take the lock unless the thread is interrupted.
	 * @throws InterruptedException if it is interrupted
	 */
	void lockInterruptibly() throws InterruptedException;

	/**
	 * Take the lock if it is free or its owner is dead.
	 * @return {@code true} if it was taken
	 */
	boolean tryLock();

	/**
	 * Take the lock within a time.
	 * @param nanos the time in nanoseconds
	 * @return {@code true} if it was taken
	 * @throws InterruptedException if the thread is interrupted
	 */
	boolean tryLock(long nanos) throws InterruptedException;

	/**
	 * Take the lock for a repair: an inconsistent state is not reported.
	 * @throws io.github.shmbeans.error.SegmentClosedException if the segment is closed
	 */
	void lockForRepair();

	/**
	 * Do something while no thread of this process is in a step under this lock, whether
	 * another process holds it or not. Waits for a step that is under way, at most 5
	 * seconds together with all closes that wait for it. One call at a time.
	 * @param action what to do; it must be short
	 */
	void betweenOwnSteps(Runnable action);

	/**
	 * Mark the data consistent; the caller holds the lock.
	 */
	void markConsistent();

	/**
	 * Whether the calling thread holds the lock.
	 * @return {@code true} if it does
	 */
	boolean isHeldByCurrentThread();

	/**
	 * Whether any thread of any process holds the lock.
	 * @return {@code true} if so
	 */
	boolean isLocked();

	/**
	 * Whether the holder lives.
	 * @return {@code true} also if nobody holds the lock or the kind cannot tell
	 */
	boolean isOwnerAlive();

	/**
	 * Who holds the lock.
	 * @return the owner if somebody holds the lock and the kind can tell
	 */
	Optional<Attachment> owner();

	/**
	 * The threads that wait now.
	 * @return the number of waiting threads of all live processes, as far as the kind can
	 * tell
	 */
	int waiting();

	/**
	 * Whether no holder died without repair.
	 * @return {@code true} if the data is consistent
	 */
	boolean isConsistent();

	/**
	 * Free the lock whoever holds it.
	 * @return {@code true} if it was held
	 */
	boolean forceUnlock();

	/**
	 * This process's counters.
	 * @return a snapshot
	 */
	LockStatistics statistics();

	/**
	 * Refuse further acquisitions, send waiters away and wait until no thread of this
	 * process holds the lock; one that holds it for more than 5 seconds is treated as if
	 * it had died.
	 */
	void close();

}
