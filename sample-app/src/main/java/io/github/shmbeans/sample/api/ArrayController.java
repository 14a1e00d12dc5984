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

import java.util.List;

import io.github.shmbeans.SharedArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Reads and writes arrays.
 */
@RestController
@RequestMapping("/api/arrays/{key}")
class ArrayController {

	/**
	 * How many elements one answer holds at most; by default it holds as many as there
	 * are up to this.
	 */
	static final long MAX_COUNT = 10_000;

	private final SharedBeans beans;

	ArrayController(SharedBeans beans) {
		this.beans = beans;
	}

	@GetMapping
	ArrayBody get(@PathVariable String key, @RequestParam(defaultValue = "0") long from,
			@RequestParam(required = false) @Nullable Long count) {
		SharedArray<?> array = this.beans.array(key);
		if (from < 0 || from >= array.length()) {
			throw new IllegalArgumentException(
					"Expected 'from' from 0 to %d, found %d".formatted(array.length() - 1, from));
		}
		long most = Math.min(MAX_COUNT, array.length() - from);
		if (count != null && (count < 0 || count > most)) {
			throw new IllegalArgumentException(
					"Expected 'count' from 0 to %d from element %d on, found %d".formatted(most, from, count));
		}
		return read(array, from, (count != null) ? count : most);
	}

	@PutMapping("/{index}")
	ValueBody put(@PathVariable String key, @PathVariable long index, @RequestBody JsonNode body) {
		SharedArray<?> array = this.beans.array(key);
		if (index < 0 || index >= array.length()) {
			throw NotFound.index(index, array.length());
		}
		return write(array, index, ValueBody.valueOf(body));
	}

	private static <T> ArrayBody read(SharedArray<T> array, long from, long count) {
		return new ArrayBody(array.length(),
				array.slice(from, from + count)
					.stream()
					.map((element) -> JsonElements.toJson(array.elementType(), element))
					.toList());
	}

	private static <T> ValueBody write(SharedArray<T> array, long index, JsonNode json) {
		T element = JsonElements.fromJson(array.elementType(), json);
		array.set(index, element);
		return new ValueBody(JsonElements.toJson(array.elementType(), element));
	}

	record ArrayBody(long length, List<Object> values) {
	}

}
