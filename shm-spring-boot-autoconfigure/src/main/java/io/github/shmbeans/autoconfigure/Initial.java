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

package io.github.shmbeans.autoconfigure;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The initial data of an entry as it is written.
 */
sealed interface Initial {

	/**
	 * Nothing is written.
	 */
	record Absent() implements Initial {
	}

	/**
	 * One value.
	 *
	 * @param property the property that has it
	 */
	record Single(ConfigurationProperty property) implements Initial {
	}

	/**
	 * A list.
	 *
	 * @param items the items
	 */
	record Several(List<Item> items) implements Initial {
	}

	/**
	 * An item of a list: a value of its own, properties, or neither if it is null.
	 *
	 * @param name the name of the item
	 * @param property the property that has the value
	 * @param properties the properties below the item, by name
	 */
	record Item(ConfigurationPropertyName name, @Nullable ConfigurationProperty property,
			Map<String, @Nullable ConfigurationProperty> properties) {
	}

}
