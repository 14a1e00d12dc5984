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

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.shmbeans.LockBuilder;
import io.github.shmbeans.LockKind;
import io.github.shmbeans.LockStatistics;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.error.LockTimeoutException;
import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.testing.SegmentNames;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Threads that wait while another thread of their process holds the lock.
 */
class WaitingThreadTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.create();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final AtomicInteger repairs = new AtomicInteger();

	@AfterEach
	void close() {
		this.executor.shutdownNow();
		this.manager.close();
	}

	@ParameterizedTest
	@EnumSource
	void repairIsRefusedIfTheLockClosesWhileItWaits(LockKind kind) throws Exception {
		SharedLock lock = lock(kind).open();
		CountDownLatch free = new CountDownLatch(1);
		Future<?> held = hold(lock, free);
		Future<?> repair = this.executor.submit(() -> lock.recover(this.repairs::incrementAndGet));
		Awaitility.await().until(() -> lock.waiting() == 1);
		Future<?> close = this.executor.submit(this.manager::close);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(repair::get)
			.withCauseInstanceOf(SegmentClosedException.class);
		assertThat(this.repairs).hasValue(0);
		free.countDown();
		held.get();
		close.get();
	}

	@ParameterizedTest
	@EnumSource
	void repairWaitsLongerThanTheLockTimeoutAndThoughInterrupted(LockKind kind) throws Exception {
		SharedLock lock = lock(kind).lockTimeout(Duration.ofMillis(5)).open();
		CountDownLatch free = new CountDownLatch(1);
		Future<?> held = hold(lock, free);
		AtomicBoolean interrupted = new AtomicBoolean();
		Thread waiter = new Thread(() -> lock.recover(() -> {
			interrupted.set(Thread.currentThread().isInterrupted() && lock.isHeldByCurrentThread());
			this.repairs.incrementAndGet();
		}));
		waiter.start();
		Awaitility.await().until(() -> lock.waiting() == 1);
		waiter.interrupt();
		assertThatExceptionOfType(LockTimeoutException.class).isThrownBy(() -> lock.run(this.repairs::incrementAndGet));
		assertThat(lock.waiting()).isEqualTo(1);
		assertThat(this.repairs).hasValue(0);
		free.countDown();
		held.get();
		waiter.join();
		assertThat(interrupted).isTrue();
		assertThat(this.repairs).hasValue(1);
		assertThat(lock.isLocked()).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void longestWaitIsToldBesideTheSumOfAll(LockKind kind) throws Exception {
		SharedLock lock = lock(kind).open();
		assertThat(lock.statistics().maxWaitNanos()).isZero();
		CountDownLatch free = new CountDownLatch(1);
		Future<?> held = hold(lock, free);
		assertThat(lock.tryLock(40, TimeUnit.MILLISECONDS)).isFalse();
		LockStatistics first = lock.statistics();
		assertThat(first.maxWaitNanos()).isEqualTo(first.waitNanos()).isGreaterThanOrEqualTo(40_000_000);
		assertThat(lock.tryLock(1, TimeUnit.NANOSECONDS)).isFalse();
		LockStatistics second = lock.statistics();
		assertThat(second.waitNanos()).isGreaterThan(first.waitNanos());
		assertThat(second.maxWaitNanos()).isBetween(first.maxWaitNanos(), second.waitNanos() - 1);
		free.countDown();
		held.get();
	}

	private Future<?> hold(SharedLock lock, CountDownLatch free) throws InterruptedException {
		CountDownLatch held = new CountDownLatch(1);
		Future<?> holding = this.executor.submit(() -> lock.call(() -> {
			held.countDown();
			return free.await(1, TimeUnit.MINUTES);
		}));
		assertThat(held.await(1, TimeUnit.MINUTES)).isTrue();
		return holding;
	}

	private LockBuilder lock(LockKind kind) {
		return this.manager.lock(this.names.name("l")).kind(kind);
	}

}
