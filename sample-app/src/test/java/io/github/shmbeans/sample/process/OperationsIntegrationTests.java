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

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what an operator sees of a running instance.
 */
@Tag("slow")
class OperationsIntegrationTests {

	@RegisterExtension
	private final Instances instances = new Instances();

	@Test
	void metersOfSegmentsAndLocksAreExposed() {
		Instance instance = this.instances.start();
		assertThat(measurement(instance, "shm.segment.size?tag=segment:sensor-readings")).isGreaterThan(8 * 1024);
		assertThat(measurement(instance, "shm.lock.contention?tag=segment:ledger")).isZero();
		assertThat(instance.text("/actuator/prometheus"))
			.containsPattern("shm_segment_size_bytes\\{[^}]*segment=\"job-status\"")
			.containsPattern("shm_lock_contention[a-z_]*\\{[^}]*segment=\"request-count\"")
			.contains("shm_filesystem_free_bytes");
	}

	private static double measurement(Instance instance, String meter) {
		return instance.get("/actuator/metrics/" + meter).path("measurements").path(0).path("value").asDouble();
	}

	@Test
	void everyInstanceIsCountedAndListedAsAttached() {
		Instance one = this.instances.start("--spring.application.name=one");
		this.instances.start("--spring.application.name=other");
		assertThat(measurement(one, "shm.segment.attachments?tag=segment:primes")).isEqualTo(2);
		assertThat(one.text("/actuator/shm")).contains("\"one\"", "\"other\"",
				'"' + this.instances.namespace() + "primes\"");
	}

	@Test
	void healthIsUp() {
		JsonNode health = this.instances.start().get("/actuator/health");
		assertThat(health.path("status").asString("")).isEqualTo("UP");
		assertThat(health.path("components").path("shm").path("status").asString("")).isEqualTo("UP");
	}

	@Test
	void contentsAreNotShown() {
		Instance instance = this.instances.start();
		assertThat(instance.text("/actuator/shm/job-status")).contains("job-status").doesNotContain("howdy");
	}

}
