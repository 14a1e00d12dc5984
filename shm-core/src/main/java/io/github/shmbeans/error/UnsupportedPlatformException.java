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
 * Shared memory is not available on this operating system or processor, or this JVM may
 * not call the C library.
 */
public class UnsupportedPlatformException extends SharedMemoryException {

	/**
	 * Create the exception.
	 * @param problem what was expected and what was found
	 * @param remedy what to do about it
	 */
	public UnsupportedPlatformException(String problem, String remedy) {
		this(problem, remedy, null);
	}

	/**
	 * Create the exception with the error that caused it.
	 * @param problem what was expected and what was found
	 * @param remedy what to do about it
	 * @param cause the cause, if any
	 */
	public UnsupportedPlatformException(String problem, String remedy, @Nullable Throwable cause) {
		super(problem, remedy, cause);
	}

}
