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
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.shmbeans.ElementType;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * The element type of an entry: the one place that knows the names of types, and how
 * properties become elements.
 */
final class ElementTypes {

	private final DeclaredEntry entry;

	ElementTypes(DeclaredEntry entry) {
		this.entry = entry;
	}

	/**
	 * Find the element type.
	 * @param name the name as it is declared
	 */
	ElementType<?> resolve(@Nullable String name) {
		if (!StringUtils.hasText(name)) {
			throw this.entry.invalid(Section.TYPE, "Expected an element type, found none",
					"Set the type, for example long, double, int32, uint8 or char");
		}
		try {
			return name.contains(".") ? ElementType.of(loaded(name)) : ElementType.of(name);
		}
		catch (IllegalArgumentException ex) {
			throw this.entry.invalid(this.entry.name(Section.TYPE), ex);
		}
	}

	private Class<?> loaded(String name) {
		try {
			return ClassUtils.forName(name, null);
		}
		catch (ClassNotFoundException | LinkageError ex) {
			throw this.entry.invalid(this.entry.name(Section.TYPE),
					"Expected the name of a record or JNA structure, found '%s', which cannot be loaded"
						.formatted(name),
					"Correct the name, or add the class to the class path", ex);
		}
	}

	/**
	 * Convert the properties below a name to a structure.
	 * @return the structure, or {@code null} if there are none
	 */
	<T> @Nullable T convertMembers(ElementType<T> type, ConfigurationPropertyName name) {
		for (DeclaredEntry.Part part : this.entry.parts()) {
			Map<String, @Nullable ConfigurationProperty> properties = new LinkedHashMap<>();
			part.names()
				.stream()
				.filter(name::isAncestorOf)
				.forEach((below) -> properties.put(below.subName(name.getNumberOfElements()).toString(),
						part.source().getConfigurationProperty(below)));
			if (!properties.isEmpty()) {
				return convert(type, name, properties);
			}
		}
		return null;
	}

	private <T> T convert(ElementType<T> type, ConfigurationPropertyName name,
			Map<String, @Nullable ConfigurationProperty> properties) {
		try {
			return type.convert(new StructMembers(this.entry.lookup()).read(properties, type.javaType()));
		}
		catch (IllegalArgumentException ex) {
			throw this.entry.invalid(name, ex);
		}
	}

	static boolean isCharacter(ElementType<?> type) {
		return type.equals(ElementType.CHAR) || type.equals(ElementType.WCHAR);
	}

	/**
	 * Convert the value of a property to an element. Characters are what is written, so
	 * that {@code 5} is a digit in YAML as in {@code .properties}.
	 */
	<T> T convert(ElementType<T> type, ConfigurationProperty property) {
		return convert(type, property, this.entry.lookup().resolve(property));
	}

	private <T> T convert(ElementType<T> type, ConfigurationProperty property, Object value) {
		try {
			return type.convert(isCharacter(type) ? value.toString() : value);
		}
		catch (IllegalArgumentException ex) {
			throw this.entry.invalid(property.getName(), ex);
		}
	}

	/**
	 * Convert a property that has several elements, separated by commas, or just one.
	 */
	<T> List<T> convertAll(ElementType<T> type, ConfigurationProperty property) {
		Object value = this.entry.lookup().resolve(property);
		if (value instanceof Collection<?>) {
			return List.of();
		}
		if (value instanceof CharSequence text) {
			return Arrays.stream(StringUtils.commaDelimitedListToStringArray(text.toString()))
				.map((element) -> convert(type, property, element.trim()))
				.toList();
		}
		return List.of(convert(type, property, value));
	}

	/**
	 * Convert the items of a list.
	 */
	<T> List<T> convertAll(ElementType<T> type, List<Initial.Item> items) {
		List<T> elements = new ArrayList<>(items.size());
		for (Initial.Item item : items) {
			if (type.hasMembers() && !item.properties().isEmpty()) {
				elements.add(convert(type, item.name(), item.properties()));
				continue;
			}
			if (item.property() == null) {
				throw this.entry.invalid(item.name(), "Expected a value of type %s, found none".formatted(type),
						"Write a value for every element", null);
			}
			elements.add(convert(type, item.property()));
		}
		return elements;
	}

}
