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

import io.github.shmbeans.sample.testing.SampleTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application that shares nothing.
 */
@SampleTest("shm.enabled=false")
class NoBeansTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void startsAndListsNothing() {
		assertThat(this.mvc.get().uri("/api")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
				{"values": {}, "arrays": {}, "lists": {}}""");
	}

	@Test
	void servesThePageAndMeasuresNothing() {
		assertThat(this.mvc.get().uri("/")).hasStatusOk().hasForwardedUrl("index.html");
		assertThat(this.mvc.post().uri("/measurements")).hasStatus4xxClientError();
	}

}
