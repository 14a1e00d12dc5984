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
 * The 64-bit owner word. Zero is free; else <pre>
 * bit  0..7   slot of the owner + 1
 * bit  8      WHOLE: the owner's death leaves nothing half-written
 * bit  9      RESERVED: nobody owns it, but the slot is to get it next
 * bit 31      WAITERS: somebody may sleep on the low half
 * bit 32..63  epoch of the owner's attachment
 * </pre>
 */
final class OwnerWord {

	static final long FREE = 0;

	static final long WHOLE = 1L << 8;

	static final long RESERVED = 1L << 9;

	static final long WAITERS = 1L << 31;

	/**
	 * Nobody's: its owner was put out by force, and it is taken over as from a dead one.
	 */
	static final long ORPHANED = WAITERS;

	/**
	 * Reserved for nobody, so open to all, but not to the fast path, which does not look
	 * whether the data is inconsistent. As long as it is, this stands in place of
	 * {@link #FREE}.
	 */
	static final long SUSPECT = RESERVED | WAITERS;

	private static final long SLOT = 0xff;

	private static final long IDENTITY = 0xffffffff_000000ffL;

	private OwnerWord() {
	}

	static long of(int slot, int epoch) {
		return ((long) epoch << 32) | (slot + 1);
	}

	static int slot(long word) {
		return (int) (word & SLOT) - 1;
	}

	static int epoch(long word) {
		return (int) (word >>> 32);
	}

	/**
	 * Slot and epoch alone.
	 */
	static long identity(long word) {
		return word & IDENTITY;
	}

	static boolean isNobodys(long word) {
		return (word & SLOT) == 0;
	}

	static boolean isHeld(long word) {
		return !isNobodys(word) && (word & RESERVED) == 0;
	}

	static boolean isHeldBy(long word, long self) {
		return isHeld(word) && identity(word) == self;
	}

	static boolean isFree(long word) {
		return word == FREE || word == SUSPECT;
	}

	static boolean isReserved(long word) {
		return (word & RESERVED) != 0;
	}

}
