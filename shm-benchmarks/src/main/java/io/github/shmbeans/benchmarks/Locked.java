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

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.values.Values;
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
 * Accesses that take the lock themselves.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Locked.CALLS)
public class Locked {

	/** As in the loops of CPython's timeit. */
	static final int CALLS = 1_000;

	private SharedMemoryManager manager;

	private SharedArray<Double> array;

	private SharedValue<Long> value;

	private ChronicleMap<Integer, LongValue> map;

	private LongValue reused;

	private int index = 42;

	@Setup
	public void open() {
		this.manager = Segments.manager();
		this.array = this.manager.array("array", ElementType.FLOAT64).length(1_000).open();
		this.value = this.manager.value("value", ElementType.INT64).open();
		this.map = ChronicleMap.of(Integer.class, LongValue.class).entries(16).create();
		this.reused = Values.newNativeReference(LongValue.class);
		this.map.acquireUsing(1, this.reused);
	}

	@TearDown
	public void close() {
		this.map.close();
		this.manager.close();
	}

	@Benchmark
	public double arrayGet() {
		double sum = 0;
		for (int i = 0; i < CALLS; i++) {
			sum += this.array.getDouble(this.index);
		}
		return sum;
	}

	@Benchmark
	public double arrayGetBoxed() {
		double sum = 0;
		for (int i = 0; i < CALLS; i++) {
			sum += this.array.get(this.index);
		}
		return sum;
	}

	@Benchmark
	public void arraySet() {
		for (int i = 0; i < CALLS; i++) {
			this.array.setDouble(this.index, i);
		}
	}

	@Benchmark
	public long valueGet() {
		long sum = 0;
		for (int i = 0; i < CALLS; i++) {
			sum += this.value.getLong();
		}
		return sum;
	}

	@Benchmark
	public void valueSet() {
		for (int i = 0; i < CALLS; i++) {
			this.value.setLong(i);
		}
	}

	@Benchmark
	public long valueAdd() {
		long sum = 0;
		for (int i = 0; i < CALLS; i++) {
			sum += this.value.getAndAdd(1L);
		}
		return sum;
	}

	@Benchmark
	public long valueUpdate() {
		long sum = 0;
		for (int i = 0; i < CALLS; i++) {
			sum += this.value.update((before) -> before + 1);
		}
		return sum;
	}

	@Benchmark
	public long chronicleMapAdd() {
		long sum = 0;
		for (int i = 0; i < CALLS; i++) {
			this.map.getUsing(1, this.reused);
			sum += this.reused.addAtomicValue(1);
		}
		return sum;
	}

}
