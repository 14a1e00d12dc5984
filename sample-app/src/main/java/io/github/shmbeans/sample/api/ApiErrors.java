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

import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.error.LockTimeoutException;
import io.github.shmbeans.error.OwnerDiedException;
import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.sample.SampleApplication;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers with a problem detail for what the beans refuse.
 */
@RestControllerAdvice(basePackageClasses = SampleApplication.class)
class ApiErrors {

	@ExceptionHandler
	ProblemDetail refused(IllegalArgumentException ex) {
		return problem(HttpStatus.BAD_REQUEST, ex);
	}

	@ExceptionHandler
	ProblemDetail readOnly(UnsupportedOperationException ex) {
		return problem(HttpStatus.FORBIDDEN, ex);
	}

	@ExceptionHandler({ OwnerDiedException.class, InvalidSegmentException.class })
	ProblemDetail unfit(RuntimeException ex) {
		return problem(HttpStatus.CONFLICT, ex);
	}

	@ExceptionHandler({ LockTimeoutException.class, SegmentClosedException.class })
	ProblemDetail unavailable(RuntimeException ex) {
		return problem(HttpStatus.SERVICE_UNAVAILABLE, ex);
	}

	private static ProblemDetail problem(HttpStatus status, RuntimeException ex) {
		return ProblemDetail.forStatusAndDetail(status, String.valueOf(ex.getMessage()));
	}

}
