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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SegmentListenerTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final List<String> calls = new ArrayList<>();

	private String refuses = "";

	private Runnable told = () -> {
	};

	private final SharedMemoryManager manager = SharedMemoryManager.builder()
		.namespace(this.names.prefix())
		.listener(new Recorder())
		.build();

	@AfterEach
	void closeManager() {
		this.refuses = "";
		this.manager.close();
	}

	@Test
	void openingAndClosingAreToldInOrderAndClosingLastFirst() {
		this.manager.value("a", ElementType.INT64).open();
		this.manager.lock("b").open();
		this.manager.list("c").initial(1).open();
		assertThat(this.calls).containsExactly("opened a", "opened b", "opened c");
		this.manager.close();
		assertThat(this.calls.subList(3, 6)).containsExactly("closed c", "closed b", "closed a");
		this.manager.close();
		assertThat(this.calls).hasSize(6);
	}

	@Test
	void segmentThatIsClosedAloneIsToldOnce() {
		SharedValue<Long> value = this.manager.value("a", ElementType.INT64).open();
		value.close();
		value.close();
		this.manager.close();
		assertThat(this.calls).containsExactly("opened a", "closed a");
	}

	@Test
	void copyIsToldUnderItsName() {
		this.manager.value("a", ElementType.INT64).open().copy(this.names.name("copy"));
		assertThat(this.calls).containsExactly("opened a", "opened " + this.names.name("copy"));
	}

	@Test
	void copyIsToldWithoutTheLockOfTheSource() {
		List<Boolean> held = new ArrayList<>();
		SharedValue<Long> value = this.manager.value("a", ElementType.INT64).open();
		this.told = () -> held.add(value.lock().isHeldByCurrentThread());
		value.copy(this.names.name("copy"));
		assertThat(held).containsExactly(false);
	}

	@Test
	void copyThatTheManagerRefusesIsNotCreated() {
		SharedValue<Long> value = this.manager.value("a", ElementType.INT64).open();
		String copy = this.names.name("copy");
		this.manager.value(copy, ElementType.INT64).segmentName(this.names.name("b")).open();
		assertThatIllegalStateException().isThrownBy(() -> value.copy(copy)).withMessageContaining("'%s' in use", copy);
		assertThat(this.names.path("copy")).doesNotExist();
	}

	/**
	 * Two threads that close a segment each, of which the listener closes the other.
	 */
	@Test
	void listenerMayCloseWhatAnotherThreadIsClosing() throws Exception {
		CyclicBarrier both = new CyclicBarrier(2);
		List<SharedSegment> pair = new ArrayList<>();
		SegmentListener listener = new SegmentListener() {

			@Override
			public void closed(String key, SharedSegment segment) {
				if (pair.contains(segment)) {
					await(both);
					pair.forEach(SharedSegment::close);
				}
			}

		};
		try (SharedMemoryManager other = SharedMemoryManager.builder()
			.namespace(this.names.prefix())
			.listener(listener)
			.build()) {
			pair.add(other.value("one", ElementType.INT64).open());
			pair.add(other.value("two", ElementType.INT64).open());
			ExecutorService executor = Executors.newFixedThreadPool(2);
			List<Future<?>> closes = new ArrayList<>();
			pair.forEach((segment) -> closes.add(executor.submit(segment::close)));
			for (Future<?> close : closes) {
				close.get(1, TimeUnit.MINUTES);
			}
			executor.shutdown();
		}
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(1, TimeUnit.MINUTES);
		}
		catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void failedOpeningIsNotTold() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.manager.block("block").open());
		assertThatIllegalArgumentException().isThrownBy(() -> this.manager.list("list").initial(new Object()).open());
		assertThat(this.calls).isEmpty();
	}

	@Test
	void listenerThatRefusesASegmentClosesIt() {
		this.refuses = "opened a";
		assertThatIllegalStateException().isThrownBy(() -> this.manager.value("a", ElementType.INT64).open())
			.withMessage("opened a");
		assertThat(this.calls).containsExactly("opened a", "closed a");
		assertThat(this.manager.segments()).isEmpty();
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void allAreClosedEvenIfTheListenerFailsAndTheFailuresAreThrownTogether() {
		List<SharedSegment> segments = List.of(this.manager.value("a", ElementType.INT64).open(),
				this.manager.value("b", ElementType.INT64).open(), this.manager.value("c", ElementType.INT64).open());
		this.refuses = "closed a closed c";
		assertThatIllegalStateException().isThrownBy(this.manager::close)
			.withMessage("closed c")
			.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement()
				.satisfies((suppressed) -> assertThat(suppressed).hasMessage("closed a")));
		assertThat(segments).allMatch(SharedSegment::isClosed);
		assertThat(this.manager.segments()).isEmpty();
		assertThat(this.names.existing()).isEmpty();
	}

	private final class Recorder implements SegmentListener {

		@Override
		public void opened(String key, SharedSegment segment) {
			assertThat(segment.isClosed()).isFalse();
			assertThat(SegmentListenerTests.this.manager.segments()).containsEntry(key, segment);
			SegmentListenerTests.this.told.run();
			record("opened " + key);
		}

		@Override
		public void closed(String key, SharedSegment segment) {
			assertThat(segment.isClosed()).isTrue();
			assertThat(SegmentListenerTests.this.manager.segments()).doesNotContainKey(key);
			record("closed " + key);
		}

		private void record(String call) {
			SegmentListenerTests.this.calls.add(call);
			if (SegmentListenerTests.this.refuses.contains(call)) {
				throw new IllegalStateException(call);
			}
		}

	}

}
