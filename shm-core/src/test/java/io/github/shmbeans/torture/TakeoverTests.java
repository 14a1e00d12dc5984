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

package io.github.shmbeans.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import io.github.shmbeans.testing.ValuePeer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills holders of a lock for which a thread of this process waits, and prints how long
 * it then took to get the lock. Docs quote the figures; the test asserts none.
 */
@Tag("slow")
class TakeoverTests {

	private static final int DEATHS = Integer.getInteger("takeover.deaths", 11);

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	private volatile long killedAt;

	@Test
	void everyDeathOfAHolderIsFoundByTheWaiter() throws InterruptedException {
		List<Duration> delays = new ArrayList<>();
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			SharedValue<Long> value = manager.value(this.names.name("v"), ElementType.INT64)
				.recoveryHandler((segment) -> {
				})
				.open();
			for (int i = 0; i < DEATHS; i++) {
				delays.add(takeOver(value));
			}
			assertThat(value.lock().statistics().recoveries()).isEqualTo(DEATHS);
			assertThat(value.lock().isConsistent()).isTrue();
		}
		Collections.sort(delays);
		System.out.printf("takeover after SIGKILL: %d deaths, median %d ms, longest %d ms%n", DEATHS,
				delays.get(DEATHS / 2).toMillis(), delays.get(DEATHS - 1).toMillis());
	}

	private Duration takeOver(SharedValue<Long> value) throws InterruptedException {
		Peer holder = this.peers.java(ValuePeer.class, value.name());
		holder.expect("open");
		holder.ask("lock");
		Thread killer = new Thread(() -> {
			while (value.lock().waiting() == 0) {
				Thread.onSpinWait();
			}
			this.killedAt = System.nanoTime();
			holder.process().destroyForcibly();
		});
		killer.start();
		value.lock().lock();
		long acquired = System.nanoTime();
		value.lock().unlock();
		killer.join();
		return Duration.ofNanos(acquired - this.killedAt);
	}

}
