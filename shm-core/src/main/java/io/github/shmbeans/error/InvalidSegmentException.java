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

import java.util.Locale;

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

	private InvalidSegmentException(String problem, InvalidSegmentException cause) {
		super(problem, cause.remedy(), cause);
	}

	/**
	 * The same for those who see several segments.
	 * @param name the name of the segment
	 * @return an exception that names it, with this one as its cause
	 */
	public InvalidSegmentException inSegment(String name) {
		String start = problem().substring(0, 1).toLowerCase(Locale.ROOT);
		return new InvalidSegmentException("Segment '%s': %s%s".formatted(name, start, problem().substring(1)), this);
	}

}
