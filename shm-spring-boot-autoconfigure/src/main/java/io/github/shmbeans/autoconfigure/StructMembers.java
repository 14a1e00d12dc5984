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

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The members of a record or JNA structure as they are written: maps for structures,
 * lists for arrays. Names are compared as relaxed binding does.
 */
final class StructMembers {

	private final PropertyLookup lookup;

	StructMembers(PropertyLookup lookup) {
		this.lookup = lookup;
	}

	/**
	 * Read the members.
	 * @param properties the properties by their paths below the structure
	 * @param type the record or JNA structure
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
	 * Give the members the names that the class has for them; others keep theirs.
	 */
	private static Map<String, Object> named(Map<String, Object> members, Class<?> type) {
		Map<String, Object> named = new LinkedHashMap<>();
		members.forEach((name, value) -> {
			Member member = member(name, type);
			if (member == null) {
				named.put(name, value);
			}
			else {
				named.put(member.name(), value(value, member.type()));
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

	private static @Nullable Member member(String name, Class<?> type) {
		return members(type).filter((member) -> member.name().toLowerCase(Locale.ROOT).equals(name))
			.findFirst()
			.orElse(null);
	}

	private static Stream<Member> members(Class<?> type) {
		if (type.isRecord()) {
			return Arrays.stream(type.getRecordComponents())
				.map((component) -> new Member(component.getName(), component.getType()));
		}
		return Arrays.stream(type.getFields())
			.filter((field) -> !Modifier.isStatic(field.getModifiers()))
			.map((field) -> new Member(field.getName(), field.getType()));
	}

	/**
	 * A component of a record or a field of a JNA structure.
	 *
	 * @param name its name
	 * @param type its type
	 */
	private record Member(String name, Class<?> type) {
	}

}
