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
import java.util.concurrent.locks.Lock;

import org.jspecify.annotations.Nullable;

/**
 * A lock between the threads of all processes that share a segment.
 * <p>
 * Reentrant and owned by a thread: only the thread that took it can free it, up to
 * 2<sup>31</sup>-1 holds; one more throws {@link IllegalMonitorStateException}, or an
 * {@link Error} for {@link LockKind#SEMAPHORE}. What a thread did before it unlocked
 * <i>happens-before</i> what the next holder does, in whichever process. Usable from
 * virtual threads, whose carriers it never blocks. Acquiring is not fair, but no waiter
 * is overtaken without bound.
 * <p>
 * If a process dies while it holds the lock, the next acquisition takes it over. What the
 * dead one was writing may be incomplete: acquisitions then throw
 * {@link io.github.shmbeans.error.OwnerDiedException} until {@link #recover(Runnable)} or
 * a {@link RecoveryHandler} has repaired the data, unless the segment was opened with
 * {@link io.github.shmbeans.OwnerDeathPolicy#IGNORE}. The lock is not held after such an
 * exception. A lock of kind {@link LockKind#SEMAPHORE} does not notice a death: it stays
 * taken until {@link #forceUnlock()}.
 * <p>
 * All acquisitions throw {@link io.github.shmbeans.error.SegmentClosedException} once the
 * segment is closed, also those that are waiting; a thread that holds the lock may enter
 * again until it has unlocked. The lock timeout of the segment limits {@link #run},
 * {@link #call}, {@link #hold} and the accesses of the objects; the methods of
 * {@link Lock} and {@link #recover} wait as long as they say.
 */
public interface SharedLock extends Lock {

	/**
	 * Take the lock; wait without limit. An interrupt does not end the wait.
	 * @throws io.github.shmbeans.error.OwnerDiedException if a holder died and the data
	 * was not repaired
	 * @throws io.github.shmbeans.error.SegmentClosedException if the segment is closed
	 */
	@Override
	void lock();

	/**
	 * Take the lock; wait until the thread is interrupted.
	 * @throws InterruptedException if the thread is interrupted
	 * @throws io.github.shmbeans.error.OwnerDiedException as {@link #lock}
	 * @throws io.github.shmbeans.error.SegmentClosedException as {@link #lock}
	 */
	@Override
	void lockInterruptibly() throws InterruptedException;

	/**
	 * Take the lock if it is free or its holder dead.
	 * @return {@code true} if it was taken
	 * @throws io.github.shmbeans.error.OwnerDiedException as {@link #lock}
	 * @throws io.github.shmbeans.error.SegmentClosedException as {@link #lock}
	 */
	@Override
	boolean tryLock();

	/**
	 * Take the lock within a time.
	 * @param time how long to wait at most
	 * @param unit the unit of the time
	 * @return {@code true} if it was taken
	 * @throws InterruptedException if the thread is interrupted
	 * @throws io.github.shmbeans.error.OwnerDiedException as {@link #lock}
	 * @throws io.github.shmbeans.error.SegmentClosedException as {@link #lock}
	 */
	@Override
	boolean tryLock(long time, TimeUnit unit) throws InterruptedException;

	/**
	 * Free the lock, or give up one of several holds. After the segment is closed, a
	 * thread that does not hold the lock may call this without effect.
	 * @throws IllegalMonitorStateException if this thread does not hold the lock, or if a
	 * lock of kind {@link LockKind#PROCESS} was freed by force meanwhile
	 */
	@Override
	void unlock();

	/**
	 * Whether the calling thread holds the lock.
	 * @return {@code true} if it does
	 */
	boolean isHeldByCurrentThread();

	/**
	 * Whether some thread of some process holds the lock: a snapshot.
	 * @return {@code true} if it is held; {@code false} once the segment is closed
	 */
	boolean isLocked();

	/**
	 * The attachment that holds the lock: a snapshot, for people to read.
	 * @return the owner; empty if the lock is free, its kind does not tell, or the
	 * segment is closed
	 */
	Optional<Attachment> owner();

