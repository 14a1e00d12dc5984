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

import java.util.stream.Collectors;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says which properties are wrong, where they were set, what was expected and what to do.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class InvalidSharedMemoryPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSharedMemoryPropertyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSharedMemoryPropertyException cause) {
		StringBuilder description = new StringBuilder("Shared memory could not be set up as declared:%n".formatted());
		cause.problems().forEach((problem) -> append(description, problem));
		String action = cause.problems()
			.stream()
			.map(Problem::action)
			.distinct()
			.collect(Collectors.joining(System.lineSeparator()));
		return new FailureAnalysis(description.toString(), action, cause);
	}

	private static void append(StringBuilder description, Problem problem) {
		description.append("%n    Property: %s".formatted(problem.property()));
		if (problem.value() != null) {
			description.append("%n    Value: \"%s\"".formatted(problem.value()));
		}
		if (problem.origin() != null) {
			description.append("%n    Origin: %s".formatted(problem.origin()));
		}
		description.append("%n    Reason: %s%n".formatted(problem.reason()));
	}

}
