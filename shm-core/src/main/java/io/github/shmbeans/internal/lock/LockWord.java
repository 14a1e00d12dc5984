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
import java.nio.ByteOrder;
import java.util.Optional;

import io.github.shmbeans.Attachment;
import io.github.shmbeans.internal.control.Attachments;
import io.github.shmbeans.internal.control.ControlLayout;
import io.github.shmbeans.internal.posix.Futex;

/**
 * The words of the lock in the control block, with every transition that this process
 * makes. The methods are named as the steps in {@code docs/model/lock.pml}; all accesses
 * are volatile unless they say otherwise.
 * <p>
 * The owner word has 64 bits. Zero is free; else <pre>
 * bit  0..7   slot of the owner + 1
 * bit  8      WHOLE: the owner's death leaves nothing half-written
 * bit  9      RESERVED: nobody owns it, but the slot is to get it next
 * bit 31      WAITERS: somebody may sleep on the low half
 * bit 32..63  epoch of the owner's attachment
 * </pre>
 */
final class LockWord {

	static final long FREE = 0;

	static final long WHOLE = 1L << 8;

	static final long WAITERS = 1L << 31;

	private static final long RESERVED = 1L << 9;

	/**
	 * Nobody's: its owner was put out by force, and it is taken over as from a dead one.
	 */
	private static final long ORPHANED = WAITERS;

	/**
	 * Reserved for nobody, so anybody may take it, but not on the fast path, which does
	 * not look whether the data is inconsistent. While it is, this stands in place of
	 * {@link #FREE}.
	 */
	private static final long SUSPECT = RESERVED | WAITERS;

	private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

	private final ByteBuffer bytes;

	private final long futex;

	private final Attachments attachments;

	private final LockCounters counters;

	private final boolean reporting;

	/** The word from which this process took the lock over, until that is logged. */
	private long takenFrom = FREE;

	private final long self;

	/**
	 * Use the words of a control block.
	 * @param bytes the control block
	 * @param futex the address of the owner word, for system calls
	 * @param attachments who is attached
	 * @param counters what happens to the lock
	 * @param reporting whether the data is marked inconsistent after a death
	 */
	LockWord(ByteBuffer bytes, long futex, Attachments attachments, LockCounters counters, boolean reporting) {
		this.bytes = bytes;
		this.futex = futex;
		this.attachments = attachments;
		this.counters = counters;
		this.reporting = reporting;
		this.self = attachments.identity();
	}

	/**
	 * The same words in another mapping.
	 */
	LockWord in(ByteBuffer bytes, long futex) {
		return new LockWord(bytes, futex, this.attachments, this.counters, this.reporting);
	}

	/**
	 * Slot and epoch of this process's attachment: the owner word if it holds the lock.
	 */
	long self() {
		return this.self;
	}

	long owner() {
		return (long) LONG.getVolatile(this.bytes, ControlLayout.OWNER);
	}

	/**
	 * Take the lock if it is free and the data consistent.
	 */
	boolean lockFast(long word) {
		return LONG.compareAndSet(this.bytes, ControlLayout.OWNER, FREE, word);
	}

	/**
	 * Free the lock if the owner word is the expected one.
	 */
	boolean unlockFast(long expected) {
		return LONG.compareAndSet(this.bytes, ControlLayout.OWNER, expected, FREE);
	}

	private boolean casOwner(long expected, long word) {
		return LONG.compareAndSet(this.bytes, ControlLayout.OWNER, expected, word);
	}

	private long successor() {
		return (long) LONG.getVolatile(this.bytes, ControlLayout.SUCCESSOR);
	}

	private boolean casSuccessor(long expected, long word) {
		return LONG.compareAndSet(this.bytes, ControlLayout.SUCCESSOR, expected, word);
	}

	void addSleepers(int change) {
		INT.getAndAdd(this.bytes, ControlLayout.SLEEPERS, change);
	}

