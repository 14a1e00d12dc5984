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
 * itself as the successor, to which the next release hands the lock over. A reservation
 * that its successor does not take within a slice is open to anybody, so some thread goes
 * on whichever process dies.
 */
final class Contender {

	/** The longest sleep between two looks at the owner. */
	static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	/** How long a waiter lets others overtake it. */
	static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private final LockWord lockWord;

	private final BooleanSupplier closed;

	private final long word;

	private final long start;

	private final long nanos;

	private final boolean interruptible;

	private boolean announced;

	private long lastFound;

	Contender(LockWord lockWord, BooleanSupplier closed, long word, long start, long nanos, boolean interruptible) {
		this.lockWord = lockWord;
		this.closed = closed;
		this.word = word;
		this.start = start;
		this.nanos = nanos;
		this.interruptible = interruptible;
	}

	boolean run() throws InterruptedException {
		if (Spin.tryTake(this.lockWord, this.word)) {
			return true;
		}
		boolean interrupted = false;
		boolean acquired = false;
		this.lockWord.addSleepers(1);
		try {
			boolean over = false;
			while (!acquired && !over && !this.closed.getAsBoolean()) {
				acquired = tryOnce();
				interrupted |= !acquired && Thread.interrupted();
				over = remaining() <= 0 || (interrupted && this.interruptible);
			}
		}
		finally {
			this.lockWord.addSleepers(-1);
			if (!acquired) {
				this.lockWord.withdraw(this.announced);
			}
			else if (this.announced) {
				this.lockWord.clearAnnouncement();
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
	 */
	private boolean tryOnce() {
		if (System.nanoTime() - this.start > PATIENCE_NANOS) {
			this.announced |= this.lockWord.announce();
		}
		long found = this.lockWord.owner();
		if (found == LockWord.FREE) {
			return this.lockWord.takeFree(this.word);
		}
		long awaited = found | LockWord.WAITERS;
		if (this.lockWord.tryTake(found, this.word, awaited == this.lastFound)) {
			return true;
		}
		if (!this.lockWord.isOwnOrNobodys(found) && this.lockWord.setWaiters(found)) {
			long before = System.nanoTime();
			Sleeper.sleep(this.lockWord, awaited, Math.max(0, Math.min(SLICE_NANOS, remaining())));
			this.lastFound = (System.nanoTime() - before >= SLICE_NANOS) ? awaited : LockWord.FREE;
		}
		return false;
	}

	private long remaining() {
		return (this.nanos == Long.MAX_VALUE) ? Long.MAX_VALUE : this.nanos - (System.nanoTime() - this.start);
	}

}
