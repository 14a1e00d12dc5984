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

package io.github.shmbeans.internal.control;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.shmbeans.Attachment;
import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.error.AttachmentLimitException;
import io.github.shmbeans.error.OwnerDiedException;
import io.github.shmbeans.internal.posix.FileDescriptor;
import io.github.shmbeans.internal.posix.FileLocks;
import io.github.shmbeans.internal.posix.MappedRange;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import io.github.shmbeans.testing.ValuePeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A process that is stopped while it takes a slot keeps nobody from taking over the lock
 * of the dead owner who had the slot before. The test takes the steps of such a process.
 */
class AttachmentJoinTests {

	private static final long SIZE = ControlLayout.fileSize(8);

	private static final int LEAVING = 5_000;

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	private final SharedMemoryManager manager = SharedMemoryManager.create();

	@AfterEach
	void close() {
		this.manager.close();
	}

	private SharedValue<Long> value() {
		return this.manager.value(this.names.name("value"), ElementType.INT64).open();
	}

	/**
	 * A segment whose slot 0 belonged to a process that died with the lock.
	 */
	private FileDescriptor openSegmentOfADeadOwner() {
		Peer owner = this.peers.java(ValuePeer.class, this.names.name("value"));
		owner.expect("open");
		owner.ask("lock");
		owner.kill();
		return FileDescriptor.open(Path.of("/dev/shm", this.names.name("value")).toString(), true);
	}

	private static void assertTakenOver(SharedValue<Long> value) {
		assertThatExceptionOfType(OwnerDiedException.class).isThrownBy(() -> value.lock().tryLock(1, TimeUnit.MINUTES));
		assertThat(value.lock().statistics().recoveries()).isOne();
	}

	@Test
	void slotThatAnotherIsTakingIsPassedOverAndTheDeadOwnerIsDead() {
		try (FileDescriptor file = openSegmentOfADeadOwner()) {
			assertThat(new FileLocks(file).tryExclusive(Attachments.JOINING_BYTES)).isTrue();
			SharedValue<Long> value = value();
			assertThat(value.status().attachments()).extracting(Attachment::slot).containsExactly(1);
			assertTakenOver(value);
		}
	}

	@Test
	void deadOwnerIsDeadOnceItsEpochIsOver() {
		try (FileDescriptor file = openSegmentOfADeadOwner()) {
			long size = file.status().size();
			assertThat(new FileLocks(file).tryExclusive(Attachments.JOINING_BYTES)).isTrue();
			MappedRange range = MappedRange.map(file, size, true);
			int epoch = ControlLayout.slot(0, ControlLayout.SLOT_EPOCH);
			ByteBuffer control = range.buffer(size - ControlLayout.LENGTH, ControlLayout.LENGTH);
			control.putInt(epoch, control.getInt(epoch) + 1);
			assertThat(new FileLocks(file).tryExclusive(Attachments.SLOT_BYTES)).isTrue();
			assertTakenOver(value());
			range.discard();
		}
	}

	@Test
	void slotIsNotJoinedBeforeItsEpochIsRaised() {
		SharedValue<Long> value = value();
		try (FileDescriptor file = FileDescriptor.open(Path.of("/dev/shm", value.name()).toString(), true)) {
			FileLocks locks = new FileLocks(file);
			assertThat(locks.findLocked(Attachments.SLOT_BYTES, 1)).isEqualTo(Attachments.SLOT_BYTES);
			assertThat(locks.findLocked(Attachments.JOINING_BYTES, ControlLayout.SLOTS_VALUE)).isNegative();
		}
	}

	/**
	 * An observer that shared the presence byte, even for a moment, would be taken for
	 * another attachment, and nobody would remove the name.
	 */
	@Test
	void observersDoNotHideTheLastAttachment() throws Exception {
		try (FileDescriptor file = FileDescriptor.unnamed("/dev/shm", 0600)) {
			file.allocate(SIZE);
			AtomicBoolean ended = new AtomicBoolean();
			ExecutorService observer = Executors.newSingleThreadExecutor();
			Future<?> observing = observer.submit(() -> {
				while (!ended.get()) {
					try (FileDescriptor own = file.reopen(false)) {
						Attachments observed = Attachments.observe("test", own, SIZE);
						if (observed != null) {
							observed.discard();
						}
					}
				}
			});
			int last = 0;
			for (int i = 0; i < LEAVING; i++) {
				Attachments attachments = Objects
					.requireNonNull(Attachments.join("test", file.reopen(true), SIZE, ProcessInfo.of("test")));
				AtomicInteger found = new AtomicInteger();
				attachments.ifLast(found::incrementAndGet);
				last += found.get();
				attachments.leave();
			}
			ended.set(true);
			observing.get();
			observer.shutdown();
			assertThat(last).isEqualTo(LEAVING);
		}
	}

	/**
	 * The last attachment took the one that failed to join for another one.
	 */
	@Test
	void joinThatFailsRemovesWhatNobodyUsesAnyMore() {
		openSegmentOfADeadOwner().close();
		try (FileDescriptor others = FileDescriptor.open(Path.of("/dev/shm", this.names.name("value")).toString(),
				true)) {
			FileLocks locks = new FileLocks(others);
			for (int i = 0; i < ControlLayout.SLOTS_VALUE; i++) {
				assertThat(locks.tryExclusive(Attachments.SLOT_BYTES + i)).isTrue();
			}
			assertThatExceptionOfType(AttachmentLimitException.class).isThrownBy(this::value);
		}
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void sharedLockOfAReaderMakesNobodyLookAlive() {
		SharedValue<Long> value = value();
		try (FileDescriptor file = FileDescriptor.open(Path.of("/dev/shm", value.name()).toString(), false)) {
			FileLocks locks = new FileLocks(file);
			assertThat(locks.tryShared(Attachments.SLOT_BYTES + 7)).isTrue();
			assertThat(value.status().attachments()).extracting(Attachment::slot).containsExactly(0);
		}
	}

}
