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

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.github.shmbeans.ShareableList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Reads and writes lists.
 */
@RestController
@RequestMapping("/api/lists/{key}")
class ListController {

	private final SharedBeans beans;

	ListController(SharedBeans beans) {
		this.beans = beans;
	}

	@GetMapping
	ListBody get(@PathVariable String key) {
		ShareableList list = this.beans.list(key);
		List<@Nullable Object> values = new ArrayList<>();
		for (Object item : list.toArray()) {
			values.add(JsonItems.toJson(item));
		}
		return new ListBody(IntStream.range(0, list.size()).mapToObj(list::format).toList(), values);
	}

	@PutMapping("/{index}")
	ValueBody put(@PathVariable String key, @PathVariable long index, @RequestBody JsonNode body) {
		ShareableList list = this.beans.list(key);
		if (index < 0 || index >= list.size()) {
			throw NotFound.index(index, list.size());
		}
		Object item = JsonItems.fromJson(ValueBody.valueOf(body));
		list.set((int) index, item);
		return new ValueBody(JsonItems.toJson(item));
	}

	record ListBody(List<String> format, List<@Nullable Object> values) {
	}

}
