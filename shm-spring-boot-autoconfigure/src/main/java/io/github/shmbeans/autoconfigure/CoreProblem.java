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

/**
 * What an exception of the library says: the problem, and the remedy in the last sentence
 * of its message.
 *
 * @param reason what was expected and what was found
 * @param action what to do about it
 */
record CoreProblem(String reason, String action) {

	static CoreProblem of(RuntimeException ex) {
		if (ex instanceof SharedMemoryException failure) {
			return new CoreProblem(failure.problem(), failure.remedy());
		}
		String message = String.valueOf(ex.getMessage());
		int end = message.lastIndexOf(". ");
		return (end >= 0) ? new CoreProblem(message.substring(0, end), message.substring(end + 2))
				: new CoreProblem(message, "Correct the declaration");
	}

}
