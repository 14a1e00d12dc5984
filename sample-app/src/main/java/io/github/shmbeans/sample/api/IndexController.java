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

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lists what there is to access.
 */
@RestController
@RequestMapping("/api")
class IndexController {

	private final SharedBeans beans;

	IndexController(SharedBeans beans) {
		this.beans = beans;
	}

	@GetMapping
	Index get() {
		return new Index(
				describe(this.beans.values(), (value) -> new ValueEntry(value.name(), value.elementType().name())),
				describe(this.beans.arrays(),
						(array) -> new ArrayEntry(array.name(), array.elementType().name(), array.length())),
				describe(this.beans.lists(), (list) -> new ListEntry(list.name(), list.size())));
	}

	private static <B, E> Map<String, E> describe(Map<String, B> beans, Function<B, E> description) {
		Map<String, E> entries = new TreeMap<>();
		beans.forEach((key, bean) -> entries.put(key, description.apply(bean)));
		return entries;
	}

	record Index(Map<String, ValueEntry> values, Map<String, ArrayEntry> arrays, Map<String, ListEntry> lists) {
	}

	record ValueEntry(String segment, String type) {
	}

	record ArrayEntry(String segment, String type, long length) {
	}

	record ListEntry(String segment, int length) {
	}

}
