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

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Optional;

import io.github.shmbeans.Attachment;
import io.github.shmbeans.LockKind;
import io.github.shmbeans.LockStatistics;
import io.github.shmbeans.OwnerDeathPolicy;
import io.github.shmbeans.internal.control.Attachments;
import org.jspecify.annotations.Nullable;

/**
 * The native lock. One compare-and-set of the owner word takes it and one frees it; the
 * owning thread and its holds are in the heap. {@code docs/locking.md} describes the
 * protocol.
 */
public final class FutexLock extends AbstractSharedLock {

	/** Never in memory: a release that expects it looks closer. */
	private static final long LOOK_CLOSER = -1;

	private static final VarHandle HOLDS = holds();

	private final LockFailures failures;

	private final LockWord lockWord;

	private final Attachments attachments;

	private final LockCounters counters;

	private final LocalQueue queue;

	private final LockSettings settings;

	private final boolean reporting;

	private final long self;

	/**
	 * The current owner while there are holds, otherwise the previous one. Not cleared,
	 * because the store of a reference is expensive under G1 once this object is old.
	 * Written before {@link #holds}.
	 */
	private @Nullable Thread owner;

	private int holds;

	/**
	 * What a release expects to find in the owner word if that is all there is to do: the
	 * word as it was set, or {@link #LOOK_CLOSER}.
	 */
	private long expected;

	/** Whether the data is marked inconsistent, which keeps the word from being free. */
	private boolean suspect;

	/**
	 * Whether an acquisition must look closer: the lock is closed, or a close waits for a
	 * moment between the steps. Set by the gate; a field of this class, because each
	 * acquisition reads it.
	 */
	private volatile boolean stopped;

	/** Whether a close gave up waiting for a holder in this process. Never unset. */
	private volatile boolean abandoned;

	/**
	 * Use the lock of a segment.
	 * @param segment the segment name
	 * @param control its control block
	 * @param ownerAddress the address of the owner word, for system calls
	 * @param attachments who is attached to it
	 * @param settings how the lock behaves
	 */
	public FutexLock(String segment, ByteBuffer control, long ownerAddress, Attachments attachments,
			LockSettings settings) {
		super(LockKind.PROCESS, segment);
		this.failures = new LockFailures(segment);
		this.attachments = attachments;
		this.counters = new LockCounters(control);
		this.settings = settings;
		this.reporting = settings.onOwnerDeath() == OwnerDeathPolicy.REPORT;
		this.lockWord = new LockWord(control, ownerAddress, attachments, this.counters, this.reporting);
		this.self = this.lockWord.self();
		this.queue = new LocalQueue(this.lockWord, attachments, this.counters, gate()::isClosed);
	}

	@Override
	public void enter(Intent intent) {
		Thread thread = Thread.currentThread();
		if (isOwner(thread)) {
			reenter(intent);
			return;
		}
		long word = (intent == Intent.WRITE) ? this.self : this.self | LockWord.WHOLE;
		if (this.lockWord.lockFast(word)) {
			own(thread, word);
			if (this.stopped) {
				stop();
			}
		}
		else {
			enterSlowly(word);
		}
	}

	private void enterSlowly(long word) {
		await(word);
		ownSlowly(word);
		requireSound();
	}

	@Override
	public void exit() {
		if ((int) HOLDS.getAcquire(this) != 1 || this.owner != Thread.currentThread()) {
			exitNested();
			return;
		}
		this.holds = 0;
		if (!this.lockWord.unlockFast(this.expected)) {
			releaseSlowly();
		}
	}

	private void exitNested() {
		if (isOwner(Thread.currentThread())) {
			this.holds--;
		}
		else if (!gate().isClosed()) {
			throw this.failures.notHeld();
		}
	}

	private void releaseSlowly() {
		this.suspect = false;
		if (!this.lockWord.release() && !gate().isClosed()) {
			throw this.failures.takenAway();
		}
	}