	private int sleepers() {
		return (int) INT.getVolatile(this.bytes, ControlLayout.SLEEPERS);
	}

	/** Plain: the caller has just acquired the lock. */
	boolean isInconsistent() {
		return (int) INT.get(this.bytes, ControlLayout.INCONSISTENT) != 0;
	}

	void setInconsistent(boolean inconsistent) {
		INT.setVolatile(this.bytes, ControlLayout.INCONSISTENT, inconsistent ? 1 : 0);
	}

	boolean isHeld() {
		return isHeld(owner());
	}

	/**
	 * Whether a thread of this process holds the lock.
	 */
	boolean isHeldBySelf() {
		return isHeldBySelf(owner());
	}

	/**
	 * Whether the lock is free or its holder lives.
	 */
	boolean isOwnerAlive() {
		long found = owner();
		return !isHeld(found) || this.attachments.isAlive(identity(found));
	}

	Optional<Attachment> holder() {
		long found = owner();
		return isHeld(found) ? this.attachments.find(identity(found)) : Optional.empty();
	}

	boolean isConsistent() {
		return !isInconsistent() && owner() != ORPHANED;
	}

	/**
	 * Ask to be the next owner. To be repeated: the thread that takes a lapsed
	 * reservation clears the announcement.
	 * @return {@code true} if this process is the successor now
	 */
	boolean announce() {
		return casSuccessor(0, this.self);
	}

	void clearAnnouncement() {
		casSuccessor(this.self, 0);
	}

	/**
	 * Take the lock if it is free. A contender keeps WAITERS for the others that sleep.
	 */
	boolean takeFree(long word) {
		return lockFast((sleepers() > 1) ? word | WAITERS : word);
	}

	/**
	 * Take the lock over if its owner is dead or a reservation is open.
	 * @param found the owner word as it was found, not free
	 * @param word the owner word to set
	 * @param lapsed whether the word has not changed for a slice
	 * @return {@code true} if it was taken
	 */
	boolean tryTake(long found, long word, boolean lapsed) {
		if (isReserved(found)) {
			return (lapsed || isOpen(found)) && takeReservation(found, word);
		}
		return !this.attachments.isAlive(identity(found)) && takeFromDead(found, word);
	}

	/**
	 * Whether a reservation is for this process, or for one that does not wait any more.
	 */
	private boolean isOpen(long reserved) {
		long successor = identity(reserved);
		return successor == this.self || successor != successor() || !this.attachments.isAlive(successor);
	}

	private boolean takeReservation(long found, long word) {
		if (!casOwner(found, word | (found & WAITERS))) {
			return false;
		}
		long successor = successor();
		if (identity(successor) == identity(found)) {
			casSuccessor(successor, 0);
		}
		return true;
	}

	/**
	 * The new word bears WHOLE only if the dead owner's did: should this process die
	 * before it has marked the data, the next one will.
	 */
	private boolean takeFromDead(long found, long word) {
		boolean whole = (found & WHOLE) != 0;
		long next = (whole ? word : word & ~WHOLE) | (found & WAITERS);
		if (!casOwner(found, next)) {
			return false;
		}
		if (!whole && this.reporting) {
			setInconsistent(true);
		}
		this.counters.recovered();
		this.takenFrom = found;
		return true;
	}

	/**
	 * Log the takeover by which the calling thread has just taken the lock, if it was
	 * one.
	 */
	void logTakeover() {
		long found = this.takenFrom;
		if (found != FREE) {
			this.takenFrom = FREE;
			LockLog.takenOver(this.attachments.segment(), this.attachments.find(identity(found)), (found & WHOLE) != 0);
		}
	}

	/**
	 * Ask whoever frees the lock to wake a sleeper.
	 * @param found the owner word as it was found
	 * @return {@code false} if it has changed
	 */
	boolean setWaiters(long found) {
		return (found & WAITERS) != 0 || casOwner(found, found | WAITERS);
	}

