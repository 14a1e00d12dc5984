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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.shmbeans.Attachment;
import io.github.shmbeans.ElementType;
import io.github.shmbeans.OwnerDeathPolicy;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.ValueBuilder;
import io.github.shmbeans.error.LockTimeoutException;
import io.github.shmbeans.error.OwnerDiedException;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import io.github.shmbeans.testing.ValuePeer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ProcessLockTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	private final SharedMemoryManager manager = SharedMemoryManager.create();

	@AfterEach
	void close() {
		this.manager.close();
	}

	@Test
	void incrementsUnderTheLockAreNeverLost() {
		SharedValue<Long> value = value().open();
		List<Peer> started = IntStream.range(0, 3).mapToObj((i) -> peer()).toList();
		started.forEach((peer) -> peer.send("increment 20000"));
		for (int i = 0; i < 20_000; i++) {
			value.update((count) -> count + 1);
		}
		started.forEach((peer) -> peer.expect("incremented"));
		assertThat(value.get()).isEqualTo(80_000);
		started.forEach((peer) -> peer.ask("close"));
	}

	@Test
	void lockHeldByAnotherProcessExcludes() throws InterruptedException {
		SharedValue<Long> value = value().open();
		Peer peer = peer();
		peer.ask("lock");
		assertThat(value.lock().isLocked()).isTrue();
		assertThat(value.lock().isHeldByCurrentThread()).isFalse();
		assertThat(value.lock().owner()).map(Attachment::pid).contains(peer.process().pid());
		assertThat(value.lock().tryLock()).isFalse();
		assertThat(value.lock().tryLock(10, TimeUnit.MILLISECONDS)).isFalse();
		assertThat(value.lock().statistics().timeouts()).isEqualTo(1);
		peer.ask("unlock");
		assertThat(value.lock().tryLock()).isTrue();
		value.lock().unlock();
		peer.ask("close");
	}

	@Test
	void waiterIsWokenWhenAnotherProcessUnlocks() {
		SharedValue<Long> value = value().open();
		Peer peer = peer();
		value.lock().lock();
		peer.send("lock");
		Awaitility.await().untilAsserted(() -> assertThat(value.lock().waiting()).isEqualTo(1));
		value.lock().unlock();
		peer.expect("locked");
		assertThat(value.lock().waiting()).isZero();
		peer.ask("unlock");
		peer.ask("close");
	}

	@Test
	void accessTimesOutWhileAnotherProcessHoldsTheLock() {
		SharedValue<Long> value = value().lockTimeout(Duration.ofMillis(30)).initial(3L).open();
		Peer peer = peer();
		peer.ask("lock");
		assertThatExceptionOfType(LockTimeoutException.class).isThrownBy(value::get)
			.withMessageContaining(this.names.name("v"));
		assertThatExceptionOfType(LockTimeoutException.class).isThrownBy(() -> value.set(4L));
		peer.ask("unlock");
		assertThat(value.get()).isEqualTo(3);
		peer.ask("close");
	}

	@Test
	void deathOfTheHolderIsReportedUntilTheDataIsRepaired() {
		SharedValue<Long> value = value().open();
		killHolder();
		assertThatExceptionOfType(OwnerDiedException.class).isThrownBy(() -> value.lock().lock());
		assertThat(value.lock().isHeldByCurrentThread()).isFalse();
		assertThat(value.lock().isConsistent()).isFalse();
		assertThatExceptionOfType(OwnerDiedException.class).isThrownBy(value::get);
		assertThatExceptionOfType(OwnerDiedException.class).isThrownBy(() -> value.lock().tryLock());
	}

	@Test
	void repairMakesTheDataConsistent() {
		SharedValue<Long> value = value().open();
		killHolder();
		value.lock().recover(() -> value.set(11L));
		assertThat(value.lock().isConsistent()).isTrue();
		assertThat(value.get()).isEqualTo(11);
		assertThat(value.lock().statistics().recoveries()).isEqualTo(1);
	}

	@Test
	void repairThatFailsLeavesTheDataInconsistent() {
		SharedValue<Long> value = value().open();
		killHolder();
		assertThatIllegalStateException().isThrownBy(() -> value.lock().recover(() -> {
			throw new IllegalStateException("no luck");
		}));
		assertThat(value.lock().isConsistent()).isFalse();
		assertThat(value.lock().isLocked()).isFalse();
	}

	@Test
	void recoveryHandlerRepairsOnceBeforeTheAccess() {
		AtomicInteger calls = new AtomicInteger();
		SharedValue<Long> value = value().recoveryHandler((segment) -> {
			calls.incrementAndGet();
			((SharedValue<?>) segment).lock();
		}).open();
		killHolder();
		assertThat(value.get()).isZero();
		assertThat(value.get()).isZero();
		assertThat(calls).hasValue(1);
	}

	@Test
	void failureOfTheRecoveryHandlerIsTheCauseOfTheReport() {
		SharedValue<Long> value = value().recoveryHandler((segment) -> {
			throw new IllegalStateException("no luck");
		}).open();
		killHolder();
		assertThatExceptionOfType(OwnerDiedException.class).isThrownBy(value::get)
			.withCauseInstanceOf(IllegalStateException.class);
	}

	@Test
	void deathIsIgnoredWhereThatWasAskedFor() {
		SharedValue<Long> value = value().onOwnerDeath(OwnerDeathPolicy.IGNORE).initial(6L).open();
		killHolder();
		assertThat(value.get()).isEqualTo(6);
		assertThat(value.lock().isConsistent()).isTrue();
	}

	@Test
	void deathWithinAnAccessThatIsOneStoreLeavesNothingToReport() {
		SharedArray<Long> array = this.manager.array(this.names.name("a"), ElementType.INT64).length(1).open();
		for (int i = 0; i < 5; i++) {
			Peer peer = this.peers.java(StoringPeer.class, this.names.name("a"));
			peer.expect("storing");
			long before = array.get(0);
			Awaitility.await().untilAsserted(() -> assertThat(array.get(0)).isGreaterThan(before));
			peer.kill();
			assertThat(array.get(0)).isPositive();
		}
		assertThat(array.lock().isConsistent()).isTrue();
	}

	@Test
	void lockIsTakenOverFromADeadHolderByAWaiterThatSleeps() {
		SharedValue<Long> value = value().onOwnerDeath(OwnerDeathPolicy.IGNORE).open();
		Peer holder = peer();
		Peer waiter = this.peers.java(ValuePeer.class, this.names.name("v"), "death=ignore");
		waiter.expect("open");
		holder.ask("lock");
		waiter.send("lock");
		Awaitility.await().untilAsserted(() -> assertThat(value.lock().waiting()).isEqualTo(1));
		holder.kill();
		waiter.expect("locked");
		waiter.ask("unlock");
		waiter.ask("close");
	}

	@Test
	void waitersOfKilledProcessesAreNotCounted() {
		SharedValue<Long> value = value().open();
		Peer waiter = peer();
		value.lock().lock();
		waiter.send("lock");
		Awaitility.await().untilAsserted(() -> assertThat(value.lock().waiting()).isEqualTo(1));
		waiter.kill();
		Awaitility.await().untilAsserted(() -> assertThat(value.lock().waiting()).isZero());
		value.lock().unlock();
	}

	@Test
	void stoppedHolderIsNotTakenForDead() throws InterruptedException {
		SharedValue<Long> value = value().open();
		Peer holder = peer();
		holder.ask("lock");
		holder.signal("STOP");
		assertThat(value.lock().tryLock(300, TimeUnit.MILLISECONDS)).isFalse();
		assertThat(value.lock().isConsistent()).isTrue();
		holder.signal("CONT");
		holder.ask("unlock");
		assertThat(value.get()).isZero();
		holder.ask("close");
	}

	@Test
	void lockFreedByForceIsReportedAndCounted() {
		SharedValue<Long> value = value().open();
		Peer holder = peer();
		holder.ask("lock");
		assertThat(value.lock().forceUnlock()).isTrue();
		assertThat(value.lock().forceUnlock()).isFalse();
		assertThat(value.lock().statistics().forcedUnlocks()).isEqualTo(1);
		assertThatExceptionOfType(OwnerDiedException.class).isThrownBy(value::get);
		value.lock().recover(() -> {
		});
		value.lock().lock();
		assertThat(holder.ask("unlock")).isEqualTo("IllegalMonitorStateException");
		assertThat(value.lock().isHeldByCurrentThread()).isTrue();
		value.lock().unlock();
		holder.ask("close");
	}

	private void killHolder() {
		Peer holder = peer();
		holder.ask("lock");
		holder.kill();
	}

	private ValueBuilder<Long> value() {
		return this.manager.value(this.names.name("v"), ElementType.INT64);
	}

	private Peer peer() {
		Peer peer = this.peers.java(ValuePeer.class, this.names.name("v"));
		peer.expect("open");
		return peer;
	}

}
