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

package io.github.shmbeans.benchmarks;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Counts iterations, so that peers can take turns in one JVM. A processor that shares its
 * core with others may be faster in one second than in the next: peers that are compared
 * within 10 % are measured within milliseconds of each other.
 */
@State(Scope.Thread)
public abstract class Turns {

	private static volatile int latest;

	private int turn;

	/**
	 * Begin the next turn.
	 */
	@Setup(Level.Iteration)
	public void next() {
		this.turn++;
		latest = this.turn;
	}

	/**
	 * Which of some peers has its turn.
	 * @param peers how many there are
	 * @return the index of one
	 */
	final int turn(int peers) {
		return this.turn % peers;
	}

	/**
	 * The number of the latest turn in this JVM.
	 * @return the number
	 */
	public static int latest() {
		return latest;
	}

}
