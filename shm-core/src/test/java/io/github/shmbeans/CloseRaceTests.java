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

package io.github.shmbeans;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.testing.SegmentNames;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Threads that are inside a segment while another closes it: they end with a
 * {@link SegmentClosedException}, and the JVM lives on.
 */
class CloseRaceTests {

	private static final int LENGTH = 1 << 16;

	private static final int PAGE = 512;

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	/** Read by each iteration, so that a plain loop notices the close. */
	private volatile boolean closed;

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	/**
	 * Run accesses in threads of their own, each again and again until it throws, and
	 * close the segment when all of them are at it.
	 */
	private void closeUnder(SharedSegment segment, List<LongConsumer> accesses) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(accesses.size());
		CountDownLatch inside = new CountDownLatch(accesses.size());
		List<Future<SegmentClosedException>> ends = new ArrayList<>();
		this.closed = false;
		try {
			for (LongConsumer access : accesses) {
				ends.add(executor.submit(() -> hammer(access, inside)));
			}
			inside.await();
			segment.close();
			this.closed = true;
			for (Future<SegmentClosedException> end : ends) {
				assertThat(end.get()).hasMessageContaining(segment.name());
			}
		}
		finally {
			executor.shutdown();
		}
	}

	private SegmentClosedException hammer(LongConsumer access, CountDownLatch inside) {
		try {
			int late = 0;
			for (long i = 0; late < 1_000; i++) {
				access.accept(i);
				if (i == 1_000) {
					inside.countDown();
				}
				late += this.closed ? 1 : 0;
			}
			throw new IllegalStateException("Accesses go on after close");
		}
		catch (SegmentClosedException ex) {
			return ex;
		}
		finally {
			inside.countDown();
		}
	}

	@RepeatedTest(3)
	void rawLongsAreClosedUnderReadersAndWriters() throws Exception {
		SharedArray<Long> array = this.manager.array("array", ElementType.INT64).length(LENGTH).locked(false).open();
		AtomicLong sum = new AtomicLong();
		closeUnder(array,
				List.of((i) -> sum.setPlain(array.getLong(i * PAGE % LENGTH)),
						(i) -> array.setLong(i * PAGE % LENGTH, i), (i) -> array.set(i % LENGTH, i),
						(i) -> array.get(i % LENGTH), (i) -> array.getAndAddLong(i % LENGTH, 1),
						(i) -> array.compareAndSet(i % LENGTH, 0L, i), (i) -> array.getAndAdd(i % LENGTH, 0L)));
	}

	@RepeatedTest(3)
	void rawArraysAreClosedUnderBulkTransfers() throws Exception {
		SharedArray<Double> array = this.manager.array("array", ElementType.FLOAT64)
			.length(LENGTH)
			.locked(false)
			.open();
		double[] target = new double[LENGTH];
		double[] source = new double[LENGTH];
		List<Double> values = List.of(1.0, 2.0, 3.0);
		closeUnder(array,
				List.of((i) -> array.read(0, target, 0, LENGTH), (i) -> array.write(0, source, 0, LENGTH),
						(i) -> array.slice(LENGTH - 100, LENGTH), (i) -> array.setSlice(i % 1000, values),
						(i) -> array.setDouble(i % LENGTH, i), (i) -> array.buffer(i % LENGTH, 1).putDouble(0, i)));
	}

	@RepeatedTest(3)
	void lockedArraysAreClosedUnderLockedSteps() throws Exception {
		SharedArray<Long> array = this.manager.array("array", ElementType.INT64).length(LENGTH).open();
		closeUnder(array,
				List.of((i) -> array.get(i % LENGTH), (i) -> array.set(i % LENGTH, i),
						(i) -> array.update(i % LENGTH, (value) -> value + 1), (i) -> array.slice(0, 100),
						(i) -> array.raw().getLong(i % LENGTH), (i) -> {
							array.lock().lock();
							array.lock().unlock();
						}));
	}

	@RepeatedTest(3)
	void valuesAreClosedUnderReadersAndWriters() throws Exception {
		SharedValue<Integer> value = this.manager.value("value", ElementType.INT32).open();
		SharedValue<Integer> raw = value.raw();
		closeUnder(value, List.of((i) -> value.get(), (i) -> value.set(1), (i) -> raw.get(), (i) -> raw.set(1),
				(i) -> raw.getAndAdd(0), (i) -> raw.compareAndSet(1, 2)));
	}

	@RepeatedTest(3)
	void listsAreClosedUnderReadersAndWriters() throws Exception {
		for (boolean locked : new boolean[] { true, false }) {
			ShareableList list = this.manager.list("list" + locked)
				.initial(1, 2.5, "a text of some length", null)
				.locked(locked)
				.open();
			closeUnder(list,
					List.of((i) -> list.get(0), (i) -> list.get(2), (i) -> list.set(2, "another text"),
							(i) -> list.set(1, i / 2.0), (i) -> list.set(3, i), (i) -> list.capacity(list.count(null)),
							(i) -> list.format(1)));
		}
	}

	@RepeatedTest(3)
	void buffersOfAClosedSegmentNeverFault() throws Exception {
		SharedMemory memory = this.manager.block("block").size(1 << 22).open();
		ByteBuffer buffer = memory.buffer();
		ExecutorService executor = Executors.newFixedThreadPool(3);
		CountDownLatch inside = new CountDownLatch(3);
		try {
			List<Future<Long>> ends = new ArrayList<>();
			for (int thread = 0; thread < 3; thread++) {
				ends.add(executor.submit(() -> writeUntilClosed(memory, buffer, inside)));
			}
			inside.await();
			memory.close();
			for (Future<Long> end : ends) {
				assertThat(end.get()).isPositive();
			}
		}
		finally {
			executor.shutdown();
		}
	}

	private static long writeUntilClosed(SharedMemory memory, ByteBuffer buffer, CountDownLatch inside) {
		long count = 0;
		int rest = 100_000;
		while (rest > 0) {
			buffer.putLong((int) (count * 4096 % buffer.capacity()), count);
			count += 1 + buffer.get((int) (count * 8 % buffer.capacity())) / 1000;
			if (count == 1_000) {
				inside.countDown();
			}
			rest -= memory.isClosed() ? 1 : 0;
		}
		return count;
	}

	@Test
	void lockedWriteInFlightFinishesBeforeCloseReturns() throws Exception {
		SharedArray<Long> array = this.manager.array("array", ElementType.INT64)
			.length(2)
			.onShutdown(ShutdownPolicy.CLOSE)
			.open();
		CountDownLatch inside = new CountDownLatch(1);
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			Future<Long> update = executor.submit(() -> array.update(1, (value) -> {
				inside.countDown();
				while (!array.isClosed()) {
					Thread.onSpinWait();
				}
				return 42L;
			}));
			Awaitility.await().until(() -> inside.getCount() == 0);
			array.close();
			assertThat(SegmentFile.of(this.names, "array").hex(16)).isEqualTo("0000000000000000" + "2a00000000000000");
			assertThat(update.get()).isEqualTo(42);
		}
		finally {
			executor.shutdown();
			SegmentFile.of(this.names, "array").delete();
		}
	}

}
