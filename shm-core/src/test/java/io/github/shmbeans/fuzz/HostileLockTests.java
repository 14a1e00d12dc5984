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

package io.github.shmbeans.fuzz;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.ShutdownPolicy;
import io.github.shmbeans.error.OwnerDiedException;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import io.github.shmbeans.testing.ValuePeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A program writes nonsense to the lock of a segment: to acquire it succeeds, or reports
 * a dead owner once, but never waits for nobody.
 */
@Tag("slow")
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileLockTests {

	private static final int ACQUISITIONS_BETWEEN_LOOKS = 1 << 16;

	private static final int CYCLES = 200;

	private static final int ROUNDS = 300;

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	private final SharedMemoryManager manager = SharedMemoryManager.create();

	private SharedValue<Long> value;

	private LockSection section;

	@BeforeEach
	void open() {
		this.value = this.manager.value(this.names.name("v"), ElementType.INT64).initial(5L).open();
		this.section = new LockSection(this.names.path("v"));
	}

	@AfterEach
	void close() {
		this.manager.close();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 0x80, 0x81, 0xff, 0x2_0000_0002L, 0x8000_0000L, 0x7fff_ffff_0000_0080L,
			0xffff_ffff_0000_0001L, Long.MIN_VALUE, 0x7fff_ffff_ffff_fcffL })
	void ownerThatIsNobodyIsTakenForDead(long owner) {
		this.section.putLong(LockSection.OWNER, owner);
		assertThatExceptionOfType(OwnerDiedException.class).isThrownBy(() -> this.value.get());
		this.value.lock().recover(() -> this.value.set(6L));
		assertLockWorks();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0x100, 0x180, 0x8000_01ffL, 0x7fff_ffff_ffff_fdffL })
	void ownerThatIsNobodyAndLeftNothingHalfWrittenIsTakenOverSilently(long owner) {
		this.section.putLong(LockSection.OWNER, owner);
		assertThat(this.value.get()).isEqualTo(5);
		assertLockWorks();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0x200, 0x201, 0x281, 0x8000_0200L, 0x1_0000_0202L, 0xffff_ffff_8000_02ffL })
	void reservationForNobodyIsOpenToAll(long reserved) {
		this.section.putLong(LockSection.OWNER, reserved);
		assertThat(this.value.lock().tryLock()).isTrue();
		this.value.lock().unlock();
		this.section.putLong(LockSection.OWNER, reserved);
		assertThat(this.value.get()).isEqualTo(5);
		assertLockWorks();
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 1, 0x80, 0x100, 0x200, 0x1_0000_0001L, 0x5_0000_0003L, 0x7fff_ffff_ffff_ffffL })
	void successorThatIsNobodyDoesNotKeepTheLock(long successor) {
		this.section.putLong(LockSection.SUCCESSOR, successor);
		assertLockWorks();
		for (int i = 0; i < ACQUISITIONS_BETWEEN_LOOKS; i++) {
			this.value.get();
		}
		assertThat(this.section.getLong(LockSection.SUCCESSOR)).isZero();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, 1, 1_000 })
	void deadOwnerIsFoundHoweverShortTheTimeout(long nanos) throws InterruptedException {
		this.section.putLong(LockSection.OWNER, 0x181);
		assertThat(this.value.lock().tryLock(nanos, TimeUnit.NANOSECONDS)).isTrue();
		this.value.lock().unlock();
		assertLockWorks();
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1_000_000 })
	void wrongNumberOfSleepersDoesNotStopTwoProcesses(int sleepers) {
		Peer peer = this.peers.java(ValuePeer.class, this.names.name("v"));
		peer.expect("open");
		this.section.putInt(LockSection.SLEEPERS, sleepers);
		peer.send("increment " + CYCLES);
		for (int i = 0; i < CYCLES; i++) {
			this.value.update((before) -> before + 1);
		}
		peer.expect("incremented");
		assertThat(this.value.get()).isEqualTo(5 + 2 * CYCLES);
		peer.ask("close");
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, -1, Integer.MIN_VALUE })
	void anyMarkOfInconsistencyIsReportedUntilRepaired(int mark) {
		this.section.putInt(LockSection.INCONSISTENT, mark);
		this.section.putLong(LockSection.OWNER, 0x8000_0200L);
		assertThatExceptionOfType(OwnerDiedException.class).isThrownBy(() -> this.value.get());
		this.value.lock().recover(() -> {
		});
		assertLockWorks();
	}

	@Test
	void ownerThatIsOverwrittenWhileTheLockIsHeldIsReportedByUnlock() {
		this.value.lock().lock();
		this.section.putLong(LockSection.OWNER, 0x7_0000_0007L);
		assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(() -> this.value.lock().unlock());
		assertThat(this.value.lock().isHeldByCurrentThread()).isFalse();
		this.value.lock().recover(() -> {
		});
		assertLockWorks();
	}

	@Test
	void attachmentDoesNotWaitForItselfWhateverTheLockSays() {
		this.value.close();
		SharedValue<Long> kept = open("kept", OpenMode.CREATE_OR_ATTACH);
		kept.close();
		this.section.putEpoch(0, 6);
		this.section.putLong(LockSection.OWNER, 0x7_0000_0001L);
		SharedValue<Long> next = open("next", OpenMode.ATTACH);
		assertThatExceptionOfType(OwnerDiedException.class).isThrownBy(next::get);
		next.lock().recover(() -> {
		});
		assertThat(next.get()).isZero();
		next.unlink();
	}

	private SharedValue<Long> open(String key, OpenMode mode) {
		return this.manager.value(key, ElementType.INT64)
			.segmentName(this.names.name("v"))
			.mode(mode)
			.onShutdown(ShutdownPolicy.CLOSE)
			.lockTimeout(Duration.ofSeconds(5))
			.open();
	}

	@Test
	void numberOfWaitingThreadsIsNeverNegative() {
		SharedValue<Long> other = open("other", OpenMode.ATTACH);
		this.section.putWaiting(0, Integer.MAX_VALUE);
		this.section.putWaiting(1, Integer.MAX_VALUE);
		assertThat(this.value.lock().waiting()).isNotNegative();
		assertThat(this.value.status().lock().waiting()).isNotNegative();
		this.section.putWaiting(1, -7);
		assertThat(this.value.lock().waiting()).isNotNegative();
		other.close();
	}

	@Test
	void nonsenseInEveryFieldIsOvercome() {
		Random random = new Random(3);
		for (int i = 0; i < ROUNDS; i++) {
			byte[] bytes = new byte[LockSection.LENGTH];
			random.nextBytes(bytes);
			this.section.put(LockSection.OWNER, bytes);
			this.value.lock().recover(() -> {
			});
			assertThat(this.value.get()).isEqualTo(5);
		}
		this.section.put(LockSection.OWNER, new byte[LockSection.LENGTH]);
		assertLockWorks();
	}

	@Test
	void lockWorksAgainAfterNonsenseWasWrittenWhileThreadsUsedIt() {
		AtomicBoolean done = new AtomicBoolean();
		CompletableFuture<?>[] users = { useUntil(done), useUntil(done) };
		Random random = new Random(4);
		for (int i = 0; i < 10 * ROUNDS; i++) {
			byte[] bytes = new byte[LockSection.LENGTH];
			random.nextBytes(bytes);
			this.section.put(LockSection.OWNER, bytes);
		}
		done.set(true);
		CompletableFuture.allOf(users).join();
		this.section.put(LockSection.OWNER, new byte[LockSection.LENGTH]);
		assertLockWorks();
	}

	private CompletableFuture<Void> useUntil(AtomicBoolean done) {
		return CompletableFuture.runAsync(() -> {
			while (!done.get()) {
				try {
					this.value.lock().recover(() -> this.value.set(this.value.get()));
				}
				catch (IllegalMonitorStateException | OwnerDiedException ex) {
					assertThat(ex).hasMessageContaining(this.names.name("v"));
				}
			}
		});
	}

	private void assertLockWorks() {
		SharedLock lock = this.value.lock();
		for (int i = 0; i < CYCLES; i++) {
			lock.lock();
			assertThat(lock.isHeldByCurrentThread()).isTrue();
			lock.unlock();
		}
		assertThat(lock.isLocked()).isFalse();
		assertThat(lock.tryLock()).isTrue();
		this.value.set(9L);
		lock.unlock();
		assertThat(this.value.get()).isEqualTo(9);
	}

}