	/**
	 * Sleep while the low half of the owner word is that of the given word.
	 */
	void sleep(long word, long nanos) {
		Futex.await(this.futex, (int) word, nanos);
	}

	void wakeOne() {
		Futex.wake(this.futex, 1);
	}

	void wakeAll() {
		Futex.wake(this.futex, Integer.MAX_VALUE);
	}

	/**
	 * Give up waiting and leave neither a hand-over nor a wake-up unused.
	 * @param announced whether this process has announced itself
	 */
	void withdraw(boolean announced) {
		if (announced) {
			clearAnnouncement();
		}
		long found = owner();
		if (isReservedForSelf(found)) {
			casOwner(found, SUSPECT);
		}
		passOn();
	}

	/**
	 * A wake-up that this process has consumed was perhaps meant for another.
	 */
	private void passOn() {
		while (sleepers() > 0) {
			long found = owner();
			if (found == FREE || found == SUSPECT) {
				wakeOne();
				return;
			}
			if (casOwner(found, found | WAITERS)) {
				return;
			}
		}
	}

	/**
	 * From here on the death of this process leaves something to report.
	 */
	void clearWhole() {
		long found;
		do {
			found = owner();
		}
		while (isHeldBySelf(found) && !casOwner(found, found & ~WHOLE));
	}

	/**
	 * Free the lock that this process holds, where one compare-and-set does not do:
	 * somebody sleeps, a successor is to get the lock, or the data is inconsistent.
	 * @return {@code false} if this process does not hold it any more
	 */
	boolean release() {
		while (true) {
			long found = owner();
			if (!isHeldBySelf(found)) {
				return false;
			}
			long successor = successor();
			if ((successor != 0) ? handOver(found, successor) : free(found)) {
				return true;
			}
		}
	}

	/**
	 * The mark cannot change meanwhile: only the holder of the lock changes it.
	 */
	private boolean free(long found) {
		if (!casOwner(found, isInconsistent() ? SUSPECT : FREE)) {
			return false;
		}
		if ((found & WAITERS) != 0) {
			wakeOne();
		}
		return true;
	}

	/**
	 * Reserve the lock for the successor. If it has withdrawn meanwhile, either it sees
	 * the reservation, or its withdrawal is seen here. Then the lock is anybody's, but
	 * this process does not know any more whether the data is consistent.
	 */
	private boolean handOver(long found, long successor) {
		long reserved = identity(successor) | RESERVED | WAITERS;
		if (!casOwner(found, reserved)) {
			return false;
		}
		if (successor() != successor) {
			casOwner(reserved, SUSPECT);
		}
		wakeAll();
		return true;
	}

	/**
	 * Put out the holder. The next acquisition takes over as from a dead owner and marks
	 * the data: a mark set here could come after an ordinary release.
	 * @return {@code false} if nobody holds the lock
	 */
	boolean force() {
		while (true) {
			long found = owner();
			if (!isHeld(found)) {
				return false;
			}
			if (casOwner(found, ORPHANED)) {
				this.counters.forced();
				wakeOne();
				return true;
			}
		}
	}

	/**
	 * Whether this process may take the lock at once, or nobody owns it. It must not
	 * sleep on such a word: what it could not take, because it changed, may be there
	 * again.
	 */
	boolean isOwnOrNobodys(long word) {
		return isNobodys(word) || isReservedForSelf(word);
	}

	private boolean isHeldBySelf(long word) {
		return isHeld(word) && identity(word) == this.self;
	}

	private boolean isReservedForSelf(long word) {
		return isReserved(word) && identity(word) == this.self;
	}

	private static boolean isHeld(long word) {
		return !isNobodys(word) && !isReserved(word);
	}

	private static boolean isNobodys(long word) {
		return (word & 0xff) == 0;
	}

	private static boolean isReserved(long word) {
		return (word & RESERVED) != 0;
	}

	private static long identity(long word) {
		return Attachments.identity(word);
	}

}
