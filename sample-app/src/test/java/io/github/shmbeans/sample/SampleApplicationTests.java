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

package io.github.shmbeans.sample;

import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.sample.testing.Patience;
import io.github.shmbeans.sample.testing.Problems;
import io.github.shmbeans.sample.testing.SampleTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the application does of its own.
 */
@SampleTest("sample.sensor.interval=200ms")
class SampleApplicationTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private SharedValue<Long> requestCount;

	@Autowired
	private ShareableList jobStatus;

	@Autowired
	private SharedLock ledger;

	@Autowired
	private SharedMemory frame;

	@Test
	void requestsForThePageAreCounted() {
		this.requestCount.set(41L);
		assertThat(this.mvc.get().uri("/")).hasStatusOk().hasForwardedUrl("/index.html");
		assertThat(this.mvc.get().uri("/api/values/request-count")).hasStatusOk();
		assertThat(this.requestCount.get()).isEqualTo(42);
	}

	@Test
	void thePageIsServedWhileTheCountStaysAtItsMaximum() {
		this.requestCount.set(Long.MAX_VALUE - 1);
		for (int i = 0; i < 3; i++) {
			assertThat(this.mvc.get().uri("/")).hasStatusOk().hasForwardedUrl("/index.html");
			assertThat(this.requestCount.get()).isEqualTo(Long.MAX_VALUE);
		}
	}

	@Test
	void thePageNeedsNothingFromOutside() {
		assertThat(this.mvc.get().uri("/index.html")).hasStatusOk()
			.hasContentTypeCompatibleWith(MediaType.TEXT_HTML)
			.bodyText()
			.contains("<title>Shared Memory Beans</title>")
			.doesNotContain("src=", "url(", "http:", "https:");
	}

	@Test
	void aMeasurementEndsWhenAnyoneWritesAnotherPhase() {
		assertThat(this.mvc.post().uri("/measurements")).hasStatus(HttpStatus.ACCEPTED);
		Problems.assertRefused(this.mvc.post().uri("/measurements").exchange(), HttpStatus.CONFLICT,
				"found an instance measuring");
		this.jobStatus.set(0, "enough");
		Patience.await("end of the measurement").until(() -> !this.ledger.isLocked());
		assertThat(this.jobStatus.get(0)).isEqualTo("stopped");
		assertThat(this.jobStatus.get(3)).isEqualTo(true);
	}

	@Test
	void aBlockIsDeclaredToo() {
		assertThat(this.frame.size()).isEqualTo(4 * 1024 * 1024);
	}

}
