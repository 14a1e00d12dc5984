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
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * An entry of one of the maps below {@code shm}, as the property sources have it.
 */
final class DeclaredEntry {

	private static final int PROPERTY = 3;

	private final PropertyLookup lookup;

	private final Section section;

	private final String key;

	private final ConfigurationPropertyName name;

	private final List<Part> parts = new ArrayList<>();

	DeclaredEntry(PropertyLookup lookup, Section section, String key, ConfigurationPropertyName name) {
		this.lookup = lookup;
		this.section = section;
		this.key = key;
		this.name = name;
	}

	/**
	 * Add a property. Sources come one after the other, highest precedence first.
	 */
	void add(IterableConfigurationPropertySource source, ConfigurationPropertyName property) {
		Part last = this.parts.isEmpty() ? null : this.parts.get(this.parts.size() - 1);
		if (last == null || last.source() != source) {
			last = new Part(source, new ArrayList<>());
			this.parts.add(last);
		}
		last.names().add(property);
	}

	PropertyLookup lookup() {
		return this.lookup;
	}

	Section section() {
		return this.section;
	}

	/**
	 * The key as it was written.
	 */
	String key() {
		return this.key;
	}

	/**
	 * The name of the entry.
	 */
	ConfigurationPropertyName name() {
		return this.name;
	}

	/**
	 * The name of a property of the entry, or of the entry itself if the property is
	 * empty.
	 */
	ConfigurationPropertyName name(String property) {
		return this.name.append(property);
	}

	/**
	 * What each source has of the entry, highest precedence first.
	 */
	List<Part> parts() {
		return this.parts;
	}

	boolean has(String property) {
		return nearest(name(property)) != null;
	}

	/**
	 * The value of a property, or {@code null} if it is not set.
	 */
	<T> @Nullable T value(String property, Class<T> type) {
		return this.lookup.value(name(property), type);
	}

	/**
	 * Bind the properties of this entry to a record. If none of them is declared, as is
	 * usual for those that all entries have in common, the record is one that such
	 * entries share: to bind takes longer than to open a segment.
	 */
	<T extends Record> T bind(Class<T> type) {
		return declaresAny(KnownProperties.of(type)) ? this.lookup.bind(this.name, type)
				: this.lookup.defaults(this.name, type);
	}

	private boolean declaresAny(KnownProperties properties) {
		if (this.lookup.mayHoldUnlisted(this.name)) {
			return true;
		}
		for (Part part : this.parts) {
			for (ConfigurationPropertyName property : part.names()) {
				if (property.getNumberOfElements() > PROPERTY
						&& properties.contains(property.getElement(PROPERTY, Form.UNIFORM))) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * The exception for a property of this entry.
	 * @param property the property, in kebab case; empty for the entry as a whole
	 */
	InvalidSharedMemoryPropertyException invalid(String property, String reason, String action) {
		return invalid(name(property), reason, action, null);
	}

	/**
	 * The exception for a property at or below this entry.
	 */
	InvalidSharedMemoryPropertyException invalid(ConfigurationPropertyName property, String reason, String action,
			@Nullable Throwable cause) {
		ConfigurationProperty found = nearest(property);
		return new InvalidSharedMemoryPropertyException(property, (found != null) ? found : nearest(this.name), reason,
				action, cause);
	}

	/**
	 * The exception for a property at or below this entry that the library has refused.
	 */
	InvalidSharedMemoryPropertyException invalid(ConfigurationPropertyName property, RuntimeException cause) {
		CoreProblem problem = CoreProblem.of(cause);
		return invalid(property, problem.reason(), problem.action(), cause);
	}

	/**
	 * The property of that name, or else the first one below it, or {@code null}.
	 */
	private @Nullable ConfigurationProperty nearest(ConfigurationPropertyName name) {
		ConfigurationProperty found = this.lookup.find(name);
		for (Part part : this.parts) {
			for (ConfigurationPropertyName candidate : part.names()) {
				if (found == null && name.isAncestorOf(candidate)) {
					found = part.source().getConfigurationProperty(candidate);
				}
			}
		}
		return found;
	}

	@Override
	public String toString() {
		return PropertyNames.show(this.name);
	}

	/**
	 * What a source has of the entry.
	 *
	 * @param source the source
	 * @param names the names of the properties
	 */
	record Part(IterableConfigurationPropertySource source, List<ConfigurationPropertyName> names) {
	}

}
