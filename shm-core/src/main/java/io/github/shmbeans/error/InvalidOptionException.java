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

/**
 * An option of a segment is out of range, contradicts another, or its initial data does
 * not fit. Nothing was opened.
 */
public class InvalidOptionException extends IllegalArgumentException {

	private final String option;

	private final String problem;

	private final String remedy;

	/**
	 * Create the exception.
	 * @param option the option, as it is written in properties, such as
	 * {@code lock-timeout}
	 * @param problem what was expected and what was found
	 * @param remedy what to do about it
	 */
	public InvalidOptionException(String option, String problem, String remedy) {
		super(problem + ". " + remedy);
		this.option = option;
		this.problem = problem;
		this.remedy = remedy;
	}

	/**
	 * The option that is wrong.
	 * @return its name in properties
	 */
	public String option() {
		return this.option;
	}

	/**
	 * What was expected and what was found.
	 * @return a sentence without full stop
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * What to do about it.
	 * @return a sentence without full stop
	 */
	public String remedy() {
		return this.remedy;
	}

}
