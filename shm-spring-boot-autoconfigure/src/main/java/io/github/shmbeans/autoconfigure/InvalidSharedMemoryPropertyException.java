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

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Properties of {@code shm.*} that do not fit, or an entry that cannot be opened as
 * declared.
 */
class InvalidSharedMemoryPropertyException extends RuntimeException {

	private final transient List<Problem> problems;

	/**
	 * Create the exception.
	 * @param problems what is wrong, one or more
	 * @param cause the cause of the first problem, if any
	 */
	InvalidSharedMemoryPropertyException(List<Problem> problems, @Nullable Throwable cause) {
		super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")), cause);
		this.problems = List.copyOf(problems);
	}

	List<Problem> problems() {
		return this.problems;
	}

}
