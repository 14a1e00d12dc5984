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

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemoryManager;
import net.openhft.chronicle.bytes.BytesStore;
import org.agrona.concurrent.UnsafeBuffer;
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
 * Atomic addition to one element.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(AtomicAdd.ADDITIONS)
public class AtomicAdd extends Turns {

	static final int ADDITIONS = 1_000;

	private final AtomicLongArray heap = new AtomicLongArray(RawState.LENGTH);

	private SharedMemoryManager manager;

	private SharedArray<Long> array;

	private UnsafeBuffer agrona;

	private BytesStore<?, ?> chronicle;

	private int index = 42;

	@Setup
	public void open() throws IOException {
		this.manager = Segments.manager();
		this.array = this.manager.array("longs", ElementType.INT64).length(RawState.LENGTH).open().raw();
		this.agrona = new UnsafeBuffer(RawState.mapped(RawState.LENGTH));
		this.chronicle = BytesStore.wrap(RawState.mapped(RawState.LENGTH));
	}

	@TearDown
	public void close() {
		this.manager.close();
	}

	@Benchmark
	@Peers({ "heap", "shm" })
	public long add() {
		return (turn(2) == 0) ? addInHeap() : addInSegment();
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	private long addInHeap() {
		long sum = 0;
		for (int i = 0; i < ADDITIONS; i++) {
			sum += this.heap.getAndAdd(this.index, 1);
		}
		return sum;
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	private long addInSegment() {
		long sum = 0;
		for (int i = 0; i < ADDITIONS; i++) {
			sum += this.array.getAndAddLong(this.index, 1);
		}
		return sum;
	}

	@Benchmark
	public long agrona() {
		long sum = 0;
		for (int i = 0; i < ADDITIONS; i++) {
			sum += this.agrona.getAndAddLong(this.index << 3, 1);
		}
		return sum;
	}

	@Benchmark
	public long chronicle() {
		long sum = 0;
		for (int i = 0; i < ADDITIONS; i++) {
			sum += this.chronicle.addAndGetLong((long) this.index << 3, 1);
		}
		return sum;
	}

}
