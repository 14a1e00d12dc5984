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
 * A value has a Java type that the element type does not take, or an accessor was used
 * that the element type does not have; nothing was written.
 */
public class WrongTypeException extends IllegalArgumentException {

	/**
	 * Create the exception.
	 * @param expected what would have fitted
	 * @param found what was found
	 * @param remedy what to do about it
	 */
	public WrongTypeException(String expected, String found, String remedy) {
		super("Expected %s, found %s. %s".formatted(expected, found, remedy));
	}

}
