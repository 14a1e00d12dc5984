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

package io.github.shmbeans.sample.api;

import io.github.shmbeans.sample.testing.Problems;
import io.github.shmbeans.sample.testing.SampleTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IndexController}, and for what is not there.
 */
@SampleTest
class IndexApiTests {

	@Autowired
	private MockMvcTester mvc;

	@Value("${shm.namespace}")
	private String namespace;

	@Test
	void listsTheDeclaredBeans() {
		assertThat(this.mvc.get().uri("/api")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
				{
				  "values": {"request-count": {"segment": "NSrequest-count", "type": "int64"}},
				  "arrays": {
				    "banner": {"segment": "NSbanner", "type": "char", "length": 64},
				    "primes": {"segment": "NSprimes", "type": "int32", "length": 4},
				    "sensor-readings": {"segment": "NSsensor-readings", "type": "float64", "length": 1024}
				  },
				  "lists": {"job-status": {"segment": "NSjob-status", "length": 4}}
				}""".replace("NS", this.namespace));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/", "/api/values", "/api/blocks/frame", "/nope" })
	void anUnknownPathIsNotFound(String path) {
		Problems.assertRefused(this.mvc.get().uri(path).exchange(), HttpStatus.NOT_FOUND, "");
	}

}
