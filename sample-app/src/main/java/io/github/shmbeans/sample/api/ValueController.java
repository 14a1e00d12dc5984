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

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedValue;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Reads, writes and increments values.
 */
@RestController
@RequestMapping("/api/values/{key}")
class ValueController {

	private final SharedBeans beans;

	private final JsonMapper json;

	ValueController(SharedBeans beans, JsonMapper json) {
		this.beans = beans;
		this.json = json;
	}

	@GetMapping
	ValueBody get(@PathVariable String key) {
		return read(this.beans.value(key));
	}

	@PutMapping
	ValueBody put(@PathVariable String key, @RequestBody JsonNode body) {
		return write(this.beans.value(key), ValueBody.valueOf(body));
	}

	/**
	 * Add to a number in one step that is atomic among all processes.
	 */
	@PostMapping("/increment")
	ValueBody increment(@PathVariable String key, @RequestParam(defaultValue = "1") String by) {
		return add(this.beans.value(key), number(by));
	}

	private JsonNode number(String text) {
		try {
			JsonNode number = this.json.readTree(text);
			if (number.isNumber()) {
				return number;
			}
			throw notANumber(text);
		}
		catch (JacksonException ex) {
			throw notANumber(text);
		}
	}

	private static IllegalArgumentException notANumber(String text) {
		return new IllegalArgumentException("Expected a number for 'by', found '%s'".formatted(Found.abbreviate(text)));
	}

	private static <T> ValueBody read(SharedValue<T> value) {
		return new ValueBody(JsonElements.toJson(value.elementType(), value.get()));
	}

	private static <T> ValueBody write(SharedValue<T> value, JsonNode json) {
		T element = JsonElements.fromJson(value.elementType(), json);
		value.set(element);
		return new ValueBody(JsonElements.toJson(value.elementType(), element));
	}

	private static <T> ValueBody add(SharedValue<T> value, JsonNode by) {
		ElementType<T> type = value.elementType();
		if (!Number.class.isAssignableFrom(type.javaType()) || type.equals(ElementType.WCHAR)) {
			throw new IllegalArgumentException("Expected a number to increment, found a " + type.name());
		}
		T delta = JsonElements.fromJson(type, by);
		return new ValueBody(JsonElements.toJson(type, value.addAndGet(delta)));
	}

}
