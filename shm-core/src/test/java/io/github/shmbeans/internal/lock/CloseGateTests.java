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

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.LockKind;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.internal.control.ControlLayout;
import io.github.shmbeans.testing.SegmentNames;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A close does not fall into a healthy step, whatever else closes or stands aside.
 */
class CloseGateTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	@AfterEach
	void close() {
		this.executor.shutdownNow();
		this.manager.close();
	}

	@ParameterizedTest
	@EnumSource
	@Tag("slow")
	void closeWaitsForAStepThoughAnotherCloseHasGivenUpOnAnEarlierOne(LockKind kind) throws Exception {
		SharedLock ledger = lock("ledger", kind);
		SharedValue<Long> first = value("first", ledger);
		SharedValue<Long> second = value("second", ledger);
		CountDownLatch stay = new CountDownLatch(1);
		Future<?> stuck = step(ledger, stay, () -> {
		});
		first.close();
		stay.countDown();
		stuck.get();
		CountDownLatch goOn = new CountDownLatch(1);
		Future<?> step = step(ledger, goOn, () -> second.set(7L));
		Thread closer = startAndAwaitWaiting(second::close);
		goOn.countDown();
		step.get();
		closer.join();
	}

	@ParameterizedTest
	@EnumSource
	void closeWithinAStepDoesNotWaitForAnotherThatWaitsForThisStep(LockKind kind) throws Exception {
		SharedLock ledger = lock("ledger", kind);
		SharedValue<Long> first = value("first", ledger);
		SharedValue<Long> second = value("second", ledger);
		CountDownLatch goOn = new CountDownLatch(1);
		Future<?> step = step(ledger, goOn, () -> {
			second.close();
			first.set(7L);
		});
		Thread closer = startAndAwaitWaiting(first::close);
		goOn.countDown();
		step.get();
		closer.join();
	}

	@Test
	void closeUnderOneLockDoesNotWaitForACloseUnderAnother() throws Exception {
		SharedLock ledger = lock("ledger", LockKind.PROCESS);
		SharedValue<Long> first = value("first", ledger);
		SharedValue<Long> second = value("second", lock("other", LockKind.PROCESS));
		CountDownLatch goOn = new CountDownLatch(1);
		Future<?> step = step(ledger, goOn, () -> {
			second.close();
			first.set(7L);
		});
		Thread closer = startAndAwaitWaiting(first::close);
		goOn.countDown();
		step.get();
		closer.join();
	}

	@ParameterizedTest
	@EnumSource
	void threadThatHoldsOneGuardEntersTheOtherWhileTheirSegmentCloses(LockKind kind) throws Exception {
		SharedLock first = lock("first", kind);
		SharedLock second = lock("second", kind);
		closeUnderNestedGuards(first, second);
		closeUnderNestedGuards(second, first);
	}

	private void closeUnderNestedGuards(SharedLock outer, SharedLock inner) throws Exception {
		SharedValue<Long> raw = this.manager.value("raw", ElementType.INT64).locked(false).open();
		SharedValue<Long> value = raw.synchronizedWith(outer);
		raw.synchronizedWith(inner);
		CountDownLatch goOn = new CountDownLatch(1);
		Future<?> step = step(outer, goOn, () -> {
			inner.run(() -> {
			});
			value.set(7L);
		});
		Thread closer = startAndAwaitWaiting(raw::close);
		goOn.countDown();
		step.get();
		closer.join();
	}

	@Test
	void threadThatStandsAsideDoesNotKeepAStepUnderAnotherGuardWaitingForIt() throws Exception {
		SharedLock first = lock("first", LockKind.PROCESS);
		SharedLock second = lock("second", LockKind.PROCESS);
		closeUnderDependentSteps(first, second);
		closeUnderDependentSteps(second, first);
	}

	private void closeUnderDependentSteps(SharedLock waiting, SharedLock awaited) throws Exception {
		SharedValue<Long> raw = this.manager.value("raw", ElementType.INT64).locked(false).open();
		SharedValue<Long> value = raw.synchronizedWith(waiting);
		raw.synchronizedWith(awaited);
		CountDownLatch goOn = new CountDownLatch(1);
		Future<?> step = step(waiting, goOn, () -> value.set(7L));
		Thread closer = startAndAwaitWaiting(raw::close);
		awaited.run(goOn::countDown);
		step.get();
		closer.join();
	}

	@ParameterizedTest
	@EnumSource
	void interruptedThreadWaitsForAStepWithoutSpinningAndStaysInterrupted(LockKind kind) throws Exception {
		CountDownLatch goOn = new CountDownLatch(1);
		Future<?> first = step(lock("first", kind), goOn, () -> {
		});
		Future<?> second = step(lock("second", kind), goOn, () -> {
		});
		AtomicBoolean interrupted = new AtomicBoolean();
		Thread ordinary = startAndAwaitWaiting(this.manager.segments().get("first")::close);
		Thread closer = startAndAwaitWaiting(() -> {
			Thread.currentThread().interrupt();
			this.manager.segments().get("second").close();
			interrupted.set(Thread.currentThread().isInterrupted());
		});
		LongSupplier ordinaryTime = processorTime(ordinary);
		LongSupplier closerTime = processorTime(closer);
		Awaitility.await().until(() -> ordinaryTime.getAsLong() > TimeUnit.MILLISECONDS.toNanos(20));
		assertThat(closerTime.getAsLong()).isLessThan(5 * ordinaryTime.getAsLong());
		goOn.countDown();
		first.get();
		second.get();
		ordinary.join();
		closer.join();
		assertThat(interrupted).isTrue();
	}

	/**
	 * The processor time that a thread uses from now on.
	 */
	private static LongSupplier processorTime(Thread thread) {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long before = threads.getThreadCpuTime(thread.getId());
		return () -> threads.getThreadCpuTime(thread.getId()) - before;
	}

	@Test
	@Tag("slow")
	void closeThatFindsZerosDoesNotFreeTheHolderThatAnotherHasAbandoned() throws Exception {
		FutexLock lock = (FutexLock) this.manager.value("value", ElementType.INT64).open().lock();
		CountDownLatch stay = new CountDownLatch(1);
		Future<?> stuck = step(lock, stay, () -> {
		});
		lock.close();
		long owner = replaceOwner(0);
		lock.close();
		replaceOwner(owner);
		ByteBuffer control = ByteBuffer.allocateDirect(ControlLayout.LENGTH).order(ByteOrder.LITTLE_ENDIAN);
		control.putLong(ControlLayout.OWNER, owner);
		lock.freeAfterClose(control, 0);
		assertThat(control.getLong(ControlLayout.OWNER)).isEqualTo(owner).isNotZero();
		stay.countDown();
		stuck.get();
	}

	private long replaceOwner(long owner) throws IOException {
		try (FileChannel file = FileChannel.open(this.names.path("value"), StandardOpenOption.READ,
				StandardOpenOption.WRITE)) {
			ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
			long at = file.size() - ControlLayout.LENGTH + ControlLayout.OWNER;
			file.read(bytes, at);
			long found = bytes.getLong(0);
			file.write(bytes.putLong(0, owner).rewind(), at);
			return found;
		}
	}

	private SharedLock lock(String key, LockKind kind) {
		return this.manager.lock(key).kind(kind).open();
	}

	private SharedValue<Long> value(String key, SharedLock guard) {
		return this.manager.value(key, ElementType.INT64).lock(guard).open();
	}

	/**
	 * Begin a step in another thread, which waits inside before it runs its task.
	 */
	private Future<?> step(SharedLock lock, CountDownLatch goOn, Runnable task) {
		CountDownLatch inside = new CountDownLatch(1);
		Future<?> step = this.executor.submit(() -> lock.run(() -> {
			inside.countDown();
			await(goOn);
			task.run();
		}));
		await(inside);
		return step;
	}

	private static Thread startAndAwaitWaiting(Runnable close) {
		Thread closer = new Thread(close);
		closer.start();
		Awaitility.await()
			.pollInSameThread()
			.until(closer::getState,
					(state) -> state == Thread.State.TIMED_WAITING || state == Thread.State.TERMINATED);
		assertThat(closer.isAlive()).as("close waits for the step").isTrue();
		return closer;
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
