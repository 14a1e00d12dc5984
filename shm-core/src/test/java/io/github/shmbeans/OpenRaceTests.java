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
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attachments that come and go at the same moment.
 */
class OpenRaceTests {

	private static final int RACERS = 4;

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private SharedMemoryManager manager() {
		return SharedMemoryManager.builder().namespace(this.names.prefix()).build();
	}

	@RepeatedTest(5)
	void racingCreatorsMakeOneSegmentAndLeaveNone() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(RACERS);
		CyclicBarrier barrier = new CyclicBarrier(RACERS);
		try {
			List<Future<?>> threads = new ArrayList<>();
			for (int i = 0; i < RACERS; i++) {
				threads.add(executor.submit(() -> {
					try {
						race(barrier);
					}
					finally {
						barrier.reset();
					}
					return null;
				}));
			}
			for (Future<?> thread : threads) {
				thread.get();
			}
		}
		finally {
			executor.shutdown();
		}
	}

	private void race(CyclicBarrier barrier) throws Exception {
		for (int round = 0; round < 25; round++) {
			barrier.await();
			try (SharedMemoryManager racer = manager()) {
				SharedValue<Long> value = racer.value("value", ElementType.INT64).initial(7L).open();
				assertThat(value.getAndAdd(1L)).isBetween(7L, 7L + RACERS - 1);
				barrier.await();
				assertThat(value.get()).isEqualTo(7 + RACERS);
				assertThat(value.status().attachments()).hasSize(RACERS);
				barrier.await();
			}
			barrier.await();
			assertThat(this.names.existing()).isEmpty();
		}
	}

	@RepeatedTest(3)
	void openingAndClosingAtAnyMomentNeverMeetsAHalfMadeOrRemovedSegment() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(RACERS);
		try {
			List<Future<?>> threads = new ArrayList<>();
			for (int i = 0; i < RACERS; i++) {
				threads.add(executor.submit(() -> {
					for (int round = 0; round < 200; round++) {
						try (SharedMemoryManager racer = manager()) {
							SharedValue<Long> value = racer.value("value", ElementType.INT64).initial(7L).open();
							assertThat(value.get()).isEqualTo(7);
							assertThat(value.status().linked()).isTrue();
						}
					}
				}));
			}
			for (Future<?> thread : threads) {
				thread.get();
			}
		}
		finally {
			executor.shutdown();
		}
		assertThat(this.names.existing()).isEmpty();
	}

}
