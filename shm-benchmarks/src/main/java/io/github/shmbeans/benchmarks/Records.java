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

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A record of two doubles. What takes the lock is measured in turn with two
 * compare-and-sets, which are the least that a lock takes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Records extends Turns {

	static final int ACCESSES = 1_000;

	private final AtomicLong word = new AtomicLong();

	private SharedMemoryManager manager;

	private SharedArray<Point> locked;

	private SharedArray<Point> raw;

	private int index = 42;

	private double x = 1.5;

	@Setup
	public void open() {
		this.manager = Segments.manager();
		this.locked = this.manager.array("points", ElementType.ofRecord(Point.class)).length(1_000).open();
		this.raw = this.locked.raw();
	}

	@TearDown
	public void close() {
		this.manager.close();
	}

	@Benchmark
	public double rawGet() {
		Point point = this.raw.get(this.index);
		return point.x() + point.y();
	}

	@Benchmark
	public void rawSet() {
		this.raw.set(this.index, new Point(this.x, 2.5));
	}

	@Benchmark
	@OperationsPerInvocation(ACCESSES)
	@Peers({ "compareAndSetPair", "lockPair", "lockedGet", "lockedSet" })
	public double locked() {
		return switch (turn(4)) {
			case 0 -> compareAndSetPairs();
			case 1 -> lockPairs();
			case 2 -> lockedGets();
			default -> lockedSets();
		};
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	private double compareAndSetPairs() {
		int done = 0;
		for (int i = 0; i < ACCESSES; i++) {
			if (this.word.compareAndSet(0, 1) && this.word.compareAndSet(1, 0)) {
				done++;
			}
		}
		return done;
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	private double lockPairs() {
		SharedLock lock = this.locked.lock();
		double sum = 0;
		for (int i = 0; i < ACCESSES; i++) {
			lock.lock();
			try {
				sum += this.x;
			}
			finally {
				lock.unlock();
			}
		}
		return sum;
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	private double lockedGets() {
		double sum = 0;
		for (int i = 0; i < ACCESSES; i++) {
			Point point = this.locked.get(this.index);
			sum += point.x() + point.y();
		}
		return sum;
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	private double lockedSets() {
		for (int i = 0; i < ACCESSES; i++) {
			this.locked.set(this.index, new Point(this.x, 2.5));
		}
		return this.x;
	}

	/**
	 * The record.
	 *
	 * @param x one double
	 * @param y another
	 */
	public record Point(double x, double y) {
	}

}
