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
import java.nio.LongBuffer;
import java.util.concurrent.TimeUnit;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemoryManager;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Copies of 64 MB. Each reads memory of its own: what another has read may still be
 * cached in part.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(64)
public class Bulk extends Turns {

	private static final int LENGTH = (64 << 20) / Long.BYTES;

	private static final int PEERS = 4;

	/** There are too few long copies for the compiler to notice. */
	private static final int SHORT_COPIES = 20_000;

	private SharedMemoryManager manager;

	private SharedArray<Long> source;

	private SharedArray<Long> target;

	private LongBuffer mapped;

	private long[] heap;

	private long[] heapIn;

	private long[] heapTarget;

	@Setup
	public void open() throws IOException {
		this.manager = Segments.manager();
		this.source = this.manager.array("source", ElementType.INT64).length(LENGTH).open();
		this.target = this.manager.array("target", ElementType.INT64).length(LENGTH).open();
		this.mapped = RawState.mapped(LENGTH).asLongBuffer();
		this.heap = new long[LENGTH];
		this.heapIn = new long[LENGTH];
		this.heapTarget = new long[LENGTH];
		for (int i = 0; i < SHORT_COPIES * PEERS; i++) {
			copy(i % PEERS, 1);
		}
	}

	@TearDown
	public void close() {
		this.manager.close();
	}

	@Benchmark
	@Peers({ "heap", "mappedOut", "shmOut", "shmIn" })
	public void copy() {
		copy(turn(PEERS), LENGTH);
	}

	private void copy(int peer, int length) {
		switch (peer) {
			case 0 -> System.arraycopy(this.heap, 0, this.heapTarget, 0, length);
			case 1 -> this.mapped.get(0, this.heapTarget, 0, length);
			case 2 -> this.source.read(0, this.heapTarget, 0, length);
			default -> this.target.write(0, this.heapIn, 0, length);
		}
	}

}
