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

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of a value, an element or an item, in requests and answers.
 *
 * @param value what JSON makes of it
 */
record ValueBody(@Nullable Object value) {

	/**
	 * Take the value out of a request body.
	 * @param body the body
	 * @return the value, possibly JSON's null
	 */
	static JsonNode valueOf(JsonNode body) {
		JsonNode value = body.get("value");
		if (value == null) {
			throw new IllegalArgumentException("Expected a body {\"value\": …}, found " + Found.describe(body));
		}
		return value;
	}

}
