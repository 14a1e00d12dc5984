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

package io.github.shmbeans.manager;

import io.github.shmbeans.error.SharedMemoryException;
import org.jspecify.annotations.Nullable;

/**
 * A manager cannot be started or reached, or it has refused a call.
 */
public class ManagerException extends SharedMemoryException {

	/**
	 * Create the exception.
	 * @param problem what was expected and what was found
	 * @param remedy what to do about it
	 * @param cause the cause, if any
	 */
	public ManagerException(String problem, String remedy, @Nullable Throwable cause) {
		super(problem, remedy, cause);
	}

}