	private boolean isOwner(Thread thread) {
		return (int) HOLDS.getAcquire(this) > 0 && this.owner == thread;
	}

	private void own(Thread thread, long word) {
		if (this.owner != thread) {
			this.owner = thread;
		}
		HOLDS.setRelease(this, 1);
		this.expected = this.counters.acquired() ? LOOK_CLOSER : word;
	}

	/**
	 * A thread that did not find the word free looks whether the data is inconsistent.
	 */
	private void ownSlowly(long word) {
		own(Thread.currentThread(), word);
		if (this.lockWord.isInconsistent()) {
			this.suspect = true;
			this.expected = LOOK_CLOSER;
		}
		logTakeover();
	}

	/**
	 * With the lock owned, for whatever writes the line may use the lock too.
	 */
	private void logTakeover() {
		boolean logged = false;
		try {
			this.lockWord.logTakeover();
			logged = true;
		}
		finally {
			if (!logged) {
				exit();
			}
		}
	}

	/**
	 * Not refused once closed: what is under way is to be finished.
	 */
	private void reenter(Intent intent) {
		if (this.holds == Integer.MAX_VALUE) {
			throw this.failures.tooManyHolds();
		}
		if (intent != Intent.READ) {
			clearWhole();
		}
		this.holds++;
	}

	/**
	 * From here on the death of this process leaves something to report.
	 */
	private void clearWhole() {
		if (this.expected == this.self) {
			return;
		}
		this.lockWord.clearWhole();
		if (this.expected != LOOK_CLOSER) {
			this.expected = this.self;
		}
	}

	/**
	 * The rare cases after an acquisition: a close, or inconsistent data.
	 */
	private void requireSound() {
		if (this.stopped) {
			stop();
		}
		if (this.suspect && this.reporting) {
			recoverOrReport();
		}
	}

	private void stop() {
		if (gate().isClosed()) {
			exit();
			throw this.failures.closed();
		}
		gate().standAside();
	}

	private void recoverOrReport() {
		clearWhole();
		RuntimeException failure = null;
		boolean repaired = false;
		try {
			repaired = repair();
		}
		catch (RuntimeException ex) {
			failure = ex;
		}
		finally {
			if (!repaired) {
				exit();
			}
		}
		if (!repaired) {
			throw this.failures.ownerDied(failure);
		}
	}

	private boolean repair() {
		Runnable recovery = this.settings.recovery();
		if (recovery == null) {
			return false;
		}
		recovery.run();
		markConsistent();
		return true;
	}

	private void await(long word) {
		long nanos = this.settings.nanos();
		if (!awaitUninterruptibly(word, nanos)) {
			requireOpen();
			throw this.failures.timedOut(nanos, owner().map(Attachment::toString).orElse("nobody now"));
		}
	}

	private boolean awaitUninterruptibly(long word, long nanos) {
		requireOpen();
		try {
			return this.queue.await(word, nanos, false);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Expected an uninterruptible wait", ex);
		}
	}

	private void requireOpen() {
		if (gate().isClosed()) {
			throw this.failures.closed();
		}
	}

	@Override
	public void lock() {
		Thread thread = Thread.currentThread();
		if (isOwner(thread)) {
			reenter(Intent.WRITE);
			return;
		}
		if (this.lockWord.lockFast(this.self)) {
			own(thread, this.self);
			if (this.stopped) {
				stop();
			}
		}
		else {
			lockSlowly();
		}
	}

	private void lockSlowly() {
		if (!awaitUninterruptibly(this.self, Long.MAX_VALUE)) {
			throw this.failures.closed();
		}
		ownSlowly(this.self);
		requireSound();
	}

	@Override
	public void lockInterruptibly() throws InterruptedException {
		if (!tryLock(Long.MAX_VALUE)) {
			throw this.failures.closed();
		}
	}

