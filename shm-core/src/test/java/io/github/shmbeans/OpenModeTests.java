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

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.shmbeans.error.SegmentAccessException;
import io.github.shmbeans.error.SegmentExistsException;
import io.github.shmbeans.error.SegmentNotFoundException;
import io.github.shmbeans.testing.SegmentNames;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OpenModeTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager one = manager();

	private final SharedMemoryManager other = manager();

	private SharedMemoryManager manager() {
		return SharedMemoryManager.builder().namespace(this.names.prefix()).build();
	}

	@AfterEach
	void closeManagers() {
		this.one.close();
		this.other.close();
	}

	private ValueBuilder<Long> value(SharedMemoryManager manager, OpenMode mode) {
		return manager.value("value", ElementType.INT64).mode(mode);
	}

	private SegmentFile file() {
		return SegmentFile.of(this.names, "value");
	}

	/**
	 * Leave a segment behind to which nobody is attached any more.
	 */
	private void leaveDead(ShutdownPolicy policy) {
		try (SharedMemoryManager dying = manager()) {
			value(dying, OpenMode.CREATE).initial(5L).onShutdown(policy).segmentName(this.names.name("dying")).open();
			SegmentFile.of(this.names, "dying").copy(this.names, "value");
			dying.segments().get("value").unlink();
		}
	}

	@Test
	void timeoutOfMoreThanALifetimeWaitsAsLongAsCanBeCounted() throws Exception {
		Duration longest = Duration.ofDays(200_000);
		SharedValue<Long> value = this.one.value("patient", ElementType.INT64)
			.lockTimeout(longest)
			.attachTimeout(longest)
			.open();
		value.lock().lock();
		CompletableFuture<Void> other = CompletableFuture.runAsync(() -> value.set(1L));
		Awaitility.await().until(() -> value.lock().waiting() == 1);
		value.lock().unlock();
		other.get(1, TimeUnit.MINUTES);
		assertThat(value.get()).isOne();
	}

	@Test
	void createOrAttachCreatesWhatIsNotThereAndAttachesWhatIs() {
		SharedValue<Long> created = value(this.one, OpenMode.CREATE_OR_ATTACH).initial(5L).open();
		SharedValue<Long> attached = value(this.other, OpenMode.CREATE_OR_ATTACH).initial(6L).open();
		assertThat(attached.get()).isEqualTo(5);
		attached.set(7L);
		assertThat(created.get()).isEqualTo(7);
		assertThat(created.status().attachments()).hasSize(2);
	}

	@Test
	void createOrAttachIsTheDefault() {
		this.one.value("value", ElementType.INT64).initial(5L).open();
		assertThat(this.other.value("value", ElementType.INT64).open().get()).isEqualTo(5);
	}

	@Test
	void createOrAttachCarriesOnWithTheDataOfTheDead() {
		leaveDead(ShutdownPolicy.UNLINK_IF_LAST);
		SharedValue<Long> value = value(this.one, OpenMode.CREATE_OR_ATTACH).initial(6L).open();
		assertThat(value.get()).isEqualTo(5);
		assertThat(value.status().attachments()).hasSize(1);
	}

	@Test
	void createRefusesASegmentInUse() {
		SharedValue<Long> created = value(this.one, OpenMode.CREATE).initial(5L).open();
		assertThatExceptionOfType(SegmentExistsException.class)
			.isThrownBy(() -> value(this.other, OpenMode.CREATE).open())
			.withMessageContaining("Segment '" + created.name() + "' was expected not to exist")
			.withMessageContaining("found a regular file of 16384 bytes in use or to be kept");
		assertThat(created.get()).isEqualTo(5);
		assertThat(created.status().linked()).isTrue();
		assertThat(created.status().attachments()).hasSize(1);
	}

	@Test
	void createReplacesTheSegmentOfTheDeadThatWasToBeUnlinked() {
		leaveDead(ShutdownPolicy.UNLINK_IF_LAST);
		SharedValue<Long> value = value(this.one, OpenMode.CREATE).initial(6L).open();
		assertThat(value.get()).isEqualTo(6);
		assertThat(value.status().linked()).isTrue();
	}

	@Test
	void createReplacesTheDeadWhateverTheyHeld() {
		leaveDead(ShutdownPolicy.UNLINK_IF_LAST);
		assertThat(this.one.list("value").initial("a", "b").mode(OpenMode.CREATE).open()).containsExactly("a", "b");
	}

	@Test
	void createKeepsTheSegmentOfTheDeadThatWasToStay() {
		leaveDead(ShutdownPolicy.CLOSE);
		assertThatExceptionOfType(SegmentExistsException.class)
			.isThrownBy(() -> value(this.one, OpenMode.CREATE).open());
		assertThat(file().hex(8)).isEqualTo("0500000000000000");
		file().delete();
	}

	@Test
	void createKeepsAFileThatOthersMade() {
		SegmentFile.write(this.names, "value", new byte[20_000]);
		assertThatExceptionOfType(SegmentExistsException.class)
			.isThrownBy(() -> value(this.one, OpenMode.CREATE).locked(false).open())
			.withMessageContaining("found a regular file of 20000 bytes");
		file().delete();
		SegmentFile.write(this.names, "value");
		assertThatExceptionOfType(SegmentExistsException.class)
			.isThrownBy(() -> value(this.one, OpenMode.CREATE).open())
			.withMessageContaining("found a regular file of 0 bytes");
		file().delete();
	}

	@Test
	void attachTakesWhatIsThere() {
		value(this.one, OpenMode.CREATE).initial(5L).open();
		SharedValue<Long> attached = value(this.other, OpenMode.ATTACH).initial(6L).open();
		assertThat(attached.get()).isEqualTo(5);
		assertThat(attached.status().onShutdown()).isEqualTo(ShutdownPolicy.CLOSE);
	}

	@Test
	void attachTakesTheCountThatIsThere() {
		this.one.array("array", ElementType.INT16).length(7).open();
		this.one.list("list").initial(1, 2, 3).open();
		this.one.block("block").size(5).open();
		assertThat(this.other.array("array", ElementType.INT16).mode(OpenMode.ATTACH).open().length()).isEqualTo(7);
		assertThat(this.other.list("list").mode(OpenMode.ATTACH).open()).hasSize(3);
		assertThat(this.other.block("block").mode(OpenMode.ATTACH).open().size()).isEqualTo(5);
	}

	@Test
	void attachMissesWhatIsNotThere() {
		assertThatExceptionOfType(SegmentNotFoundException.class)
			.isThrownBy(() -> value(this.one, OpenMode.ATTACH).open())
			.withMessage(
					"Segment '%s' was expected in /dev/shm, found nothing after 0 ms. Start the process that "
							+ "creates it first, raise attach-timeout, or use mode create-or-attach",
					this.names.name("value"));
		assertThatExceptionOfType(SegmentNotFoundException.class)
			.isThrownBy(() -> value(this.one, OpenMode.ATTACH).attachTimeout(Duration.ofMillis(20)).open())
			.withMessageContaining("found nothing after 20 ms");
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void attachWaitsForWhatAppearsWithinItsTimeout() throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			Future<SharedValue<Long>> attached = executor
				.submit(() -> value(this.other, OpenMode.ATTACH).attachTimeout(Duration.ofMinutes(1)).open());
			Awaitility.await().until(() -> isInside(attached, "pauseUntilTimeout"));
			value(this.one, OpenMode.CREATE).initial(5L).open();
			assertThat(attached.get().get()).isEqualTo(5);
		}
		finally {
			executor.shutdown();
		}
	}

	@Test
	void attachThatWaitsIsInterrupted() throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			Future<Boolean> interrupted = executor.submit(() -> {
				Thread.currentThread().interrupt();
				assertThatExceptionOfType(SegmentAccessException.class)
					.isThrownBy(() -> value(this.other, OpenMode.ATTACH).attachTimeout(Duration.ofMinutes(1)).open())
					.withMessageContaining("found this thread interrupted");
				return Thread.currentThread().isInterrupted();
			});
			assertThat(interrupted.get()).isTrue();
		}
		finally {
			executor.shutdown();
		}
	}

	private static boolean isInside(Future<?> task, String method) {
		return !task.isDone() && Thread.getAllStackTraces()
			.values()
			.stream()
			.flatMap(Arrays::stream)
			.anyMatch((frame) -> frame.getMethodName().equals(method));
	}

	@Test
	void negativeAttachTimeoutIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> value(this.one, OpenMode.ATTACH).attachTimeout(Duration.ofNanos(-1)).open())
			.withMessage("Expected an attach timeout of zero or more, found PT-0.000000001S. Use zero to fail at once");
	}

}
