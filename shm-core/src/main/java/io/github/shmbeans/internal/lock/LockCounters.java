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
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

import io.github.shmbeans.LockStatistics;
import io.github.shmbeans.internal.control.ControlLayout;

/**
 * Counts what happens to a lock: for this process in the heap, for all in the segment.
 */
final class LockCounters {

	/**
	 * One less than a power of 2. So rare that the compilers do not inline the look,
	 * which would make an access that takes the lock too long to be inlined itself.
	 */
	private static final int LOOK_MASK = 0xffff;

	private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private final ByteBuffer control;

	/** Written with the lock held. */
	private long acquisitions;

	private long published;

	private final LongAdder contended = new LongAdder();

	private final LongAdder waitNanos = new LongAdder();

	private final LongAccumulator maxWaitNanos = new LongAccumulator(Long::max, 0);

	private final LongAdder timeouts = new LongAdder();

	private final LongAdder recoveries = new LongAdder();

	private final LongAdder forcedUnlocks = new LongAdder();

	LockCounters(ByteBuffer control) {
		this.control = control;
	}

	/**
	 * Count in the heap only, which costs less.
	 * @return whether it is time to look for a successor, though nobody seems to sleep
	 */
	boolean acquired() {
		return (++this.acquisitions & LOOK_MASK) == 0;
	}

	/**
	 * How often this process has taken the lock. Read without the lock: it tells a hold
	 * from the next one, sooner or later.
	 */
	long acquisitions() {
		return this.acquisitions;
	}

	/**
	 * Add to the shared counter what was counted since the last time.
	 */
	synchronized void publish() {
		long now = this.acquisitions;
		count(ControlLayout.ACQUISITIONS, now - this.published);
		this.published = now;
	}

	void waited(long nanos, boolean acquired) {
		publish();
		this.contended.increment();
		this.waitNanos.add(nanos);
		this.maxWaitNanos.accumulate(nanos);
		count(ControlLayout.CONTENDED, 1);
		count(ControlLayout.WAIT_NANOS, nanos);
		if (!acquired) {
			this.timeouts.increment();
			count(ControlLayout.TIMEOUTS, 1);
		}
	}

	void recovered() {
		this.recoveries.increment();
		count(ControlLayout.RECOVERIES, 1);
	}

	void forced() {
		this.forcedUnlocks.increment();
		count(ControlLayout.FORCED_UNLOCKS, 1);
	}

	/**
	 * Reads the heap only, so that it is safe when another program has truncated the
	 * file.
	 */
	LockStatistics snapshot() {
		return new LockStatistics(this.acquisitions, this.contended.sum(), this.waitNanos.sum(),
				this.maxWaitNanos.get(), this.timeouts.sum(), this.recoveries.sum(), this.forcedUnlocks.sum());
	}

	private void count(int counter, long change) {
		LONG.getAndAdd(this.control, counter, change);
	}

}
