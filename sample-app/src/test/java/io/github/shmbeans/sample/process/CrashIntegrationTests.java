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

import io.github.shmbeans.sample.testing.Patience;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for instances that end without a chance to tidy up.
 */
@Tag("slow")
class CrashIntegrationTests {

	@RegisterExtension
	private final Instances instances = new Instances();

	@Test
	void theOtherInstanceWorksOnAndTidiesUp() {
		Instance victim = this.instances.start();
		Instance survivor = this.instances.start();
		victim.put("/api/values/request-count", "41");
		assertThat(victim.kill()).isEqualTo(137);
		assertThat(survivor.post("/api/values/request-count/increment")).isEqualTo(200);
		assertThat(survivor.get("/api/values/request-count").path("value").asInt()).isEqualTo(42);
		assertThat(survivor.terminate()).isEqualTo(143);
		assertThat(this.instances.segments()).isEmpty();
	}

	@Test
	void theNextInstanceCarriesOn() {
		Instance victim = this.instances.start();
		victim.put("/api/values/request-count", "41");
		victim.kill();
		assertThat(this.instances.segments()).isNotEmpty();
		Instance heir = this.instances.start();
		assertThat(heir.get("/api/values/request-count").path("value").asInt()).isEqualTo(41);
		assertThat(heir.terminate()).isEqualTo(143);
		assertThat(this.instances.segments()).isEmpty();
	}

	@Test
	void aMeasurementIsTakenOver() {
		Instance victim = this.instances.start();
		Instance heir = this.instances.start("--sample.sensor.interval=1ms");
		assertThat(victim.post("/measurements")).isEqualTo(202);
		assertThat(heir.post("/measurements")).isEqualTo(409);
		Patience.await("first reading")
			.until(() -> heir.get("/api/lists/job-status").path("values").path(1).asDouble() != 0);
		victim.kill();
		assertThat(heir.post("/measurements")).isEqualTo(202);
		Patience.await("end of the measurement")
			.until(() -> heir.get("/api/lists/job-status").path("values").path(0).asString(""), "finished"::equals);
		assertThat(heir.output()).contains("A process died while it held the lock of 'ledger'");
	}

	@Test
	void aMeasurementEndsWithItsInstance() {
		Instance measuring = this.instances.start();
		Instance watching = this.instances.start();
		assertThat(measuring.post("/measurements")).isEqualTo(202);
		assertThat(measuring.terminate()).isEqualTo(143);
		assertThat(watching.get("/api/lists/job-status").path("values").path(0).asString("")).isEqualTo("stopped");
		assertThat(watching.post("/measurements")).isEqualTo(202);
	}

}
