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

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.util.ObjectUtils;

/**
 * Finds the entries of the maps below {@code shm} in all property sources, and refuses
 * what relaxed binding would drop or double without a word.
 */
final class EntryScanner {

	private static final String ENVIRONMENT = "An environment variable cannot have the dash of a key: set the property in SPRING_APPLICATION_JSON or on the command line, or choose a key without dash";

	private static final int KEY = 2;

	private static final int PROPERTY = 3;

	private final PropertyLookup lookup;

	private final Map<Section, Map<String, DeclaredEntry>> entries = new EnumMap<>(Section.class);

	EntryScanner(PropertyLookup lookup) {
		this.lookup = lookup;
	}

	List<DeclaredEntry> scan() {
		for (IterableConfigurationPropertySource source : this.lookup.listable()) {
			for (ConfigurationPropertyName name : source) {
				Section section = Section.of(name);
				if (section != null) {
					add(source, section, name);
				}
			}
		}
		return this.entries.values().stream().flatMap((section) -> section.values().stream()).toList();
	}

	private void add(IterableConfigurationPropertySource source, Section section, ConfigurationPropertyName name) {
		if (name.getNumberOfElements() == KEY) {
			requireMap(source, name);
			return;
		}
		String key = name.getElement(KEY, Form.ORIGINAL);
		DeclaredEntry entry = this.entries.computeIfAbsent(section, (added) -> new LinkedHashMap<>())
			.computeIfAbsent(name.getElement(KEY, Form.UNIFORM),
					(added) -> new DeclaredEntry(this.lookup, section, key, name.chop(KEY + 1)));
		requireSameSpelling(entry, source, key, name);
		entry.add(source, name);
		requireKnown(entry, source, name);
	}

	private void requireMap(IterableConfigurationPropertySource source, ConfigurationPropertyName name) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		if (property != null && !ObjectUtils.isEmpty(property.getValue())) {
			throw new InvalidSharedMemoryPropertyException(name, property,
					"Expected entries, each a key with properties, found '%s'".formatted(property.getValue()),
					"Declare a key below '%s', or remove the property".formatted(name), null);
		}
	}

	private void requireSameSpelling(DeclaredEntry entry, IterableConfigurationPropertySource source, String key,
			ConfigurationPropertyName name) {
		if (!entry.key().equals(key)) {
			ConfigurationProperty other = source.getConfigurationProperty(name);
			throw entry.invalid(entry.parts().get(0).names().get(0),
					"Expected one spelling of the key, found '%s' here and '%s' at %s, which would be two entries"
						.formatted(entry.key(), key, (other != null) ? other.getOrigin() : name),
					"Use one spelling. " + ENVIRONMENT, null);
		}
	}

	private void requireKnown(DeclaredEntry entry, IterableConfigurationPropertySource source,
			ConfigurationPropertyName name) {
		if (name.getNumberOfElements() == PROPERTY) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null && !ObjectUtils.isEmpty(property.getValue())) {
				throw entry.invalid(name,
						"Expected properties (%s), found '%s'".formatted(known(entry), property.getValue()),
						"Put the properties below the key '%s'".formatted(entry.key()), null);
			}
			return;
		}
		String property = name.getElement(PROPERTY, Form.DASHED);
		boolean nested = name.getNumberOfElements() > PROPERTY + 1;
		if (!entry.section().properties().contains(property) || (nested && !property.equals(Section.INITIAL))) {
			String found = name.subName(PROPERTY).toString();
			throw entry.invalid(name, "Expected one of the properties %s below the key '%s', found '%s'".formatted(
					known(entry), entry.key(), found), nested ? dotted(entry, name) : "Correct the property", null);
		}
	}

	private static String dotted(DeclaredEntry entry, ConfigurationPropertyName name) {
		return "Correct the property. If '%s.%s' was meant to be a key with a dot, write it in brackets: '[%1$s.%2$s]', in YAML with quotes around them. %3$s"
			.formatted(entry.key(), name.getElement(PROPERTY, Form.ORIGINAL), ENVIRONMENT);
	}

	private static String known(DeclaredEntry entry) {
		return String.join(", ", entry.section().properties().names());
	}

}