	/**
	 * The threads that wait for the lock now, in all live processes.
	 * @return the number of waiting threads, at least 0; 0 once the segment is closed
	 */
	int waiting();

	/**
	 * Whether no holder died without repair.
	 * @return {@code false} from the takeover from a dead owner until the repair;
	 * {@code true} if the kind of the lock does not notice a death
	 */
	boolean isConsistent();

	/**
	 * Run a task with the lock held.
	 * @param task the task; it should be short
	 * @throws io.github.shmbeans.error.LockTimeoutException if the segment has a lock
	 * timeout and it is over
	 * @throws io.github.shmbeans.error.OwnerDiedException if a holder died and the data
	 * was not repaired
	 * @throws io.github.shmbeans.error.SegmentClosedException if the segment is closed
	 * @throws IllegalMonitorStateException as {@link #unlock}
	 */
	void run(Runnable task);

	/**
	 * Call a task with the lock held.
	 * @param <V> the type of its result
	 * @param <E> the checked exception that it throws, if any
	 * @param task the task; it should be short
	 * @return its result
	 * @throws E if the task throws it
	 * @throws io.github.shmbeans.error.LockTimeoutException as {@link #run}
	 * @throws io.github.shmbeans.error.OwnerDiedException as {@link #run}
	 * @throws io.github.shmbeans.error.SegmentClosedException as {@link #run}
	 * @throws IllegalMonitorStateException as {@link #run}
	 */
	<V extends @Nullable Object, E extends Exception> V call(CallableOp<V, E> task) throws E;

	/**
	 * Take the lock for a {@code try} block, whose end frees it.
	 *
	 * <pre class="code">
	 * try (SharedLock.Held held = lock.hold()) {
	 *     from.set(from.get() - amount);
	 *     to.set(to.get() + amount);
	 * }
	 * </pre>
	 * @return what frees the lock; close it in the same thread
	 * @throws io.github.shmbeans.error.LockTimeoutException as {@link #run}
	 * @throws io.github.shmbeans.error.OwnerDiedException as {@link #run}
	 * @throws io.github.shmbeans.error.SegmentClosedException as {@link #run}
	 */
	Held hold();

	/**
	 * Take the lock though the data is inconsistent, run the repair, mark the data
	 * consistent and unlock. If the repair throws, the data stays inconsistent. Waits for
	 * the lock without limit; an interrupt does not end the wait.
	 * @param repair what makes the guarded data whole again; it runs with the lock held
	 * @throws io.github.shmbeans.error.SegmentClosedException if the segment is closed;
	 * the repair was not run
	 * @throws IllegalMonitorStateException as {@link #unlock}
	 */
	void recover(Runnable repair);

	/**
	 * Free the lock whoever holds it, for operators: its holder may still be writing. The
	 * data is marked inconsistent, unless the lock is of kind {@link LockKind#SEMAPHORE};
	 * the call is counted.
	 * @return {@code true} if the lock was held
	 * @throws io.github.shmbeans.error.SegmentClosedException if the segment is closed
	 */
	boolean forceUnlock();

	/**
	 * This process's counters.
	 * @return a snapshot, also after the segment is closed
	 */
	LockStatistics statistics();

	/**
	 * Not supported: waiting for a condition of another process would need a queue that
	 * survives the death of each of its members.
	 * @throws UnsupportedOperationException always
	 */
	@Override
	Condition newCondition();

	/**
	 * A hold of the lock.
	 */
	@FunctionalInterface
	interface Held extends AutoCloseable {

		/**
		 * Free the lock, as {@link SharedLock#unlock()}. Close it once.
		 * @throws IllegalMonitorStateException as {@link SharedLock#unlock()}
		 */
		@Override
		void close();

	}

	/**
	 * A task with a result.
	 *
	 * @param <V> the type of its result
	 * @param <E> the checked exception that it throws, if any
	 */
	@FunctionalInterface
	interface CallableOp<V extends @Nullable Object, E extends Exception> {

		/**
		 * Do the task.
		 * @return its result
		 * @throws E if it fails
		 */
		V call() throws E;

	}

}
