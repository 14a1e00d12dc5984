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

package io.github.shmbeans.autoconfigure;

import io.github.shmbeans.error.SharedMemoryException;
import io.github.shmbeans.error.UnsupportedPlatformException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains errors of shared memory that no declared property has caused: a platform
 * without it, or a segment that the application itself has opened.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class SharedMemoryFailureAnalyzer extends AbstractFailureAnalyzer<SharedMemoryException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SharedMemoryException cause) {
		String action = cause.remedy();
		if (cause instanceof UnsupportedPlatformException) {
			action += ": set 'shm.enabled=false'";
		}
		return new FailureAnalysis(cause.problem(), action, cause);
	}

}
