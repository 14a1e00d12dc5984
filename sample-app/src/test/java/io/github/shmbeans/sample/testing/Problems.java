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

package io.github.shmbeans.sample.testing;

import org.assertj.core.api.Assertions;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/**
 * Asserts that a request was refused with a problem detail.
 */
public final class Problems {

	private Problems() {
	}

	public static void assertRefused(MvcTestResult answer, HttpStatus status, String detail) {
		Assertions.assertThat(answer).hasStatus(status).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
		Assertions.assertThat(answer).bodyJson().extractingPath("$.status").isEqualTo(status.value());
		Assertions.assertThat(answer).bodyJson().extractingPath("$.detail").asString().contains(detail);
	}

}
