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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.LockBuilder;
import io.github.shmbeans.LockKind;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.error.LockTimeoutException;
import io.github.shmbeans.error.OwnerDiedException;
import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import io.github.shmbeans.testing.ValuePeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The lock as a scope: {@code run}, {@code call} and {@code hold}.
 */
class ScopedLockTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	private final SharedMemoryManager manager = SharedMemoryManager.create();

	private final AtomicInteger tasks = new AtomicInteger();

	@AfterEach
	void close() {
		this.manager.close();
	}

	@ParameterizedTest
	@EnumSource
	void lockIsHeldWithinTheScopeAndFreeAfterIt(LockKind kind) {
		SharedLock lock = lock(kind).open();
		lock.run(() -> assertThat(lock.isHeldByCurrentThread()).isTrue());
		assertThat(lock.isLocked()).isFalse();
		assertThat(lock.call(lock::isHeldByCurrentThread)).isTrue();
		assertThat(lock.isLocked()).isFalse();
		try (SharedLock.Held held = lock.hold()) {
			assertThat(held).isNotNull();
			assertThat(lock.isHeldByCurrentThread()).isTrue();
		}
		assertThat(lock.isLocked()).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void taskThatThrowsFreesTheLock(LockKind kind) {
		SharedLock lock = lock(kind).open();
		assertThatIllegalStateException().isThrownBy(() -> lock.run(() -> {
			throw new IllegalStateException("no luck");
		}));
		assertThat(lock.isLocked()).isFalse();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> lock.call(() -> {
			throw new IOException("no luck");
		}));
		assertThat(lock.isLocked()).isFalse();
		assertThatIllegalStateException().isThrownBy(() -> {
			try (SharedLock.Held held = lock.hold()) {
				throw new IllegalStateException(held.toString());
			}
		});
		assertThat(lock.isLocked()).isFalse();
		assertThat(lock.isConsistent()).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void everyScopeHonoursTheLockTimeout(LockKind kind) {
		SharedLock lock = lock(kind).lockTimeout(Duration.ofMillis(5)).open();
		lock.lock();
		for (Consumer<SharedLock> scope : scopes()) {
			CompletableFuture<?> other = CompletableFuture.runAsync(
					() -> assertThatExceptionOfType(LockTimeoutException.class).isThrownBy(() -> scope.accept(lock))
						.withMessageContaining(lockName())
						.withMessageContaining("0.005s")
						.withMessageContaining("lock().forceUnlock()"));
			other.join();
		}
		lock.unlock();
		assertThat(this.tasks).hasValue(0);
		scopes().forEach((scope) -> scope.accept(lock));
		assertThat(this.tasks).hasValue(3);
	}

	@Test
	void timeoutOfASemaphoreTellsTheRemedyForADeadHolder() {
		SharedLock lock = lock(LockKind.SEMAPHORE).lockTimeout(Duration.ofMillis(5)).open();
		Peer holder = this.peers.java(SemaphorePeer.class, lockName());
		holder.expect("locked");
		holder.kill();
		assertThatExceptionOfType(LockTimeoutException.class).isThrownBy(() -> lock.run(this.tasks::incrementAndGet))
			.withMessage("The semaphore of '" + lockName() + "' was expected to be free within 0.005s, "
					+ "found it taken. Hold the lock for a shorter time or raise lock-timeout. "
					+ "A semaphore stays taken if its holder dies: call lock().forceUnlock() then");
		assertThat(lock.forceUnlock()).isTrue();
		lock.run(this.tasks::incrementAndGet);
		assertThat(this.tasks).hasValue(1);
	}

	@Test
	void everyScopeReportsTheDeathOfAHolder() {
		SharedLock lock = this.manager.value(lockName(), ElementType.INT64).open().lock();
		Peer holder = this.peers.java(ValuePeer.class, lockName());
		holder.expect("open");
		holder.ask("lock");
		holder.kill();
		for (Consumer<SharedLock> scope : scopes()) {
			assertThatExceptionOfType(OwnerDiedException.class).isThrownBy(() -> scope.accept(lock));
			assertThat(lock.isHeldByCurrentThread()).isFalse();
		}
		assertThat(this.tasks).hasValue(0);
		lock.recover(() -> {
		});
		scopes().forEach((scope) -> scope.accept(lock));
		assertThat(this.tasks).hasValue(3);
	}

	@ParameterizedTest
	@EnumSource
	void everyScopeOfAClosedLockIsRefused(LockKind kind) {
		SharedLock lock = lock(kind).open();
		this.manager.close();
		for (Consumer<SharedLock> scope : scopes()) {
			assertThatExceptionOfType(SegmentClosedException.class).isThrownBy(() -> scope.accept(lock));
		}
		assertThat(this.tasks).hasValue(0);
	}

	@ParameterizedTest
	@EnumSource
	void holdIsClosedOnceAndByItsThreadAsUnlockIsCalled(LockKind kind) {
		SharedLock lock = lock(kind).open();
		SharedLock.Held held = lock.hold();
		CompletableFuture
			.runAsync(() -> assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(held::close))
			.join();
		assertThat(lock.isHeldByCurrentThread()).isTrue();
		held.close();
		assertThat(lock.isLocked()).isFalse();
		assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(held::close);
	}

	private List<Consumer<SharedLock>> scopes() {
		return List.of((lock) -> lock.run(this.tasks::incrementAndGet), (lock) -> {
			try {
				lock.call(this.tasks::incrementAndGet);
			}
			catch (RuntimeException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}, (lock) -> {
			try (SharedLock.Held held = lock.hold()) {
				assertThat(held).isNotNull();
				this.tasks.incrementAndGet();
			}
		});
	}

	private LockBuilder lock(LockKind kind) {
		return this.manager.lock(lockName()).kind(kind);
	}

	private String lockName() {
		return this.names.name("l");
	}

}
