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

import java.util.Base64;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Items of lists in JSON, so that what is read can be written again. An int is a number
 * without a fraction, a float one with a fraction or exponent, None is null. What JSON
 * lacks is an object of one field: <code>{"bytes": "base64"}</code> and, for a float that
 * is not finite, <code>{"float": "NaN"}</code>.
 */
final class JsonItems {

	private static final String BYTES = "bytes";

	private static final String FLOAT = "float";

	private JsonItems() {
	}

	static @Nullable Object toJson(@Nullable Object item) {
		if (item instanceof byte[] bytes) {
			return Map.of(BYTES, Base64.getEncoder().encodeToString(bytes));
		}
		if (item instanceof Double number && !Double.isFinite(number)) {
			return Map.of(FLOAT, number.toString());
		}
		return item;
	}

	static @Nullable Object fromJson(JsonNode json) {
		return switch (json.getNodeType()) {
			case NULL -> null;
			case BOOLEAN -> json.booleanValue();
			case STRING -> json.stringValue();
			case NUMBER -> json.isIntegralNumber() ? json.bigIntegerValue() : (Object) JsonNumbers.finite(json);
			default -> explicit(json);
		};
	}

	private static byte[] bytes(JsonNode base64) {
		try {
			return Base64.getDecoder().decode(base64.stringValue());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("Expected base64, found " + Found.describe(base64), ex);
		}
	}

	private static Object explicit(JsonNode json) {
		if (json.size() == 1 && json.path(BYTES).isString()) {
			return bytes(json.path(BYTES));
		}
		if (json.size() == 1 && json.path(FLOAT).isString()) {
			return JsonNumbers.notFinite(json.path(FLOAT));
		}
		throw new IllegalArgumentException(
				"Expected null, true, false, a number, a string, {\"bytes\": \"base64\"} or {\"float\": \"NaN\"}, found "
						+ Found.describe(json));
	}

}
