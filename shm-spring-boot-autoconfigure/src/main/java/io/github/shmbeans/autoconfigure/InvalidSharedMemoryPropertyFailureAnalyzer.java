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

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says which property is wrong, where it was set, what was expected and what to do.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class InvalidSharedMemoryPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSharedMemoryPropertyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSharedMemoryPropertyException cause) {
		StringBuilder description = new StringBuilder("Shared memory could not be set up as declared:%n".formatted());
		append(description, "Property: %s", cause.property());
		if (cause.value() != null) {
			append(description, "Value: \"%s\"", cause.value());
		}
		if (cause.origin() != null) {
			append(description, "Origin: %s", cause.origin());
		}
		append(description, "Reason: %s", cause.reason());
		return new FailureAnalysis(description.toString(), cause.action(), cause);
	}

	private static void append(StringBuilder description, String format, Object argument) {
		description.append("%n    ".formatted()).append(format.formatted(argument));
	}

}
