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
 * The bytes of a segment are not what they claim to be: truncated, corrupt or hostile.
 * Nothing was written.
 */
public class InvalidSegmentException extends SharedMemoryException {

	/**
	 * Create the exception with the general remedy: remove the segment.
	 * @param problem what was expected and what was found
	 */
	public InvalidSegmentException(String problem) {
		this(problem, "Stop its users, remove the file from /dev/shm and start again");
	}

	/**
	 * Create the exception.
	 * @param problem what was expected and what was found
	 * @param remedy what to do about it
	 */
	public InvalidSegmentException(String problem, String remedy) {
		super(problem, remedy);
	}

}
