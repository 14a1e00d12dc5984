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

package io.github.shmbeans.sample.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for two instances that share their beans.
 */
class SharingIntegrationTests {

	private static final int THREADS = 4;

	private static final int INCREMENTS = 10_000;

	@RegisterExtension
	private final Instances instances = new Instances();

	@Test
	@Tag("slow")
	void incrementsThroughBothAreAllCounted() throws Exception {
		Instance one = this.instances.launch();
		Instance other = this.instances.launch();
		List<Instance> both = List.of(one.awaitReady(), other.awaitReady());
		ExecutorService executor = Executors.newFixedThreadPool(2 * THREADS);
		try {
			List<Future<?>> clients = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				both.forEach((instance) -> clients.add(executor.submit(() -> increment(instance))));
			}
			for (Future<?> client : clients) {
				client.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		for (Instance instance : both) {
			assertThat(instance.get("/api/values/request-count").path("value").asLong()).isEqualTo(2 * INCREMENTS);
		}
		assertThat(one.terminate()).isEqualTo(143);
		assertThat(other.terminate()).isEqualTo(143);
		assertThat(this.instances.segments()).isEmpty();
	}

	private static void increment(Instance instance) {
		for (int i = 0; i < INCREMENTS / THREADS; i++) {
			assertThat(instance.post("/api/values/request-count/increment")).isEqualTo(200);
		}
	}

	@Test
	void whatOneWritesTheOtherReads() {
		Instance one = this.instances.start();
		Instance other = this.instances.start();
		one.put("/api/arrays/sensor-readings/17", "0.1");
		other.put("/api/arrays/primes/3", "11");
		one.put("/api/arrays/banner/0", "\"J\"");
		other.put("/api/lists/job-status/0", "{\"bytes\": \"aG93ZHk=\"}");
		assertThat(other.text("/api/arrays/sensor-readings?from=16&count=3"))
			.isEqualTo("{\"length\":1024,\"values\":[0.0,0.1,0.0]}");
		assertThat(one.text("/api/arrays/primes")).isEqualTo("{\"length\":4,\"values\":[2,3,5,11]}");
		assertThat(other.text("/api/arrays/banner?count=2")).contains("[\"J\",\"e\"]");
		assertThat(one.text("/api/lists/job-status")).contains("[{\"bytes\":\"aG93ZHk=\"},-273.154,100,true]");
	}

	@Test
	@Tag("slow")
	void theDataLivesAsLongAsAnInstance() {
		Instance first = this.instances.start();
		Instance second = this.instances.start();
		first.put("/api/values/request-count", "7");
		assertThat(first.terminate()).isEqualTo(143);
		Instance third = this.instances.start();
		assertThat(second.terminate()).isEqualTo(143);
		assertThat(third.get("/api/values/request-count").path("value").asInt()).isEqualTo(7);
		Instance fourth = this.instances.start();
		assertThat(fourth.get("/api/values/request-count").path("value").asInt()).isEqualTo(7);
		assertThat(fourth.terminate()).isEqualTo(143);
		assertThat(third.terminate()).isEqualTo(143);
		assertThat(this.instances.segments()).isEmpty();
		assertThat(this.instances.start().get("/api/values/request-count").path("value").asInt()).isZero();
	}

	@Test
	void beansGivenOnTheCommandLineAreServed() {
		Instance instance = this.instances.start("--shm.arrays.x.type=int", "--shm.arrays.x.length=3",
				"--shm.values.half-way.type=float", "--shm.values.half-way.initial=0.5",
				"--shm.lists.pair.initial[0]=left", "--shm.lists.pair.initial[1]=2");
		instance.put("/api/arrays/x/2", "-5");
		assertThat(instance.text("/api/arrays/x")).isEqualTo("{\"length\":3,\"values\":[0,0,-5]}");
		assertThat(instance.text("/api/values/half-way")).isEqualTo("{\"value\":0.5}");
		assertThat(instance.text("/api/lists/pair")).isEqualTo("{\"format\":[\"8s\",\"q\"],\"values\":[\"left\",2]}");
	}

}
