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

package io.github.shmbeans.lifecycle;

import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.ShutdownPolicy;
import io.github.shmbeans.error.SegmentExistsException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A name is removed only if it leads to the segment that is to go, whoever removes and
 * creates at the same moment.
 */
@Tag("slow")
@Tag("any-jdk")
class NameRemovalTests {

	private static final int ROUNDS = Integer.getInteger("removal.rounds", 3_000);

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final ExecutorService executor = Executors.newFixedThreadPool(3);

	private final CyclicBarrier barrier = new CyclicBarrier(3);

	@AfterEach
	void shutDown() {
		this.executor.shutdownNow();
	}

	private SharedMemoryManager manager() {
		return SharedMemoryManager.builder().namespace(this.names.prefix()).closeOnExit(false).build();
	}

	private static SharedValue<Long> open(SharedMemoryManager manager, OpenMode mode, ShutdownPolicy policy) {
		return manager.value("value", ElementType.INT64).mode(mode).onShutdown(policy).open();
	}

	private <T> Future<T> atOnce(Callable<T> action) {
		return this.executor.submit(() -> {
			this.barrier.await();
			return action.call();
		});
	}

	private static SharedValue<Long> create(SharedMemoryManager manager) {
		while (true) {
			try {
				return open(manager, OpenMode.CREATE, ShutdownPolicy.UNLINK);
			}
			catch (SegmentExistsException ex) {
				Thread.onSpinWait();
			}
		}
	}

	@Test
	void closesThatUnlinkLeaveASegmentThatIsCreatedMeanwhileAlone() throws Exception {
		for (int i = 0; i < ROUNDS; i++) {
			try (SharedMemoryManager one = manager();
					SharedMemoryManager two = manager();
					SharedMemoryManager third = manager()) {
				SharedValue<Long> first = open(one, OpenMode.CREATE, ShutdownPolicy.UNLINK);
				SharedValue<Long> second = open(two, OpenMode.ATTACH, ShutdownPolicy.UNLINK);
				Future<SharedValue<Long>> created = atOnce(() -> create(third));
				Future<?> firstClosed = atOnce(Executors.callable(first::close));
				Future<?> secondClosed = atOnce(Executors.callable(second::close));
				firstClosed.get();
				secondClosed.get();
				assertThat(created.get().status().linked()).as("round %d", i).isTrue();
			}
		}
	}

	@Test
	void explicitUnlinksLeaveASegmentThatIsCreatedMeanwhileAlone() throws Exception {
		for (int i = 0; i < ROUNDS; i++) {
			try (SharedMemoryManager one = manager();
					SharedMemoryManager two = manager();
					SharedMemoryManager third = manager()) {
				SharedValue<Long> first = open(one, OpenMode.CREATE, ShutdownPolicy.CLOSE);
				SharedValue<Long> second = open(two, OpenMode.ATTACH, ShutdownPolicy.CLOSE);
				Future<SharedValue<Long>> created = atOnce(() -> create(third));
				Future<?> firstUnlinked = atOnce(Executors.callable(first::unlink));
				Future<?> secondUnlinked = atOnce(Executors.callable(second::unlink));
				firstUnlinked.get();
				secondUnlinked.get();
				assertThat(created.get().status().linked()).as("round %d", i).isTrue();
			}
		}
	}

}
