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
 * Names what was found in place of something else, in messages.
 */
final class Found {

	private static final int LONGEST = 80;

	private Found() {
	}

	static String describe(JsonNode node) {
		return switch (node.getNodeType()) {
			case OBJECT -> "an object";
			case ARRAY -> "an array";
			case NUMBER -> Double.isFinite(node.asDouble(0)) ? abbreviate(node.toString()) : "a number out of range";
			default -> abbreviate(node.toString());
		};
	}

	static String abbreviate(String text) {
		return (text.length() <= LONGEST) ? text : text.substring(0, LONGEST) + "…";
	}

}
