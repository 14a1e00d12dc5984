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
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.LockKind;
import io.github.shmbeans.SharedLock;
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
 * Taking and freeing a lock that nobody else wants.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("LockNotBeforeTry")
@OperationsPerInvocation(LockPair.PAIRS)
public class LockPair {

	/** As in the loops of C and Python. */
	static final int PAIRS = 1_000;

	private final ReentrantLock reentrant = new ReentrantLock();

	private SharedMemoryManager manager;

	private SharedLock lock;

	private SharedLock semaphore;

	private FileChannel channel;

	@Setup
	public void open() throws IOException {
		this.manager = Segments.manager();
		this.lock = this.manager.value("value", ElementType.INT64).open().lock();
		this.semaphore = this.manager.lock("semaphore").kind(LockKind.SEMAPHORE).open();
		this.channel = FileChannel.open(Files.createTempFile("shmbench-", ""), StandardOpenOption.WRITE,
				StandardOpenOption.DELETE_ON_CLOSE);
	}

	@TearDown
	public void close() throws IOException {
		this.channel.close();
		this.manager.close();
	}

	@Benchmark
	public void shm() {
		for (int i = 0; i < PAIRS; i++) {
			this.lock.lock();
			this.lock.unlock();
		}
	}

	@Benchmark
	public void shmSemaphore() {
		for (int i = 0; i < PAIRS; i++) {
			this.semaphore.lock();
			this.semaphore.unlock();
		}
	}

	@Benchmark
	public void reentrant() {
		for (int i = 0; i < PAIRS; i++) {
			this.reentrant.lock();
			this.reentrant.unlock();
		}
	}

	@Benchmark
	public void fileLock() throws IOException {
		for (int i = 0; i < PAIRS; i++) {
			this.channel.lock().release();
		}
	}

}
