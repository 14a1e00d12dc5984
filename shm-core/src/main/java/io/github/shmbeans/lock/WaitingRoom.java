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

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.github.shmbeans.segment.Attachments;

/**
 * The slow path of {@link FutexLock}: threads of this process queue, and the first of
 * them contends with the other processes for the owner word.
 * <p>
 * It spins briefly, then sleeps on the word in slices, at the end of which it looks
 * whether the owner still lives. If others have overtaken it for long, it announces
 * itself as the successor, to whom the next release hands the lock over. A hand-over that
 * its successor does not take within a slice is open to anybody: whatever dies where,
 * somebody goes on.
 */
final class WaitingRoom {

	/** The longest sleep between two looks at the owner. */
	static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	/** How long a waiter lets others overtake it. */
	static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private static final int SPINS = (Runtime.getRuntime().availableProcessors() > 1) ? 64 : 0;

	private final LockMemory memory;

	private final Attachments attachments;

	private final LockCounters counters;

	private final long self;

	private final OwnerDeathPolicy onOwnerDeath;

	private final ReentrantLock queue = new ReentrantLock(true);

	private volatile boolean closed;

	WaitingRoom(LockMemory memory, Attachments attachments, LockCounters counters, OwnerDeathPolicy onOwnerDeath) {
		this.memory = memory;
		this.attachments = attachments;
		this.counters = counters;
		this.self = OwnerWord.of(attachments.slot(), attachments.epoch());
		this.onOwnerDeath = onOwnerDeath;
	}

	/**
	 * Wait for the lock.
	 * @param word the owner word to set
	 * @param nanos how long to wait at the most
	 * @param interruptible whether an interrupt ends the wait
	 * @return {@code false} if the time is over or the room is closed
	 * @throws InterruptedException if interruptible and interrupted
	 */
	boolean await(long word, long nanos, boolean interruptible) throws InterruptedException {
		long start = System.nanoTime();
		boolean acquired = false;
		this.attachments.addWaiting(1);
		try {
			if (enterQueue(nanos, interruptible)) {
				try {
					acquired = new Contender(word, start, nanos, interruptible).run();
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

	/**
	 * Take the lock over if its owner is dead or a hand-over was not taken.
	 * @return {@code true} if it was taken
	 */
	boolean takeOver(long found, long word, boolean reservationLapsed) {
		if (OwnerWord.isReserved(found)) {
			boolean open = reservationLapsed || OwnerWord.identity(found) == this.self;
			if (open && this.memory.casOwner(found, word | (found & OwnerWord.WAITERS))) {
				this.memory.casSuccessor(OwnerWord.identity(found), 0);
				return true;
			}
			return false;
		}
		if (this.attachments.isAlive(OwnerWord.slot(found), OwnerWord.epoch(found))) {
			return false;
		}
		boolean whole = (found & OwnerWord.WHOLE) != 0;
		long next = (whole ? word : word & ~OwnerWord.WHOLE) | (found & OwnerWord.WAITERS);
		if (!this.memory.casOwner(found, next)) {
			return false;
		}
		if (!whole && this.onOwnerDeath == OwnerDeathPolicy.REPORT) {
			this.memory.setInconsistent(true);
		}
		this.counters.recovered();
		return true;
	}

	void close() {
		this.closed = true;
		this.memory.wake(Integer.MAX_VALUE);
	}

	/**
	 * One wait of the first thread of the queue.
	 */
	private final class Contender {

		private final long word;

		private final long start;

		private final long nanos;

		private final boolean interruptible;

		private boolean announced;

		private long lastFound;

		Contender(long word, long start, long nanos, boolean interruptible) {
			this.word = word;
			this.start = start;
			this.nanos = nanos;
			this.interruptible = interruptible;
		}

		boolean run() throws InterruptedException {
			if (spin()) {
				return true;
			}
			boolean interrupted = false;
			boolean acquired = false;
			WaitingRoom.this.memory.addSleepers(1);
			try {
				while (!acquired && !WaitingRoom.this.closed && remaining() > 0) {
					acquired = tryOnce();
					if (!acquired && Thread.interrupted()) {
						interrupted = true;
						if (this.interruptible) {
							break;
						}
					}
				}
			}
			finally {
				WaitingRoom.this.memory.addSleepers(-1);
				if (!acquired) {
					withdraw();
				}
				else if (this.announced) {
					WaitingRoom.this.memory.casSuccessor(WaitingRoom.this.self, 0);
				}
			}
			return leave(acquired, interrupted);
		}

		private boolean leave(boolean acquired, boolean interrupted) throws InterruptedException {
			if (interrupted && this.interruptible && !acquired) {
				throw new InterruptedException("Interrupted while waiting for a shared lock");
			}
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
			return acquired;
		}

		private boolean spin() {
			for (int i = 0; i < SPINS; i++) {
				if (WaitingRoom.this.memory.owner() == OwnerWord.FREE
						&& WaitingRoom.this.memory.casOwner(OwnerWord.FREE, this.word)) {
					return true;
				}
				Thread.onSpinWait();
			}
			return false;
		}

		/**
		 * Try to take the lock; if that fails, sleep until there is a reason to try
		 * again.
		 */
		private boolean tryOnce() {
			LockMemory memory = WaitingRoom.this.memory;
			long found = memory.owner();
			if (found == OwnerWord.FREE) {
				boolean others = memory.sleepers() > 1;
				return memory.casOwner(found, others ? this.word | OwnerWord.WAITERS : this.word);
			}
			boolean lapsed = (found | OwnerWord.WAITERS) == this.lastFound;
			if (takeOver(found, this.word, lapsed)) {
				return true;
			}
			announce();
			long awaited = found | OwnerWord.WAITERS;
			if (found == awaited || memory.casOwner(found, awaited)) {
				long before = System.nanoTime();
				Sleeper.sleep(memory, awaited, Math.min(SLICE_NANOS, remaining()));
				this.lastFound = (System.nanoTime() - before >= SLICE_NANOS) ? awaited : OwnerWord.FREE;
			}
			return false;
		}

		private void announce() {
			if (!this.announced && System.nanoTime() - this.start > PATIENCE_NANOS) {
				this.announced = WaitingRoom.this.memory.casSuccessor(0, WaitingRoom.this.self);
			}
		}

		/**
		 * Give up without leaving a hand-over or a wake-up unused.
		 */
		private void withdraw() {
			LockMemory memory = WaitingRoom.this.memory;
			if (this.announced) {
				memory.casSuccessor(WaitingRoom.this.self, 0);
			}
			long found = memory.owner();
			if (OwnerWord.isReserved(found) && OwnerWord.identity(found) == WaitingRoom.this.self) {
				memory.casOwner(found, OwnerWord.FREE);
			}
			while (memory.sleepers() > 0) {
				found = memory.owner();
				if (found == OwnerWord.FREE) {
					memory.wake(1);
					return;
				}
				if (memory.casOwner(found, found | OwnerWord.WAITERS)) {
					return;
				}
			}
		}

		private long remaining() {
			return (this.nanos == Long.MAX_VALUE) ? Long.MAX_VALUE : this.nanos - (System.nanoTime() - this.start);
		}

	}

}
