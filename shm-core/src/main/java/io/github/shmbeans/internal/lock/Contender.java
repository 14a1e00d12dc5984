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
import java.util.function.BooleanSupplier;

/**
 * One wait of the thread that contends with other processes for the owner word.
 * <p>
 * It spins briefly, then sleeps on the word in slices, at the end of which it looks
 * whether the owner still lives. If others have overtaken it for long, it announces
 * itself as the successor, to whom the next release hands the lock over. A reservation
 * that its successor does not take within a slice is open to anybody: whatever dies
 * where, somebody goes on.
 */
final class Contender {

	/** The longest sleep between two looks at the owner. */
	static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	/** How long a waiter lets others overtake it. */
	static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private final LockMemory memory;

	private final Takeover takeover;

	private final BooleanSupplier closed;

	private final long word;

	private final long start;

	private final long nanos;

	private final boolean interruptible;

	private boolean announced;

	private long lastFound;

	Contender(LockMemory memory, Takeover takeover, BooleanSupplier closed, long word, long start, long nanos,
			boolean interruptible) {
		this.memory = memory;
		this.takeover = takeover;
		this.closed = closed;
		this.word = word;
		this.start = start;
		this.nanos = nanos;
		this.interruptible = interruptible;
	}

	boolean run() throws InterruptedException {
		if (Spin.tryTake(this.memory, this.word)) {
			return true;
		}
		boolean interrupted = false;
		boolean acquired = false;
		this.memory.addSleepers(1);
		try {
			boolean over = false;
			while (!acquired && !over && !this.closed.getAsBoolean()) {
				acquired = tryOnce();
				interrupted |= !acquired && Thread.interrupted();
				over = remaining() <= 0 || (interrupted && this.interruptible);
			}
		}
		finally {
			this.memory.addSleepers(-1);
			if (!acquired) {
				withdraw();
			}
			else if (this.announced) {
				this.memory.casSuccessor(this.takeover.self(), 0);
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

	/**
	 * Try to take the lock; if that fails, sleep until there is a reason to try again.
	 * What is anybody's, or reserved for it, and was not taken because it changed may be
	 * there anew: it never sleeps on that.
	 */
	private boolean tryOnce() {
		announce();
		long found = this.memory.owner();
		if (found == OwnerWord.FREE) {
			boolean others = this.memory.sleepers() > 1;
			return this.memory.casOwner(found, others ? this.word | OwnerWord.WAITERS : this.word);
		}
		boolean lapsed = (found | OwnerWord.WAITERS) == this.lastFound;
		if (this.takeover.tryTake(found, this.word, lapsed)) {
			return true;
		}
		if (OwnerWord.isNobodys(found) || isOwnReservation(found)) {
			return false;
		}
		long awaited = found | OwnerWord.WAITERS;
		if (found == awaited || this.memory.casOwner(found, awaited)) {
			long before = System.nanoTime();
			Sleeper.sleep(this.memory, awaited, Math.max(0, Math.min(SLICE_NANOS, remaining())));
			this.lastFound = (System.nanoTime() - before >= SLICE_NANOS) ? awaited : OwnerWord.FREE;
		}
		return false;
	}

	/**
	 * Again and again: who takes a lapsed reservation clears the announcement.
	 */
	private void announce() {
		if (System.nanoTime() - this.start > PATIENCE_NANOS) {
			this.announced |= this.memory.casSuccessor(0, this.takeover.self());
		}
	}

	/**
	 * Give up without leaving a hand-over or a wake-up unused.
	 */
	private void withdraw() {
		if (this.announced) {
			this.memory.casSuccessor(this.takeover.self(), 0);
		}
		long found = this.memory.owner();
		if (isOwnReservation(found)) {
			this.memory.casOwner(found, OwnerWord.SUSPECT);
		}
		while (this.memory.sleepers() > 0) {
			found = this.memory.owner();
			if (OwnerWord.isFree(found)) {
				this.memory.wake(1);
				return;
			}
			if (this.memory.casOwner(found, found | OwnerWord.WAITERS)) {
				return;
			}
		}
	}

	private boolean isOwnReservation(long found) {
		return OwnerWord.isReserved(found) && OwnerWord.identity(found) == this.takeover.self();
	}

	private long remaining() {
		return (this.nanos == Long.MAX_VALUE) ? Long.MAX_VALUE : this.nanos - (System.nanoTime() - this.start);
	}

}
