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
 * A holder of the lock died while it held it: what the lock guards may be half-written.
 */
public class OwnerDiedException extends SharedMemoryException {

	/**
	 * Create the exception.
	 * @param problem what was expected and what was found
	 * @param remedy what to do about it
	 */
	public OwnerDiedException(String problem, String remedy) {
		this(problem, remedy, null);
	}

	/**
	 * Create the exception with the failure of a repair.
	 * @param problem what was expected and what was found
	 * @param remedy what to do about it
	 * @param cause the failure of the repair, if one was tried
	 */
	public OwnerDiedException(String problem, String remedy, @Nullable Throwable cause) {
		super(problem, remedy, cause);
	}

}
