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

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.shmbeans.error.InvalidOptionException;
import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import io.github.shmbeans.testing.ValuePeer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * One lock for several segments, as CPython's {@code lock=} argument.
 */
class LockOfOtherSegmentTests {

	@RegisterExtension
	final Peers peers = new Peers();

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	@Test
	void oneLockGuardsSeveralSegments() throws Exception {
		SharedLock ledger = this.manager.lock("ledger").open();
		SharedValue<Long> value = this.manager.value("value", ElementType.INT64).lock(ledger).open();
		SharedArray<Long> array = this.manager.array("array", ElementType.INT64).length(2).lock(ledger).open();
		ShareableList list = this.manager.list("list").initial(0).lock(ledger).open();
		SharedMemory block = this.manager.block("block").size(8).lock(ledger).open();
		assertThat(List.of(value.lock(), array.lock(), list.lock(), block.lock())).containsOnly(ledger);
		long before = ledger.statistics().acquisitions();
		value.set(1L);
		array.set(0, 1L);
		list.set(0, 1);
		assertThat(ledger.statistics().acquisitions() - before).isEqualTo(3);
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			ledger.lock();
			assertThat(executor.submit(() -> value.lock().tryLock()).get()).isFalse();
			value.update((current) -> current + array.getLong(0) + list.getLong(0));
			ledger.unlock();
			assertThat(executor.submit(() -> value.get()).get()).isEqualTo(3);
		}
		finally {
			executor.shutdown();
		}
	}

	@Test
	void lockOfAnotherLibraryIsRefusedBeforeAnythingIsReplaced() {
		SharedLock foreign = (SharedLock) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { SharedLock.class }, (proxy, method, arguments) -> null);
		Peer owner = this.peers.java(ValuePeer.class, this.names.name("value"));
		owner.expect("open");
		owner.kill();
		assertThatIllegalArgumentException().isThrownBy(() -> this.manager.array("value", ElementType.INT64)
			.length(2)
			.lock(foreign)
			.onMismatch(MismatchPolicy.REPLACE_IF_UNUSED)
			.open());
		assertThat(this.manager.value("value", ElementType.INT64).open().status().kind()).isEqualTo(SegmentKind.VALUE);
	}

	@Test
	void optionsOfTheLockAreSetWhereItIsOpened() {
		SharedLock ledger = this.manager.lock("ledger").open();
		assertThatExceptionOfType(InvalidOptionException.class)
			.isThrownBy(() -> guarded(ledger).lockTimeout(Duration.ofSeconds(1)).spec())
			.withMessageContaining("Expected no lock timeout with the lock of another segment, found PT1S");
		assertThatExceptionOfType(InvalidOptionException.class)
			.isThrownBy(() -> guarded(ledger).onOwnerDeath(OwnerDeathPolicy.IGNORE).spec())
			.withMessageContaining("Expected no policy for a death with the lock of another segment, found ignore");
		assertThatExceptionOfType(InvalidOptionException.class)
			.isThrownBy(() -> guarded(ledger).recoveryHandler((segment) -> segment.close()).spec())
			.withMessageContaining("Expected no recovery handler with the lock of another segment");
	}

	private ValueBuilder<Long> guarded(SharedLock lock) {
		return this.manager.value("value", ElementType.INT64).lock(lock);
	}

	@Test
	void lockOfOneSegmentGuardsAnother() {
		SharedValue<Long> value = this.manager.value("value", ElementType.INT64).open();
		SharedValue<Long> other = this.manager.value("other", ElementType.INT64).lock(value.lock()).open();
		assertThat(other.update((current) -> value.lock().isHeldByCurrentThread() ? 7L : 8L)).isEqualTo(7);
		assertThat(value.lock().isLocked()).isFalse();
	}

	@Test
	void closingASegmentLeavesTheSharedLockToTheOthers() {
		SharedLock ledger = this.manager.lock("ledger").open();
		SharedValue<Long> value = this.manager.value("value", ElementType.INT64).lock(ledger).open();
		SharedValue<Long> other = this.manager.value("other", ElementType.INT64).lock(ledger).open();
		value.close();
		assertThatExceptionOfType(SegmentClosedException.class).isThrownBy(value::get)
			.withMessageContaining(this.names.name("value"));
		assertThatExceptionOfType(SegmentClosedException.class).isThrownBy(() -> value.set(1L));
		assertThat(ledger.isLocked()).isFalse();
		other.set(1L);
		assertThat(other.get()).isOne();
	}

	@Test
	void listClosedUnderASharedLockIsRefusedAndTheLockFree() {
		SharedLock ledger = this.manager.lock("ledger").open();
		ShareableList list = this.manager.list("list").initial(1).lock(ledger).open();
		list.close();
		assertThatExceptionOfType(SegmentClosedException.class).isThrownBy(() -> list.get(0))
			.withMessageContaining(this.names.name("list"));
		assertThatExceptionOfType(SegmentClosedException.class).isThrownBy(() -> list.set(0, 2));
		assertThat(ledger.isLocked()).isFalse();
	}

	@Test
	void segmentsCloseAlsoAfterTheLockTheyShare() {
		this.manager.lock("ledger").open();
		SharedLock ledger = this.manager.segments().get("ledger").lock();
		SharedValue<Long> value = this.manager.value("value", ElementType.INT64).lock(ledger).open();
		this.manager.segments().get("ledger").close();
		assertThatExceptionOfType(SegmentClosedException.class).isThrownBy(value::get)
			.withMessageContaining(this.names.name("ledger"));
		value.close();
		assertThat(value.isClosed()).isTrue();
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void lockOfAnotherImplementationIsRefusedAndNothingLeft() {
		SharedLock stranger = (SharedLock) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { SharedLock.class }, (proxy, method, arguments) -> null);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.manager.value("value", ElementType.INT64).lock(stranger).open())
			.withMessageStartingWith("Expected a lock that a manager of this library has opened, found ")
			.withMessageEndingWith("Open it with manager.lock(…) or take the lock() of another segment");
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void rawObjectIsViewedUnderAGivenLock() throws Exception {
		SharedLock ledger = this.manager.lock("ledger").open();
		SharedValue<Long> raw = this.manager.value("value", ElementType.INT64).locked(false).open();
		SharedArray<Long> rawArray = this.manager.array("array", ElementType.INT64).length(2).locked(false).open();
		SharedValue<Long> value = raw.synchronizedWith(ledger);
		SharedArray<Long> array = rawArray.synchronizedWith(ledger);
		assertThat(value.lock()).isSameAs(ledger).isSameAs(array.lock()).isSameAs(value.raw().lock());
		assertThatIllegalStateException().isThrownBy(raw::lock);
		assertThat(value.update((current) -> ledger.isHeldByCurrentThread() ? 5L : 6L)).isEqualTo(5);
		assertThat(array.update(1, (current) -> ledger.isHeldByCurrentThread() ? 7L : 8L)).isEqualTo(7);
		assertThat(raw.get() + rawArray.get(1)).isEqualTo(12);
		long before = ledger.statistics().acquisitions();
		value.set(1L);
		value.raw().set(2L);
		array.fill(3L);
		assertThat(ledger.statistics().acquisitions() - before).isEqualTo(2);
	}

	@Test
	void viewUnderAnotherLockDoesNotTakeThatOfTheSegment() {
		SharedLock ledger = this.manager.lock("ledger").open();
		SharedValue<Long> value = this.manager.value("value", ElementType.INT64).open();
		SharedValue<Long> view = value.synchronizedWith(ledger);
		long before = value.lock().statistics().acquisitions();
		view.set(1L);
		assertThat(value.lock().statistics().acquisitions()).isEqualTo(before);
		assertThat(value.get()).isOne();
	}

	@Test
	void closeWaitsForAStepUnderTheLockOfAView() throws Exception {
		SharedLock ledger = this.manager.lock("ledger").open();
		SharedValue<Long> raw = this.manager.value("value", ElementType.INT64).locked(false).open();
		SharedValue<Long> value = raw.synchronizedWith(ledger);
		CountDownLatch inside = new CountDownLatch(1);
		CountDownLatch closing = new CountDownLatch(1);
		ExecutorService executor = Executors.newFixedThreadPool(2);
		try {
			Future<Long> step = executor.submit(() -> value.update((current) -> {
				inside.countDown();
				await(closing);
				return 7L;
			}));
			await(inside);
			Future<?> close = executor.submit(raw::close);
			Awaitility.await().until(raw::isClosed);
			assertThat(close).isNotDone();
			closing.countDown();
			assertThat(step.get()).isEqualTo(7);
			close.get();
		}
		finally {
			executor.shutdownNow();
		}
		assertThatExceptionOfType(SegmentClosedException.class).isThrownBy(value::get);
		assertThat(ledger.isLocked()).isFalse();
	}

	@Test
	void closeDoesNotWaitForAHolderInAnotherProcess() {
		SharedValue<Long> ledger = this.manager.value("ledger", ElementType.INT64).open();
		List<SharedValue<Long>> guarded = IntStream.range(0, 8)
			.mapToObj((i) -> this.manager.value("guarded" + i, ElementType.INT64).lock(ledger.lock()).open())
			.toList();
		Peer holder = this.peers.java(ValuePeer.class, ledger.name());
		holder.expect("open");
		holder.ask("lock");
		guarded.forEach(SharedValue::close);
		assertThat(ledger.lock().statistics().contended()).isZero();
		assertThat(ledger.lock().isLocked()).isTrue();
		assertThat(holder.ask("unlock")).isEqualTo("unlocked");
		holder.ask("close");
	}

	@RepeatedTest(100)
	void groupUnderAGuardingLockIsFinishedBeforeItsSegmentCloses() throws Exception {
		SharedLock ledger = this.manager.lock("ledger").open();
		SharedArray<Long> array = this.manager.array("array", ElementType.INT64).length(2).lock(ledger).open();
		try (SharedMemoryManager other = SharedMemoryManager.builder().namespace(this.names.prefix()).build()) {
			SharedArray<Long> same = other.array("array", ElementType.INT64).length(2).open();
			CountDownLatch inside = new CountDownLatch(2);
			ExecutorService executor = Executors.newFixedThreadPool(2);
			try {
				Callable<Object> writer = () -> {
					for (long i = 0; true; i++) {
						ledger.lock();
						try {
							array.setLong(0, i);
							array.setLong(1, i);
						}
						finally {
							ledger.unlock();
						}
						inside.countDown();
					}
				};
				List<Future<Object>> writers = List.of(executor.submit(writer), executor.submit(writer));
				await(inside);
				array.close();
				for (Future<Object> end : writers) {
					assertThatExceptionOfType(ExecutionException.class).isThrownBy(end::get)
						.withCauseInstanceOf(SegmentClosedException.class);
				}
				assertThat(same.getLong(0)).isEqualTo(same.getLong(1));
			}
			finally {
				executor.shutdownNow();
			}
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void viewUnderALockOfAnotherImplementationIsRefused() {
		SharedLock stranger = (SharedLock) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { SharedLock.class }, (proxy, method, arguments) -> null);
		SharedValue<Long> value = this.manager.value("value", ElementType.INT64).open();
		SharedArray<Long> array = this.manager.array("array", ElementType.INT64).length(1).open();
		assertThatIllegalArgumentException().isThrownBy(() -> value.synchronizedWith(stranger))
			.withMessageStartingWith("Expected a lock that a manager of this library has opened, found ");
		assertThatIllegalArgumentException().isThrownBy(() -> array.synchronizedWith(stranger));
	}

	@ParameterizedTest
	@EnumSource(LockKind.class)
	void lockThatIsNoLockIsRefusedBeforeAnythingIsOpened(LockKind kind) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.manager.lock("ledger").kind(kind).locked(false).open())
			.withMessage("Expected lock 'ledger' to be a lock of its own, found it declared without. "
					+ "Leave the option lock out");
		assertThat(this.manager.segments()).isEmpty();
		assertThat(this.names.existing()).isEmpty();
		SharedLock other = this.manager.lock("ledger").open();
		assertThatIllegalArgumentException().isThrownBy(() -> this.manager.lock("second").kind(kind).lock(other).open())
			.withMessageContaining("found it declared with the lock of another segment");
		assertThat(this.manager.segments()).containsOnlyKeys("ledger");
	}

	@Test
	void lastOfLockAndLockedCounts() {
		SharedLock ledger = this.manager.lock("ledger").open();
		SharedValue<Long> unlocked = this.manager.value("a", ElementType.INT64).lock(ledger).locked(false).open();
		assertThatIllegalStateException().isThrownBy(unlocked::lock);
		SharedValue<Long> own = this.manager.value("b", ElementType.INT64).lock(ledger).locked(true).open();
		assertThat(own.lock()).isNotSameAs(ledger);
		SharedValue<Long> shared = this.manager.value("c", ElementType.INT64).locked(false).lock(ledger).open();
		assertThat(shared.lock()).isSameAs(ledger);
	}

}
