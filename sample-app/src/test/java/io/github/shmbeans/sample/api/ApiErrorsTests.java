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

import java.util.stream.Stream;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.error.LockTimeoutException;
import io.github.shmbeans.error.OwnerDiedException;
import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.sample.testing.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.BDDMockito;
import org.mockito.Mockito;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/**
 * Tests for {@link ApiErrors}, with a value that fails as a segment does in trouble.
 */
class ApiErrorsTests {

	private final SharedValue<Long> value = Mockito.mock();

	private final MockMvcTester mvc = MockMvcTester
		.create(MockMvcBuilders.standaloneSetup(new ValueController(beans(), JsonMapper.shared()))
			.setControllerAdvice(new ApiErrors())
			.build());

	private SharedBeans beans() {
		SharedBeans beans = Mockito.mock();
		BDDMockito.<SharedValue<?>>given(beans.value("troubled")).willReturn(this.value);
		return beans;
	}

	static Stream<Arguments> troubles() {
		return Stream.of(Arguments.of(new OwnerDiedException("a", "b"), HttpStatus.CONFLICT),
				Arguments.of(new InvalidSegmentException("a"), HttpStatus.CONFLICT),
				Arguments.of(new LockTimeoutException("a", "b"), HttpStatus.SERVICE_UNAVAILABLE),
				Arguments.of(new SegmentClosedException("a"), HttpStatus.SERVICE_UNAVAILABLE));
	}

	@ParameterizedTest
	@MethodSource("troubles")
	void aSegmentInTroubleIsNoInternalError(RuntimeException trouble, HttpStatus status) {
		BDDMockito.given(this.value.get()).willThrow(trouble);
		Problems.assertRefused(this.mvc.get().uri("/api/values/troubled").exchange(), status, trouble.getMessage());
	}

	@Test
	void aReadOnlyBeanIsForbiddenToWrite() {
		BDDMockito.given(this.value.elementType()).willReturn(ElementType.INT64);
		BDDMockito.willThrow(new UnsupportedOperationException("read-only")).given(this.value).set(1L);
		Problems.assertRefused(this.mvc.put()
			.uri("/api/values/troubled")
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"value\": 1}")
			.exchange(), HttpStatus.FORBIDDEN, "read-only");
	}

}
