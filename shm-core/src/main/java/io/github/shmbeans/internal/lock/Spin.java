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
 * A brief spin for the owner word, before a contender goes to sleep.
 * <p>
 * Each look takes the cache line away from the owner, which stands still until it is
 * back. So there are pauses between the looks, longer ones after a look that took long:
 * the owner gets more done between two looks where the processors are far apart. A look
 * is a compare-and-set at once: between a read that finds the lock free and a
 * compare-and-set the owner would have taken it again. The pauses differ in length, or
 * they may fall into step with the owner and never find the lock free, and become shorter
 * with time.
 */
final class Spin {

	private static final int LOOKS = (Runtime.getRuntime().availableProcessors() > 1) ? 32 : 0;

	/** How many looks are followed by longer pauses. */
	private static final int PATIENT_LOOKS = 6;

	/** Between the two kinds of looks seen on a virtual machine: 50 and 150 ns. */
	private static final int NEAR_NANOS = 100;

	private Spin() {
	}

	/**
	 * Take the lock as soon as it is free, without waiting long.
	 * @return whether it was taken
	 */
	static boolean tryTake(LockWord lockWord, long word) {
		for (int i = 0; i < LOOKS; i++) {
			long before = System.nanoTime();
			if (lockWord.lockFast(word)) {
				return true;
			}
			pause(i, System.nanoTime() - before < NEAR_NANOS);
		}
		return false;
	}

	private static void pause(int look, boolean near) {
		int variation = look * 5 & 7;
		if (look < PATIENT_LOOKS) {
			pause(near ? 3 + variation / 2 : 20 + variation);
		}
		else if (!near) {
			pause(6 + variation);
		}
	}

	private static void pause(int times) {
		for (int i = 0; i < times; i++) {
			Thread.onSpinWait();
		}
	}

}
