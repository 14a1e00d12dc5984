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

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

import io.github.shmbeans.SharedArray;
import net.openhft.chronicle.bytes.BytesStore;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * Sequential read of all elements, without locks.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(RawState.LENGTH)
public class RawRead {

	@Benchmark
	@Peers({ "longHeap", "longShm" })
	public long longs(RawState state) {
		return (state.turn(2) == 0) ? longHeap(state) : longShm(state);
	}

	@Benchmark
	@Peers({ "longHeapLongIndex", "longShmLongIndex" })
	public long longsByLongIndex(RawState state) {
		return (state.turn(2) == 0) ? longHeapLongIndex(state) : longShmLongIndex(state);
	}

	@Benchmark
	@Peers({ "doubleHeap", "doubleShm" })
	public double doubles(RawState state) {
		return (state.turn(2) == 0) ? doubleHeap(state) : doubleShm(state);
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	static long longHeap(RawState state) {
		long[] array = state.heapLongs;
		long sum = 0;
		for (int i = 0; i < array.length; i++) {
			sum += array[i];
		}
		return sum;
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	static long longShm(RawState state) {
		SharedArray<Long> array = state.longs;
		int length = (int) array.length();
		long sum = 0;
		for (int i = 0; i < length; i++) {
			sum += array.getLong(i);
		}
		return sum;
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	static long longShmLongIndex(RawState state) {
		SharedArray<Long> array = state.longs;
		long sum = 0;
		for (long i = 0; i < array.length(); i++) {
			sum += array.getLong(i);
		}
		return sum;
	}

	@Benchmark
	public long longShmMixedIndex(RawState state) {
		SharedArray<Long> array = state.longs;
		long sum = 0;
		for (int i = 0; i < array.length(); i++) {
			sum += array.getLong(i);
		}
		return sum;
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	static long longHeapLongIndex(RawState state) {
		long[] array = state.heapLongs;
		long sum = 0;
		for (long i = 0; i < array.length; i++) {
			sum += array[(int) i];
		}
		return sum;
	}

	@Benchmark
	public long longMappedBuffer(RawState state) {
		ByteBuffer buffer = state.buffer;
		long sum = 0;
		for (int i = 0; i < RawState.LENGTH; i++) {
			sum += buffer.getLong(i << 3);
		}
		return sum;
	}

	@Benchmark
	public long longAgrona(RawState state) {
		UnsafeBuffer buffer = state.agrona;
		long sum = 0;
		for (int i = 0; i < RawState.LENGTH; i++) {
			sum += buffer.getLong(i << 3);
		}
		return sum;
	}

	@Benchmark
	public long longChronicle(RawState state) {
		BytesStore<?, ?> bytes = state.chronicle;
		long sum = 0;
		for (int i = 0; i < RawState.LENGTH; i++) {
			sum += bytes.readLong((long) i << 3);
		}
		return sum;
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	static double doubleHeap(RawState state) {
		double[] array = state.heapDoubles;
		double sum = 0;
		for (int i = 0; i < array.length; i++) {
			sum += array[i];
		}
		return sum;
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	static double doubleShm(RawState state) {
		SharedArray<Double> array = state.doubles;
		int length = (int) array.length();
		double sum = 0;
		for (int i = 0; i < length; i++) {
			sum += array.getDouble(i);
		}
		return sum;
	}

}
