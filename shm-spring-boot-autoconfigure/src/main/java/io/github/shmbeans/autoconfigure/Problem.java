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

import io.github.shmbeans.error.InvalidOptionException;
import io.github.shmbeans.error.SharedMemoryException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;

/**
 * What is wrong with a property.
 *
 * @param property the name of the property
 * @param value the value as it was declared, or {@code null} if the property is not set
 * @param origin where the property was set, or its entry if the property was not
 * @param reason what was expected and what was found
 * @param action what to do about it
 */
record Problem(String property, @Nullable Object value, @Nullable Origin origin, String reason, String action) {

	/**
	 * Name the option that an exception of the library does not name.
	 */
	static InvalidOptionException invalidOption(String option, RuntimeException ex) {
		if (ex instanceof InvalidOptionException invalid) {
			return invalid;
		}
		if (ex instanceof SharedMemoryException failure) {
			return new InvalidOptionException(option, failure.problem(), failure.remedy());
		}
		String message = String.valueOf(ex.getMessage());
		int end = message.lastIndexOf(". ");
		return (end >= 0) ? new InvalidOptionException(option, message.substring(0, end), message.substring(end + 2))
				: new InvalidOptionException(option, message, "Correct the declaration");
	}

	@Override
	public String toString() {
		return "Property '%s' (%s): %s. %s".formatted(this.property, (this.origin != null) ? this.origin : "not set",
				this.reason, this.action);
	}

}
