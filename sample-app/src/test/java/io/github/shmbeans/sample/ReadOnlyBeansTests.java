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

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.sample.testing.Problems;
import io.github.shmbeans.sample.testing.SampleTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for beans that another process writes and this one only reads.
 */
@SampleTest({ "shm.values.request-count.access=read-only", "shm.values.request-count.mode=attach",
		"shm.values.request-count.segment-name=${sample.test.names}count", "shm.lists.job-status.access=read-only",
		"shm.lists.job-status.mode=attach", "shm.lists.job-status.segment-name=${sample.test.names}status" })
class ReadOnlyBeansTests {

	private static final String NAMES = "sample-read-only-%d-".formatted(ProcessHandle.current().pid());

	private static final SharedMemoryManager WRITER = SharedMemoryManager.builder().namespace(NAMES).build();

	@Autowired
	private MockMvcTester mvc;

	@BeforeAll
	static void create() {
		System.setProperty("sample.test.names", NAMES);
		WRITER.value("count", ElementType.INT64).initial(7L).open();
		WRITER.list("status").initial("howdy", -273.154, 100, true).open();
	}

	@AfterAll
	static void close() {
		System.clearProperty("sample.test.names");
		WRITER.close();
	}

	@Test
	void thePageIsServedWithoutCounting() {
		assertThat(this.mvc.get().uri("/")).hasStatusOk().hasForwardedUrl("/index.html");
		assertThat(this.mvc.get().uri("/api/values/request-count")).bodyJson().extractingPath("$.value").isEqualTo(7);
	}

	@Test
	void measurementIsRefused() {
		Problems.assertRefused(this.mvc.post().uri("/measurements").exchange(), HttpStatus.FORBIDDEN, "read-only");
	}

}
