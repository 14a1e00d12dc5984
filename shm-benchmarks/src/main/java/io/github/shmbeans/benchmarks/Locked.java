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
public class Locked {

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
		return this.array.getDouble(this.index);
	}

	@Benchmark
	public Double arrayGetBoxed() {
		return this.array.get(this.index);
	}

	@Benchmark
	public void arraySet() {
		this.array.setDouble(this.index, 1.5);
	}

	@Benchmark
	public long valueGet() {
		return this.value.getLong();
	}

	@Benchmark
	public void valueSet() {
		this.value.setLong(42);
	}

	@Benchmark
	public Long valueAdd() {
		return this.value.getAndAdd(1L);
	}

	@Benchmark
	public Long valueUpdate() {
		return this.value.update((before) -> before + 1);
	}

	@Benchmark
	public long chronicleMapAdd() {
		this.map.getUsing(1, this.reused);
		return this.reused.addAtomicValue(1);
	}

}
