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
 * A value does not fit the element type. It is refused, never wrapped; nothing was
 * written.
 */
public class ValueOutOfRangeException extends IllegalArgumentException {

	/**
	 * Create the exception.
	 * @param type the element type's name
	 * @param range the values that it takes, such as {@code 0 to 255}
	 * @param found the value that was given; it begins the message
	 */
	public ValueOutOfRangeException(String type, String range, Object found) {
		this(type, range, found, "Use a wider element type or a value in range");
	}

	/**
	 * Create the exception.
	 * @param type the element type's name
	 * @param range the values that it takes
	 * @param found the value that was given; it begins the message
	 * @param remedy what to do about it
	 */
	public ValueOutOfRangeException(String type, String range, Object found, String remedy) {
		super("%s does not fit %s (%s). %s".formatted(found, type, range, remedy));
	}

}
