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

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The keys of all entries as they are written. Refuses those that relaxed binding would
 * silently change or duplicate.
 */
final class Keys {

	static final String ENVIRONMENT = "An environment variable cannot have the dash of a key: set the property in SPRING_APPLICATION_JSON or on the command line, or choose a key without dash";

	private static final String PREFIX = "shm.";

	private static final int KEY = 2;

	private static final Map<String, Class<?>> MAPS = Map.of("values", SharedMemoryProperties.ValueProperties.class,
			"arrays", SharedMemoryProperties.ArrayProperties.class, "lists",
			SharedMemoryProperties.ListProperties.class, "blocks", SharedMemoryProperties.BlockProperties.class,
			"locks", SharedMemoryProperties.LockProperties.class);

	private final Problems problems;

	private final Map<ConfigurationPropertyName, Key> keys = new LinkedHashMap<>();

	Keys(Iterable<ConfigurationPropertySource> sources, Problems problems) {
		this.problems = problems;
		for (ConfigurationPropertySource source : sources) {
			if (source.getUnderlyingSource() instanceof EnumerablePropertySource<?> underlying
					&& !(underlying instanceof SystemEnvironmentPropertySource)) {
				for (String property : underlying.getPropertyNames()) {
					add(underlying, property);
				}
			}
			else if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream().filter(Keys::isEntry).forEach((name) -> add(iterable, name));
			}
		}
	}

	/**
	 * Whether there are entries below a name.
	 */
	static boolean isMap(String name) {
		return MAPS.containsKey(name);
	}

	/**
	 * What the properties of an entry, or of the manager, are bound to.
	 * @param map the name of the map that has it, or another name
	 */
	static Class<?> propertiesOf(String map) {
		return map.equals("manager") ? SharedMemoryProperties.ManagerProperties.class
				: MAPS.getOrDefault(map, SharedMemoryProperties.class);
	}

	/**
	 * The keys below a map, in the order of their declaration.
	 * @return the keys by the names of their entries
	 */
	Map<ConfigurationPropertyName, String> in(String map) {
		Map<ConfigurationPropertyName, String> found = new LinkedHashMap<>();
		this.keys.forEach((name, key) -> {
			if (name.getElement(1, Form.UNIFORM).equals(map)) {
				found.put(name, key.text());
			}
		});
		return found;
	}

	private static boolean isEntry(ConfigurationPropertyName name) {
		return name.getNumberOfElements() > KEY && name.getElement(0, Form.UNIFORM).equals("shm")
				&& MAPS.containsKey(name.getElement(1, Form.UNIFORM));
	}

	private void add(IterableConfigurationPropertySource source, ConfigurationPropertyName name) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		add(name, new Key(name.getElement(KEY, Form.ORIGINAL), name.toString(),
				(property != null) ? property.getOrigin() : null));
	}

	private void add(EnumerablePropertySource<?> source, String property) {
		if (!property.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
			return;
		}
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
		if (!isEntry(name)) {
			return;
		}
		Origin origin = PropertySourceOrigin.get(source, property);
		Key key = new Key(name.getElement(KEY, Form.ORIGINAL), property, origin);
		String written = written(property);
		if (name.isNumericIndex(KEY) && key.text().equals("0")) {
			refuse(name.chop(KEY), "shm." + name.getElement(1, Form.UNIFORM), origin,
					"Expected entries, each a key with properties, found a list",
					"Write a key and its properties instead of each dash; put a key that is a number in quotes");
		}
		else if (written != null && !written.equals(key.text())) {
			refuse(name.chop(KEY + 1), property, origin,
					"Expected a key of the characters A-Z a-z 0-9 - _, found '%s', which would become '%s'"
						.formatted(written, key.text()),
					"Rename the key");
		}
		else {
			add(name, key);
		}
	}

	/**
	 * The key as it is written, or {@code null} if it is in brackets.
	 */
	private static @Nullable String written(String property) {
		int begin = property.indexOf('.', PREFIX.length()) + 1;
		int bracket = property.indexOf('[', PREFIX.length());
		if (begin == 0 || (bracket >= 0 && bracket <= begin)) {
			return null;
		}
		int dot = property.indexOf('.', begin);
		int end = (dot >= 0) ? dot : property.length();
		return property.substring(begin, (bracket >= 0) ? Math.min(end, bracket) : end);
	}

	private void add(ConfigurationPropertyName name, Key key) {
		ConfigurationPropertyName entry = name.chop(KEY + 1);
		Key first = this.keys.putIfAbsent(entry, key);
		if (first != null && !first.text().equals(key.text())) {
			refuse(entry, first.property(), first.origin(),
					"Expected one spelling of the key, found '%s' here and '%s' at %s, which would be two entries"
						.formatted(first.text(), key.text(), key.origin()),
					"Use one spelling. " + ENVIRONMENT);
		}
	}

	private void refuse(ConfigurationPropertyName name, String property, @Nullable Origin origin, String reason,
			String action) {
		if (!this.problems.concern(name)) {
			this.problems.add(name, new Problem(property, null, origin, reason, action));
		}
	}

	/**
	 * A key.
	 *
	 * @param text the key as it is written
	 * @param property the first property that has it
	 * @param origin where that property is written
	 */
	private record Key(String text, String property, @Nullable Origin origin) {
	}

}
