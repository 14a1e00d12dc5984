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

/**
 * Frees the owner word where a single compare-and-set does not do: somebody sleeps, a
 * successor is to get the lock, or it was taken away by force.
 */
final class OwnerRelease {

	private final LockMemory memory;

	private final LockCounters counters;

	private final long self;

	OwnerRelease(LockMemory memory, LockCounters counters, long self) {
		this.memory = memory;
		this.counters = counters;
		this.self = self;
	}

	/**
	 * Free the lock that this process holds.
	 * @return {@code false} if it does not hold it any more
	 */
	boolean release() {
		while (true) {
			long found = this.memory.owner();
			if (!OwnerWord.isHeldBy(found, this.self)) {
				return false;
			}
			long successor = this.memory.successor();
			if ((successor != 0) ? handOver(found, successor) : free(found)) {
				return true;
			}
		}
	}

	/**
	 * The mark cannot change meanwhile: only who holds the lock changes it.
	 */
	private boolean free(long found) {
		if (!this.memory.casOwner(found, this.memory.isInconsistent() ? OwnerWord.SUSPECT : OwnerWord.FREE)) {
			return false;
		}
		if ((found & OwnerWord.WAITERS) != 0) {
			this.memory.wake(1);
		}
		return true;
	}

	/**
	 * Reserve the lock for the successor. One that has withdrawn meanwhile either sees
	 * the reservation, or its withdrawal is seen here. Then the lock is anybody's, but
	 * whether the data is consistent is not known here any more.
	 */
	private boolean handOver(long found, long successor) {
		long reserved = OwnerWord.identity(successor) | OwnerWord.RESERVED | OwnerWord.WAITERS;
		if (!this.memory.casOwner(found, reserved)) {
			return false;
		}
		if (this.memory.successor() != successor) {
			this.memory.casOwner(reserved, OwnerWord.SUSPECT);
		}
		this.memory.wake(Integer.MAX_VALUE);
		return true;
	}

	/**
	 * Put out whoever holds the lock. Who acquires it next takes it over as from a dead
	 * owner and marks the data: a mark set here could come after an ordinary release.
	 * @return {@code false} if nobody does
	 */
	boolean force() {
		while (true) {
			long found = this.memory.owner();
			if (!OwnerWord.isHeld(found)) {
				return false;
			}
			if (this.memory.casOwner(found, OwnerWord.ORPHANED)) {
				this.counters.forced();
				this.memory.wake(1);
				return true;
			}
		}
	}

}
