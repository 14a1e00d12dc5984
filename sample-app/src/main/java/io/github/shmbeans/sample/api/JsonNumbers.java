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

package io.github.shmbeans.sample.api;

import tools.jackson.databind.JsonNode;

/**
 * Floating-point numbers in JSON, which has no form for those that are not finite.
 */
final class JsonNumbers {

	private JsonNumbers() {
	}

	/**
	 * A JSON number as a double.
	 * @param json the number
	 * @return the nearest double, never an infinite one
	 */
	static double finite(JsonNode json) {
		if (json.isNumber()) {
			double number = json.numberValue().doubleValue();
			if (Double.isFinite(number)) {
				return number;
			}
		}
		throw new IllegalArgumentException("Expected a number in the range of a double, found " + Found.describe(json));
	}

	/**
	 * A double that has no JSON number.
	 * @param json its name
	 * @return the double
	 */
	static double notFinite(JsonNode json) {
		return switch (json.asString("")) {
			case "NaN" -> Double.NaN;
			case "Infinity" -> Double.POSITIVE_INFINITY;
			case "-Infinity" -> Double.NEGATIVE_INFINITY;
			default -> throw new IllegalArgumentException(
					"Expected a number, \"NaN\", \"Infinity\" or \"-Infinity\", found " + Found.describe(json));
		};
	}

}
