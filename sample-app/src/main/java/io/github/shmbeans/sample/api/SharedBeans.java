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

import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedValue;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The declared beans by key. There may be none of a kind.
 */
@Component
class SharedBeans {

	private final Map<String, SharedValue<?>> values;

	private final Map<String, SharedArray<?>> arrays;

	private final Map<String, ShareableList> lists;

	SharedBeans(ObjectProvider<Map<String, SharedValue<?>>> values, ObjectProvider<Map<String, SharedArray<?>>> arrays,
			ObjectProvider<Map<String, ShareableList>> lists) {
		this.values = values.getIfAvailable(Map::of);
		this.arrays = arrays.getIfAvailable(Map::of);
		this.lists = lists.getIfAvailable(Map::of);
	}

	Map<String, SharedValue<?>> values() {
		return this.values;
	}

	Map<String, SharedArray<?>> arrays() {
		return this.arrays;
	}

	Map<String, ShareableList> lists() {
		return this.lists;
	}

	SharedValue<?> value(String key) {
		return require("value", key, this.values.get(key));
	}

	SharedArray<?> array(String key) {
		return require("array", key, this.arrays.get(key));
	}

	ShareableList list(String key) {
		return require("list", key, this.lists.get(key));
	}

	private static <T> T require(String kind, String key, @Nullable T bean) {
		if (bean == null) {
			throw NotFound.key(kind, key);
		}
		return bean;
	}

}
