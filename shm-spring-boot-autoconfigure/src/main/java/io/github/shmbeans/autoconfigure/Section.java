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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The maps below {@code shm}, and the properties that their entries take.
 */
enum Section {

	VALUES("values", ValueProperties.class, true),

	ARRAYS("arrays", ArrayProperties.class, true),

	LISTS("lists", CommonProperties.class, true),

	BLOCKS("blocks", BlockProperties.class, false),

	LOCKS("locks", LockProperties.class, false);

	/** The property that may have others below it. */
	static final String INITIAL = "initial";

	private static final Map<Section, List<String>> PROPERTIES = new EnumMap<>(Section.class);

	static {
		for (Section section : values()) {
			PROPERTIES.put(section, section.findProperties());
		}
	}

	private final String path;

	private final Class<? extends Record> type;

	private final boolean initial;

	Section(String path, Class<? extends Record> type, boolean initial) {
		this.path = path;
		this.type = type;
		this.initial = initial;
	}

	private List<String> findProperties() {
		List<String> properties = new ArrayList<>(KnownProperties.of(this.type).names());
		if (this.initial) {
			properties.add(INITIAL);
		}
		if (this.type != CommonProperties.class) {
			properties.addAll(KnownProperties.of(CommonProperties.class).names());
		}
		return List.copyOf(properties);
	}

	/**
	 * The section that a property belongs to, or {@code null} if it is none.
	 */
	static @Nullable Section of(ConfigurationPropertyName name) {
		if (name.getNumberOfElements() < 2 || !name.getElement(0, Form.UNIFORM).equals("shm")) {
			return null;
		}
		String path = name.getElement(1, Form.UNIFORM);
		return Arrays.stream(values()).filter((section) -> section.path.equals(path)).findFirst().orElse(null);
	}

	/**
	 * The properties that an entry takes, in kebab case.
	 */
	List<String> properties() {
		return PROPERTIES.getOrDefault(this, List.of());
	}

	boolean accepts(String property) {
		return (this.initial && property.equals(INITIAL)) || KnownProperties.of(this.type).contains(property)
				|| KnownProperties.of(CommonProperties.class).contains(property);
	}

}
