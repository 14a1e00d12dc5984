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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The property sources with nothing but the initial data of one entry. To refuse what is
 * left over, Boot's binder looks at all names of its sources, which for each of thousands
 * of entries would be quadratic.
 */
final class InitialDataSources {

	private static final int INITIAL = 3;

	/** Each gives what a source has below a name, or {@code null}. */
	private final List<Function<ConfigurationPropertyName, @Nullable ConfigurationPropertySource>> sources = new ArrayList<>();

	InitialDataSources(Iterable<ConfigurationPropertySource> all) {
		for (ConfigurationPropertySource source : all) {
			this.sources.add(isNarrowed(source) ? parts((IterableConfigurationPropertySource) source)::get
					: (initial) -> source);
		}
	}

	/**
	 * The names of environment variables have several readings, and there are few.
	 */
	private static boolean isNarrowed(ConfigurationPropertySource source) {
		return source instanceof IterableConfigurationPropertySource
				&& !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource);
	}

	private static Map<ConfigurationPropertyName, Part> parts(IterableConfigurationPropertySource source) {
		Map<ConfigurationPropertyName, Part> parts = new HashMap<>();
		source.stream()
			.filter(InitialDataSources::isInitial)
			.forEach((name) -> parts
				.computeIfAbsent(name.chop(INITIAL + 1), (missing) -> new Part(source, new ArrayList<>()))
				.names()
				.add(name));
		return parts;
	}

	private static boolean isInitial(ConfigurationPropertyName name) {
		return name.getNumberOfElements() > INITIAL && name.getElement(0, Form.UNIFORM).equals("shm")
				&& name.getElement(INITIAL, Form.UNIFORM).equals("initial");
	}

	/**
	 * The sources of the initial data of an entry, in the order of their precedence.
	 * @param initial the name of the property {@code initial} of the entry
	 */
	List<ConfigurationPropertySource> of(ConfigurationPropertyName initial) {
		List<ConfigurationPropertySource> found = new ArrayList<>();
		for (Function<ConfigurationPropertyName, @Nullable ConfigurationPropertySource> source : this.sources) {
			ConfigurationPropertySource part = source.apply(initial);
			if (part != null) {
				found.add(part);
			}
		}
		return found;
	}

	/**
	 * A part of a source.
	 *
	 * @param source the source
	 * @param names the names that are in the part
	 */
	private record Part(IterableConfigurationPropertySource source,
			List<ConfigurationPropertyName> names) implements IterableConfigurationPropertySource {

		@Override
		public Stream<ConfigurationPropertyName> stream() {
			return this.names.stream();
		}

		@Override
		public @Nullable ConfigurationProperty getConfigurationProperty(ConfigurationPropertyName name) {
			return this.source.getConfigurationProperty(name);
		}

		@Override
		public @Nullable Object getUnderlyingSource() {
			return this.source.getUnderlyingSource();
		}

	}

}
