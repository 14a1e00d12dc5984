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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * Reads the initial data of an entry. As everywhere in Spring Boot, a list comes whole
 * from the source of the highest precedence that has any of it.
 */
final class InitialReader {

	private static final int INDEX = 4;

	private final DeclaredEntry entry;

	private final ConfigurationPropertyName name;

	InitialReader(DeclaredEntry entry) {
		this.entry = entry;
		this.name = entry.name(Section.INITIAL);
	}

	Initial read() {
		for (DeclaredEntry.Part part : this.entry.parts()) {
			Initial found = read(part);
			if (found != null) {
				return found;
			}
		}
		return new Initial.Absent();
	}

	private @Nullable Initial read(DeclaredEntry.Part part) {
		List<ConfigurationPropertyName> below = new ArrayList<>();
		for (ConfigurationPropertyName property : part.names()) {
			ConfigurationProperty single = this.name.equals(property) ? part.source().getConfigurationProperty(property)
					: null;
			if (single != null) {
				return new Initial.Single(single);
			}
			if (this.name.isAncestorOf(property)) {
				below.add(property);
			}
		}
		return below.isEmpty() ? null : new Initial.Several(items(part.source(), below));
	}

	private List<Initial.Item> items(IterableConfigurationPropertySource source,
			List<ConfigurationPropertyName> below) {
		Map<Integer, Map<String, ConfigurationPropertyName>> items = new TreeMap<>();
		for (ConfigurationPropertyName property : below) {
			if (!property.isNumericIndex(INDEX)) {
				throw this.entry.invalid(property,
						"Expected a value or a list, found the property '%s'".formatted(property.subName(INDEX)),
						"Write one value, or a list of values", null);
			}
			items.computeIfAbsent(index(property), (index) -> new LinkedHashMap<>())
				.put(property.subName(INDEX + 1).toString(), property);
		}
		List<Initial.Item> result = new ArrayList<>(items.size());
		items.forEach((index, properties) -> {
			ConfigurationPropertyName item = properties.values().iterator().next().chop(INDEX + 1);
			requireNext(item, index, result.size());
			result.add(item(source, item, properties));
		});
		return result;
	}

	private int index(ConfigurationPropertyName property) {
		try {
			return Integer.parseInt(property.getElement(INDEX, Form.UNIFORM));
		}
		catch (NumberFormatException ex) {
			throw this.entry.invalid(property, "Expected an index of at most " + Integer.MAX_VALUE,
					"Count the items from 0", ex);
		}
	}

	private void requireNext(ConfigurationPropertyName item, int index, int expected) {
		if (index != expected) {
			throw this.entry.invalid(item, "Expected item %d next, found %d".formatted(expected, index),
					"Declare every item from 0 on in one property source", null);
		}
	}

	private static Initial.Item item(IterableConfigurationPropertySource source, ConfigurationPropertyName name,
			Map<String, ConfigurationPropertyName> names) {
		Map<String, @Nullable ConfigurationProperty> properties = new LinkedHashMap<>();
		names.forEach((path, property) -> {
			if (!path.isEmpty()) {
				properties.put(path, source.getConfigurationProperty(property));
			}
		});
		return new Initial.Item(name, source.getConfigurationProperty(name), properties);
	}

}
