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

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The gate that a close shuts before the steps of this process under one lock. While it
 * is shut, a thread that has just taken the lock stands aside before its step begins. A
 * close waits for the step that is under way, and gives up if it lasts for more than 5
 * seconds.
 * <p>
 * A thread that stands aside may hold what the close waits for, directly or through other
 * threads. So it stands aside for a limited time only, and the close then waits for its
 * step as well.
 */
final class CloseGate {

	/** How long closes wait for one step, all of them together. */
	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final long SHORTEST_ASIDE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private static final long LONGEST_ASIDE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long POLL_NANOS = 50_000;

	/**
	 * Held for the moment in which a close finds all its gates clear and acts, so that no
	 * thread begins a step meanwhile. Nobody waits while it holds this.
	 */
	private static final ReentrantLock ACTING = new ReentrantLock();

	private final AbstractSharedLock lock;

	/** How many closes keep the gate shut. Guarded by this. */
	private int closes;

	/** Guarded by this. */
	private long shutSince;

	private volatile boolean closed;

	/** Whether the holder of the lock is a thread that has not begun its step. */
	private volatile boolean aside;

	/** The hold that closes wait for. Guarded by this. */
	private long awaitedHold = -1;

	/** Guarded by this. */
	private long awaitedSince;

	CloseGate(AbstractSharedLock lock) {
		this.lock = lock;
	}

	/**
	 * Act while no thread of this process is in a step under one of these locks, the
	 * calling thread excepted. A step that lasts too long is not waited for.
	 * @param gates the gates of the locks
	 * @param action what to do; it must be short
	 */
	static void actBetweenSteps(List<CloseGate> gates, Runnable action) {
		gates.forEach(CloseGate::shut);
		try {
			await(() -> actIfClear(gates, action));
		}
		finally {
			gates.forEach(CloseGate::open);
		}
	}

	private static boolean actIfClear(List<CloseGate> gates, Runnable action) {
		ACTING.lock();
		try {
			boolean clear = true;
			for (CloseGate gate : gates) {
				clear &= gate.isClear() || gate.isStuck();
			}
			if (clear) {
				action.run();
			}
			return clear;
		}
		finally {
			ACTING.unlock();
		}
	}

	private synchronized void shut() {
		if (this.closes++ == 0) {
			this.shutSince = System.nanoTime();
		}
		this.lock.setStopped(true);
	}

	private synchronized void open() {
		this.closes--;
		this.lock.setStopped(this.closed || this.closes > 0);
	}

	private synchronized boolean isShut() {
		return this.closes > 0;
	}

	private boolean isClear() {
		return this.aside || !this.lock.isHeldByThisProcess() || this.lock.isHeldByCurrentThread();
	}

	/**
	 * Whether the present hold has lasted too long since a close first waited for it.
	 */
	private synchronized boolean isStuck() {
		long hold = this.lock.holdNumber();
		long now = System.nanoTime();
		if (hold != this.awaitedHold) {
			this.awaitedHold = hold;
			this.awaitedSince = now;
		}
		return now - this.awaitedSince > PATIENCE_NANOS;
	}

	/**
	 * Let closes pass before the calling thread begins its step. It has just taken the
	 * lock.
	 */
	void standAside() {
		long start = System.nanoTime();
		long nanos = asideNanos(start);
		this.aside = true;
		try {
			await(() -> !isShut() || System.nanoTime() - start > nanos);
		}
		finally {
			beginStep();
		}
	}

	private void beginStep() {
		ACTING.lock();
		try {
			this.aside = false;
		}
		finally {
			ACTING.unlock();
		}
	}

	/**
	 * As long as the gate has been shut already: if steps under other locks are long,
	 * threads stand aside for longer and longer, until the close finds all gates clear.
	 */
	private synchronized long asideNanos(long now) {
		return Math.min(LONGEST_ASIDE_NANOS, Math.max(SHORTEST_ASIDE_NANOS, now - this.shutSince));
	}

	/**
	 * Shut the gate for good: its lock closes.
	 */
	synchronized void close() {
		this.closed = true;
		this.lock.setStopped(true);
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Wait until no thread of this process holds the lock.
	 * @return {@code false} if one holds it for too long
	 */
	boolean awaitRelease() {
		await(() -> !this.lock.isHeldByThisProcess() || isStuck());
		return !this.lock.isHeldByThisProcess();
	}

	/**
	 * Wait, also in an interrupted thread, which stays interrupted.
	 */
	private static void await(BooleanSupplier over) {
		boolean interrupted = false;
		while (!over.getAsBoolean()) {
			LockSupport.parkNanos(POLL_NANOS);
			interrupted |= Thread.interrupted();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