	@Override
	public boolean tryLock() {
		if (reentered()) {
			return true;
		}
		requireOpen();
		if (!lockFast(this.self) && !takeOver()) {
			return false;
		}
		requireSound();
		return true;
	}

	@Override
	boolean tryLock(long nanos) throws InterruptedException {
		if (Thread.interrupted()) {
			throw new InterruptedException("Interrupted before waiting for a shared lock");
		}
		if (nanos <= 0) {
			return tryLock();
		}
		if (reentered()) {
			return true;
		}
		requireOpen();
		if (!lockFast(this.self)) {
			if (!this.queue.await(this.self, nanos, true)) {
				requireOpen();
				return false;
			}
			ownSlowly(this.self);
		}
		requireSound();
		return true;
	}

	private boolean takeOver() {
		long found = this.lockWord.owner();
		if (found == LockWord.FREE || !this.lockWord.tryTake(found, this.self, false)) {
			return false;
		}
		ownSlowly(this.self);
		return true;
	}

	private boolean reentered() {
		if (isOwner(Thread.currentThread())) {
			reenter(Intent.WRITE);
			return true;
		}
		return false;
	}

	private boolean lockFast(long word) {
		if (gate().isClosed() || !this.lockWord.lockFast(word)) {
			return false;
		}
		own(Thread.currentThread(), word);
		return true;
	}

	@Override
	void lockForRepair() {
		if (reentered()) {
			return;
		}
		if (!lockFast(this.self)) {
			if (!awaitUninterruptibly(this.self, Long.MAX_VALUE)) {
				throw this.failures.closed();
			}
			ownSlowly(this.self);
		}
		if (this.stopped) {
			stop();
		}
	}

	@Override
	void setStopped(boolean stopped) {
		this.stopped = stopped;
	}

	@Override
	boolean isHeldByThisProcess() {
		return this.lockWord.isHeldBySelf();
	}

	@Override
	long holdNumber() {
		return this.counters.acquisitions();
	}

	@Override
	void markConsistent() {
		this.lockWord.setInconsistent(false);
		this.suspect = false;
	}

	@Override
	public boolean isHeldByCurrentThread() {
		return isOwner(Thread.currentThread());
	}

	@Override
	public boolean isLocked() {
		return !gate().isClosed() && this.lockWord.isHeld();
	}

	@Override
	boolean isOwnerAlive() {
		return gate().isClosed() || this.lockWord.isOwnerAlive();
	}

	@Override
	public Optional<Attachment> owner() {
		return gate().isClosed() ? Optional.empty() : this.lockWord.holder();
	}

	@Override
	public int waiting() {
		return gate().isClosed() ? 0 : this.attachments.waiting();
	}

	@Override
	public boolean isConsistent() {
		return this.lockWord.isConsistent();
	}

	@Override
	public boolean forceUnlock() {
		requireOpen();
		return this.lockWord.force();
	}

	@Override
	public LockStatistics statistics() {
		if (!this.attachments.isTruncated()) {
			this.counters.publish();
		}
		return this.counters.snapshot();
	}

	@Override
	public void close() {
		gate().close();
		this.lockWord.wakeAll();
		if (isOwner(Thread.currentThread())) {
			this.holds = 1;
			exit();
		}
		if (!gate().awaitRelease()) {
			this.abandoned = true;
		}
		this.counters.publish();
	}

	/**
	 * Free what a thread took between its look at the gate and the end of the mapping: it
	 * has not touched the data. A holder that was abandoned is left to the others, who
	 * find its attachment dead.
	 * @param control the control block in a mapping that is still there
	 * @param ownerAddress the address of the owner word in that mapping
	 */
	public void freeAfterClose(ByteBuffer control, long ownerAddress) {
		if (!this.abandoned) {
			this.lockWord.in(control, ownerAddress).release();
		}
	}

	private static VarHandle holds() {
		try {
			return MethodHandles.lookup().findVarHandle(FutexLock.class, "holds", int.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

}
