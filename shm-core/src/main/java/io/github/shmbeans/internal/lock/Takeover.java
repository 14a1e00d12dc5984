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

import io.github.shmbeans.internal.control.Attachments;

/**
 * Takes the lock from an owner that is dead, or a reservation that nobody will take.
 */
final class Takeover {

	private final LockMemory memory;

	private final Attachments attachments;

	private final LockCounters counters;

	private final long self;

	private final boolean reporting;

	Takeover(LockMemory memory, Attachments attachments, LockCounters counters, long self, boolean reporting) {
		this.memory = memory;
		this.attachments = attachments;
		this.counters = counters;
		this.self = self;
		this.reporting = reporting;
	}

	/**
	 * Slot and epoch of this process's attachment.
	 */
	long self() {
		return this.self;
	}

	/**
	 * Take the lock over if its owner is dead or a reservation is open.
	 * @param found the owner word as it was found, not free
	 * @param word the owner word to set
	 * @param lapsed whether the word has not changed for a slice
	 * @return {@code true} if it was taken
	 */
	boolean tryTake(long found, long word, boolean lapsed) {
		if (OwnerWord.isReserved(found)) {
			return (lapsed || isOpen(found)) && takeReservation(found, word);
		}
		return !isAlive(found) && takeFromDead(found, word);
	}

	private boolean isAlive(long found) {
		return this.attachments.isAlive(OwnerWord.slot(found), OwnerWord.epoch(found));
	}

	/**
	 * Whether a reservation is this process's, or that of one that does not wait any
	 * more.
	 */
	private boolean isOpen(long reserved) {
		long successor = OwnerWord.identity(reserved);
		return successor == this.self || successor != this.memory.successor() || !isAlive(reserved);
	}

	private boolean takeReservation(long found, long word) {
		if (!this.memory.casOwner(found, word | (found & OwnerWord.WAITERS))) {
			return false;
		}
		long successor = this.memory.successor();
		if (OwnerWord.identity(successor) == OwnerWord.identity(found)) {
			this.memory.casSuccessor(successor, 0);
		}
		return true;
	}

	/**
	 * The new word bears WHOLE only if the dead owner's did: should this process die
	 * before it has marked the data, the next one will.
	 */
	private boolean takeFromDead(long found, long word) {
		boolean whole = (found & OwnerWord.WHOLE) != 0;
		long next = (whole ? word : word & ~OwnerWord.WHOLE) | (found & OwnerWord.WAITERS);
		if (!this.memory.casOwner(found, next)) {
			return false;
		}
		if (!whole && this.reporting) {
			this.memory.setInconsistent(true);
		}
		this.counters.recovered();
		return true;
	}

}
