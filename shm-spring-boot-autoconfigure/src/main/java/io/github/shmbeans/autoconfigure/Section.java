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
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The maps below {@code shm}, and the properties that their entries take.
 */
enum Section {

	VALUES("values"),

	ARRAYS("arrays"),

	LISTS("lists"),

	BLOCKS("blocks"),

	LOCKS("locks");

	/** The name of the element type. */
	static final String TYPE = "type";

	/** The number of elements; may be left out if the initial data tells. */
	static final String LENGTH = "length";

	/** The property that may have others below it. */
	static final String INITIAL = "initial";

	/** The size of a block. */
	static final String SIZE = "size";

	/** The mechanism of a lock. */
	static final String KIND = "kind";

	private static final Map<String, Section> BY_PATH = new HashMap<>();

	private static final Map<Section, KnownProperties> PROPERTIES = new EnumMap<>(Section.class);

	static {
		add(VALUES, TYPE, INITIAL);
		add(ARRAYS, TYPE, LENGTH, INITIAL);
		add(LISTS, INITIAL);
		add(BLOCKS, SIZE);
		add(LOCKS, KIND);
	}

	private final String path;

	Section(String path) {
		this.path = path;
	}

	private static void add(Section section, String... properties) {
		BY_PATH.put(section.path, section);
		PROPERTIES.put(section, KnownProperties.of(CommonProperties.class).after(properties));
	}

	/**
	 * The section that a property belongs to, or {@code null} if it is none.
	 */
	static @Nullable Section of(ConfigurationPropertyName name) {
		if (name.getNumberOfElements() < 2 || !name.getElement(0, Form.UNIFORM).equals("shm")) {
			return null;
		}
		return BY_PATH.get(name.getElement(1, Form.UNIFORM));
	}

	/**
	 * The properties that an entry takes.
	 */
	KnownProperties properties() {
		return PROPERTIES.getOrDefault(this, KnownProperties.of(CommonProperties.class));
	}

}
