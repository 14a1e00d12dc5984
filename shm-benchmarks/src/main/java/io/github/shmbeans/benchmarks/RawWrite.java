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
 * Sequential write of all elements, without locks.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(RawState.LENGTH)
public class RawWrite {

	@Benchmark
	@Peers({ "longHeap", "longShm" })
	public void longs(RawState state) {
		if (state.turn(2) == 0) {
			longHeap(state);
		}
		else {
			longShm(state);
		}
	}

	@Benchmark
	@Peers({ "longHeapLongIndex", "longShmLongIndex" })
	public void longsByLongIndex(RawState state) {
		if (state.turn(2) == 0) {
			longHeapLongIndex(state);
		}
		else {
			longShmLongIndex(state);
		}
	}

	@Benchmark
	@Peers({ "doubleHeap", "doubleShm" })
	public void doubles(RawState state) {
		if (state.turn(2) == 0) {
			doubleHeap(state);
		}
		else {
			doubleShm(state);
		}
	}

	@Benchmark
	@Peers({ "longHeapFill", "longShmFill" })
	public void fillLongs(RawState state) {
		if (state.turn(2) == 0) {
			longHeapFill(state);
		}
		else {
			longShmFill(state);
		}
	}

	@Benchmark
	@Peers({ "doubleHeapFill", "doubleShmFill" })
	public void fillDoubles(RawState state) {
		if (state.turn(2) == 0) {
			doubleHeapFill(state);
		}
		else {
			doubleShmFill(state);
		}
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	static void longHeap(RawState state) {
		long[] array = state.heapLongs;
		long next = state.number++;
		for (int i = 0; i < array.length; i++) {
			array[i] = next + i;
		}
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	static void longShm(RawState state) {
		SharedArray<Long> array = state.longs;
		int length = (int) array.length();
		long next = state.number++;
		for (int i = 0; i < length; i++) {
			array.setLong(i, next + i);
		}
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	static void longShmLongIndex(RawState state) {
		SharedArray<Long> array = state.longs;
		long next = state.number++;
		for (long i = 0; i < array.length(); i++) {
			array.setLong(i, next + i);
		}
	}

	@Benchmark
	public void longShmMixedIndex(RawState state) {
		SharedArray<Long> array = state.longs;
		long next = state.number++;
		for (int i = 0; i < array.length(); i++) {
			array.setLong(i, next + i);
		}
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	static void longHeapLongIndex(RawState state) {
		long[] array = state.heapLongs;
		long next = state.number++;
		for (long i = 0; i < array.length; i++) {
			array[(int) i] = next + i;
		}
	}

	@Benchmark
	public void longMappedBuffer(RawState state) {
		ByteBuffer buffer = state.buffer;
		long next = state.number++;
		for (int i = 0; i < RawState.LENGTH; i++) {
			buffer.putLong(i << 3, next + i);
		}
	}

	@Benchmark
	public void longAgrona(RawState state) {
		UnsafeBuffer buffer = state.agrona;
		long next = state.number++;
		for (int i = 0; i < RawState.LENGTH; i++) {
			buffer.putLong(i << 3, next + i);
		}
	}

	@Benchmark
	public void longChronicle(RawState state) {
		BytesStore<?, ?> bytes = state.chronicle;
		long next = state.number++;
		for (int i = 0; i < RawState.LENGTH; i++) {
			bytes.writeLong((long) i << 3, next + i);
		}
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	static void doubleHeap(RawState state) {
		double[] array = state.heapDoubles;
		double next = state.number++;
		for (int i = 0; i < array.length; i++) {
			array[i] = next + i;
		}
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	static void doubleShm(RawState state) {
		SharedArray<Double> array = state.doubles;
		int length = (int) array.length();
		double next = state.number++;
		for (int i = 0; i < length; i++) {
			array.setDouble(i, next + i);
		}
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	static void longHeapFill(RawState state) {
		long[] array = state.heapLongs;
		long value = state.number++;
		for (int i = 0; i < array.length; i++) {
			array[i] = value;
		}
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	static void longShmFill(RawState state) {
		SharedArray<Long> array = state.longs;
		int length = (int) array.length();
		long value = state.number++;
		for (int i = 0; i < length; i++) {
			array.setLong(i, value);
		}
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	static void doubleHeapFill(RawState state) {
		double[] array = state.heapDoubles;
		double value = state.number++;
		for (int i = 0; i < array.length; i++) {
			array[i] = value;
		}
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	static void doubleShmFill(RawState state) {
		SharedArray<Double> array = state.doubles;
		int length = (int) array.length();
		double value = state.number++;
		for (int i = 0; i < length; i++) {
			array.setDouble(i, value);
		}
	}

}
