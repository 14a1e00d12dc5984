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

package io.github.shmbeans.error;

import org.jspecify.annotations.Nullable;

/**
 * Base of the errors of shared segments. The message is the problem (expected, found)
 * followed by the remedy; both are also available apart.
 */
public abstract class SharedMemoryException extends RuntimeException {

	private final String problem;

	private final String remedy;

	/**
	 * Create the exception.
	 * @param problem what was expected and what was found
	 * @param remedy what to do about it
	 */
	protected SharedMemoryException(String problem, String remedy) {
		this(problem, remedy, null);
	}

	/**
	 * Create the exception with the error that caused it.
	 * @param problem what was expected and what was found
	 * @param remedy what to do about it
	 * @param cause the cause, if any
	 */
	protected SharedMemoryException(String problem, String remedy, @Nullable Throwable cause) {
		super(problem + ". " + remedy, cause);
		this.problem = problem;
		this.remedy = remedy;
	}

	/**
	 * What was expected and what was found.
	 * @return the problem, without the remedy
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * What to do about it.
	 * @return the remedy
	 */
	public String remedy() {
		return this.remedy;
	}

}
