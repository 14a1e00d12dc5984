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
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * One lock for several segments, as CPython's {@code lock=} argument.
 */
class LockOfOtherSegmentTests {

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
		SharedLock ledger = ((LockSegment) this.manager.segments().get("ledger")).lock();
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
