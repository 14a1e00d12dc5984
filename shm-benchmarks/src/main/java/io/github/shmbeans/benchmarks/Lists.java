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

import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedMemoryManager;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Items of a list, each access under the lock.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Lists {

	private SharedMemoryManager manager;

	private ShareableList list;

	private int first;

	@Setup
	public void open() {
		this.manager = Segments.manager();
		this.list = this.manager.list("list").initial(100, -273.154, true, "howdy123").open();
	}

	@TearDown
	public void close() {
		this.manager.close();
	}

	@Benchmark
	public long intGet() {
		return this.list.getLong(this.first);
	}

	@Benchmark
	public @Nullable Object intGetBoxed() {
		return this.list.get(this.first);
	}

	@Benchmark
	public void intSet() {
		this.list.setLong(this.first, 101);
	}

	@Benchmark
	public double floatGet() {
		return this.list.getDouble(this.first + 1);
	}

	@Benchmark
	public void floatSet() {
		this.list.setDouble(this.first + 1, 1.5);
	}

	@Benchmark
	public @Nullable Object boolGet() {
		return this.list.get(this.first + 2);
	}

	@Benchmark
	public @Nullable Object boolSet() {
		return this.list.set(this.first + 2, false);
	}

	@Benchmark
	public @Nullable Object strGet() {
		return this.list.get(this.first + 3);
	}

	@Benchmark
	public @Nullable Object strSet() {
		return this.list.set(this.first + 3, "howdy456");
	}

}
