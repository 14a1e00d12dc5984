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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.LockBuilder;
import io.github.shmbeans.LockKind;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.testing.SegmentNames;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ThreadLockTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.create();

	@AfterEach
	void close() {
		this.manager.close();
	}

	@ParameterizedTest
	@EnumSource
	void closedLockIsNotRecovered(LockKind kind) {
		SharedLock lock = lock(kind).open();
		this.manager.close();
		assertThatExceptionOfType(SegmentClosedException.class).isThrownBy(() -> lock.recover(() -> {
		})).withMessageContaining(this.names.name("l"));
	}

	@ParameterizedTest
	@EnumSource
	void lockIsReentrantAndFreeAfterAsManyUnlocks(LockKind kind) throws Exception {
		SharedLock lock = lock(kind).open();
		lock.lock();
		assertThat(lock.tryLock()).isTrue();
		lock.lockInterruptibly();
		assertThat(lock.tryLock(1, TimeUnit.SECONDS)).isTrue();
		for (int i = 0; i < 3; i++) {
			lock.unlock();
			assertThat(lock.isHeldByCurrentThread()).isTrue();
			boolean taken = inOtherThread(lock::tryLock);
			assertThat(taken).isFalse();
		}
		lock.unlock();
		assertThat(lock.isLocked()).isFalse();
		inOtherThread(() -> {
			lock.lock();
			lock.unlock();
			return null;
		});
		assertThat(lock.statistics().acquisitions()).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void onlyTheOwnerUnlocks(LockKind kind) throws Exception {
		SharedLock lock = lock(kind).open();
		assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(lock::unlock);
		lock.lock();
		inOtherThread(() -> {
			assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(lock::unlock);
			return null;
		});
		assertThat(lock.isHeldByCurrentThread()).isTrue();
		lock.unlock();
	}

	@ParameterizedTest
	@EnumSource
	void conditionsAreRefused(LockKind kind) {
		SharedLock lock = lock(kind).open();
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(lock::newCondition);
	}

	@ParameterizedTest
	@EnumSource
	void interruptEndsAnInterruptibleWait(LockKind kind) throws Exception {
		SharedLock lock = lock(kind).open();
		lock.lock();
		AtomicReference<Throwable> thrown = new AtomicReference<>();
		Thread waiter = new Thread(() -> {
			try {
				lock.lockInterruptibly();
			}
			catch (InterruptedException ex) {
				thrown.set(ex);
			}
		});
		waiter.start();
		Awaitility.await().until(() -> lock.waiting() == 1);
		waiter.interrupt();
		waiter.join();
		assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
		assertThat(lock.waiting()).isZero();
		lock.unlock();
		assertThat(lock.tryLock()).isTrue();
		lock.unlock();
	}

	@ParameterizedTest
	@EnumSource
	void interruptDoesNotEndAnUninterruptibleWaitAndIsKept(LockKind kind) throws Exception {
		SharedLock lock = lock(kind).open();
		lock.lock();
		AtomicReference<Boolean> interrupted = new AtomicReference<>();
		Thread waiter = new Thread(() -> {
			lock.lock();
			interrupted.set(Thread.currentThread().isInterrupted());
			lock.unlock();
		});
		waiter.start();
		Awaitility.await().until(() -> lock.waiting() == 1);
		waiter.interrupt();
		boolean taken = inOtherThread(() -> lock.tryLock(50, TimeUnit.MILLISECONDS));
		assertThat(taken).isFalse();
		assertThat(interrupted.get()).isNull();
		lock.unlock();
		waiter.join();
		assertThat(interrupted.get()).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void threadsExcludeEachOther(LockKind kind) throws Exception {
		SharedLock lock = lock(kind).open();
		SharedValue<Long> count = this.manager.value(this.names.name("count"), ElementType.INT64).locked(false).open();
		ExecutorService executor = Executors.newFixedThreadPool(8);
		runAll(executor, 8, () -> increment(lock, count, 2_000));
		assertThat(count.get()).isEqualTo(16_000);
		assertThat(lock.waiting()).isZero();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads came with Java 21")
	void virtualThreadsExcludeEachOtherAndLeaveTheirCarriersFree() throws Exception {
		SharedLock lock = lock(LockKind.PROCESS).open();
		SharedValue<Long> count = this.manager.value(this.names.name("count"), ElementType.INT64).locked(false).open();
		ExecutorService executor = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor")
			.invoke(null);
		lock.lock();
		List<Future<?>> waiting = new ArrayList<>();
		for (int i = 0; i < 64; i++) {
			waiting.add(executor.submit(() -> increment(lock, count, 100)));
		}
		Awaitility.await().until(() -> lock.waiting() == 64);
		assertThat(executor.submit(() -> "free").get(30, TimeUnit.SECONDS)).isEqualTo("free");
		lock.unlock();
		for (Future<?> future : waiting) {
			future.get();
		}
		executor.shutdown();
		assertThat(count.get()).isEqualTo(6_400);
	}

	@Test
	void oneLockGuardsSeveralSegments() throws Exception {
		SharedLock ledger = lock(LockKind.PROCESS).open();
		SharedValue<Long> debit = this.manager.value(this.names.name("debit"), ElementType.INT64).lock(ledger).open();
		SharedValue<Long> credit = this.manager.value(this.names.name("credit"), ElementType.INT64).lock(ledger).open();
		ExecutorService executor = Executors.newFixedThreadPool(4);
		runAll(executor, 4, () -> {
			for (int i = 0; i < 1_000; i++) {
				ledger.lock();
				try {
					debit.update((value) -> value - 1);
					credit.update((value) -> value + 1);
					assertThat(debit.get() + credit.get()).isZero();
				}
				finally {
					ledger.unlock();
				}
			}
		});
		assertThat(credit.get()).isEqualTo(4_000);
		assertThat(debit.lock()).isSameAs(ledger);
	}

	@Test
	void closingSendsWaitersAway() throws Exception {
		SharedValue<Long> value = this.manager.value(this.names.name("v"), ElementType.INT64).open();
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch free = new CountDownLatch(1);
		Thread holder = new Thread(() -> {
			value.lock().lock();
			held.countDown();
			awaitUninterruptibly(free);
			value.lock().unlock();
		});
		holder.start();
		held.await();
		AtomicReference<Throwable> thrown = new AtomicReference<>();
		Thread waiter = new Thread(() -> {
			try {
				value.set(1L);
			}
			catch (RuntimeException ex) {
				thrown.set(ex);
			}
		});
		waiter.start();
		Awaitility.await().until(() -> value.lock().waiting() == 1);
		Thread closer = new Thread(value::close);
		closer.start();
		waiter.join();
		assertThat(thrown.get()).isInstanceOf(SegmentClosedException.class);
		assertThat(closer.isAlive()).as("close waits for the holder").isTrue();
		free.countDown();
		holder.join();
		closer.join();
	}

	@Test
	void closingFreesTheLockOfTheClosingThread() {
		SharedValue<Long> value = this.manager.value(this.names.name("v"), ElementType.INT64).open();
		try (SharedMemoryManager other = SharedMemoryManager.create()) {
			SharedValue<Long> same = other.value(this.names.name("v"), ElementType.INT64).open();
			value.lock().lock();
			value.close();
			assertThat(same.get()).isZero();
			assertThat(same.lock().isConsistent()).isTrue();
		}
	}

	@Test
	void twoAttachmentsOfOneProcessExcludeEachOther() throws Exception {
		try (SharedMemoryManager other = SharedMemoryManager.create()) {
			SharedLock first = lock(LockKind.PROCESS).open();
			SharedLock second = other.lock(this.names.name("l")).open();
			first.lock();
			assertThat(second.tryLock()).isFalse();
			first.unlock();
			assertThat(second.tryLock()).isTrue();
			second.unlock();
		}
	}

	@Test
	void semaphoreIsRemovedWithTheLast() {
		try (SharedMemoryManager other = SharedMemoryManager.create()) {
			other.lock(this.names.name("l")).kind(LockKind.SEMAPHORE).open();
			lock(LockKind.SEMAPHORE).open();
			this.manager.close();
			assertThat(this.names.existing()).containsExactly("sem." + this.names.name("l"), this.names.name("l"));
		}
		assertThat(this.names.existing()).isEmpty();
	}

	private LockBuilder lock(LockKind kind) {
		return this.manager.lock(this.names.name("l")).kind(kind);
	}

	private static void increment(SharedLock lock, SharedValue<Long> count, int times) {
		for (int i = 0; i < times; i++) {
			lock.lock();
			try {
				count.setLong(count.getLong() + 1);
			}
			finally {
				lock.unlock();
			}
		}
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void runAll(ExecutorService executor, int count, Runnable task)
			throws InterruptedException, ExecutionException {
		List<? extends Future<?>> futures = Stream.generate(() -> executor.submit(task)).limit(count).toList();
		for (Future<?> future : futures) {
			future.get();
		}
		executor.shutdown();
	}

	private static <T> T inOtherThread(Callable<T> task) throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			return executor.submit(task).get();
		}
		finally {
			executor.shutdown();
		}
	}

}
