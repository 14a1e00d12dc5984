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

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The members of a record as they are written: maps for records, lists for arrays. Names
 * are compared as relaxed binding does.
 */
final class RecordMembers {

	private final PropertyLookup lookup;

	RecordMembers(PropertyLookup lookup) {
		this.lookup = lookup;
	}

	/**
	 * Read the members.
	 * @param properties the properties by their paths below the record
	 * @param type the record
	 */
	Map<String, Object> read(Map<String, @Nullable ConfigurationProperty> properties, Class<?> type) {
		Map<String, Object> members = new LinkedHashMap<>();
		properties.forEach((path, property) -> {
			if (property != null) {
				put(members, ConfigurationPropertyName.of(path), property);
			}
		});
		return named(members, type);
	}

	@SuppressWarnings("unchecked")
	private void put(Map<String, Object> members, ConfigurationPropertyName path, ConfigurationProperty property) {
		Map<String, Object> parent = members;
		int last = path.getNumberOfElements() - 1;
		for (int i = 0; i < last; i++) {
			parent = (Map<String, Object>) parent.computeIfAbsent(path.getElement(i, Form.UNIFORM),
					(name) -> new LinkedHashMap<>());
		}
		parent.put(path.getElement(last, Form.UNIFORM), this.lookup.resolve(property));
	}

	/**
	 * Give the members the names of the components; those that are no component keep
	 * theirs.
	 */
	private static Map<String, Object> named(Map<String, Object> members, Class<?> type) {
		Map<String, Object> named = new LinkedHashMap<>();
		members.forEach((name, value) -> {
			RecordComponent component = component(name, type);
			if (component == null) {
				named.put(name, value);
			}
			else {
				named.put(component.getName(), value(value, component.getType()));
			}
		});
		return named;
	}

	@SuppressWarnings("unchecked")
	private static Object value(Object value, Class<?> type) {
		if (!(value instanceof Map<?, ?> below)) {
			return value;
		}
		if (!type.isArray()) {
			return named((Map<String, Object>) below, type);
		}
		List<Object> elements = new ArrayList<>();
		for (Object element : ((Map<String, Object>) below).values()) {
			elements.add(value(element, type.getComponentType()));
		}
		return elements;
	}

	private static @Nullable RecordComponent component(String name, Class<?> type) {
		if (type.isRecord()) {
			for (RecordComponent component : type.getRecordComponents()) {
				if (component.getName().toLowerCase(Locale.ROOT).equals(name)) {
					return component;
				}
			}
		}
		return null;
	}

}
