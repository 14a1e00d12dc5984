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

import java.math.BigInteger;

import io.github.shmbeans.ElementType;
import tools.jackson.databind.JsonNode;

/**
 * Elements of values and arrays in JSON, so that what is read can be written again.
 * Integers are exact. A number that is not finite is one of the strings {@code "NaN"},
 * {@code "Infinity"} and {@code "-Infinity"}. A character is a string of that character;
 * a {@code wchar} that is no Unicode character is its number.
 */
final class JsonElements {

	private JsonElements() {
	}

	static <T> Object toJson(ElementType<T> type, T element) {
		if (type.hasMembers()) {
			return type.members(element);
		}
		if (element instanceof Character) {
			return element.toString();
		}
		if (isWide(type) && element instanceof Integer codePoint && isCharacter(codePoint)) {
			return Character.toString(codePoint);
		}
		if (isFloating(type) && element instanceof Number number && !Double.isFinite(number.doubleValue())) {
			return number.toString();
		}
		return element;
	}

	static <T> T fromJson(ElementType<T> type, JsonNode json) {
		if (isFloating(type)) {
			return type.convert(json.isString() ? JsonNumbers.notFinite(json) : JsonNumbers.finite(json));
		}
		if (type.javaType() == Boolean.class) {
			return type.convert(require(json.isBoolean(), "true or false", json).booleanValue());
		}
		if (type.javaType() == Character.class || (isWide(type) && !json.isIntegralNumber())) {
			return type.convert(require(json.isString(), "a string of one character", json).stringValue());
		}
		BigInteger number = require(json.isIntegralNumber(), "an integer", json).bigIntegerValue();
		if (isWide(type)) {
			require(number.bitLength() < Integer.SIZE, "a code point", json);
			return type.convert(number.intValue());
		}
		return type.convert(number);
	}

	private static JsonNode require(boolean fits, String expected, JsonNode json) {
		if (!fits) {
			throw new IllegalArgumentException("Expected %s, found %s".formatted(expected, Found.describe(json)));
		}
		return json;
	}

	private static boolean isFloating(ElementType<?> type) {
		return type.javaType() == Double.class || type.javaType() == Float.class;
	}

	private static boolean isWide(ElementType<?> type) {
		return type.equals(ElementType.WCHAR);
	}

	private static boolean isCharacter(int codePoint) {
		return Character.isValidCodePoint(codePoint)
				&& (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
	}

}
