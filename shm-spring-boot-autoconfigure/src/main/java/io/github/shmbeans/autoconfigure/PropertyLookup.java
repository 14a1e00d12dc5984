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

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Bindable.BindRestriction;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyCaching;
import org.springframework.boot.context.properties.source.ConfigurationPropertyCaching.CacheOverride;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * Access to the properties of an environment, with their origins. Until it is closed, the
 * sources cache their names; it can be used, more slowly, afterwards too.
 */
final class PropertyLookup implements AutoCloseable {

	private static final ConfigurationPropertyName SHM = ConfigurationPropertyName.of("shm");

	/** Those that may have properties below {@code shm}. */
	private final List<ConfigurationPropertySource> sources = new ArrayList<>();

	private final List<ConfigurationPropertySource> unlisted;

	private final Map<Class<?>, Object> defaults = new HashMap<>();

	private final Binder binder;

	private final PlaceholdersResolver placeholders;

	private final CacheOverride caching;

	PropertyLookup(Environment environment) {
		this.caching = ConfigurationPropertyCaching.get(environment).override();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source.containsDescendantOf(SHM) != ConfigurationPropertyState.ABSENT) {
				this.sources.add(source);
			}
		}
		this.unlisted = this.sources.stream()
			.filter((source) -> !(source instanceof IterableConfigurationPropertySource))
			.toList();
		this.placeholders = new PropertySourcesPlaceholdersResolver(environment);
		this.binder = new Binder(this.sources, this.placeholders);
	}

	/**
	 * The sources that can be listed, highest precedence first.
	 */
	List<IterableConfigurationPropertySource> listable() {
		return this.sources.stream()
			.filter(IterableConfigurationPropertySource.class::isInstance)
			.map(IterableConfigurationPropertySource.class::cast)
			.toList();
	}

	/**
	 * The prefix of every segment name that is made from a key.
	 */
	String namespace() {
		return this.binder.bind("shm.namespace", String.class).orElse("");
	}

	/**
	 * Whether a source that cannot be listed may have properties below a name.
	 */
	boolean mayHoldUnlisted(ConfigurationPropertyName name) {
		return this.unlisted.stream()
			.anyMatch((source) -> source.containsDescendantOf(name) != ConfigurationPropertyState.ABSENT);
	}

	/**
	 * Bind a property to a value, or {@code null} if it is not set. It takes less time
	 * than to bind a record with a component for it.
	 */
	<T> @Nullable T value(ConfigurationPropertyName name, Class<T> type) {
		try {
			return this.binder.bind(name, Bindable.of(type), null).orElse(null);
		}
		catch (BindException ex) {
			throw BindProblem.of(ex);
		}
	}

	/**
	 * What all names share below which nothing is set.
	 * @param name one of these names
	 */
	<T> T defaults(ConfigurationPropertyName name, Class<T> type) {
		return type.cast(this.defaults.computeIfAbsent(type, (missing) -> bind(name, missing)));
	}

	/**
	 * Bind what stands below a name; what is not set takes its default.
	 */
	<T> T bind(ConfigurationPropertyName name, Class<T> type) {
		Bindable<T> target = Bindable.of(type).withBindRestrictions(BindRestriction.NO_DIRECT_PROPERTY);
		try {
			return this.binder.bindOrCreate(name, target, null);
		}
		catch (BindException ex) {
			throw BindProblem.of(ex);
		}
	}

	/**
	 * The property of that name from the source of the highest precedence that has it, or
	 * {@code null}.
	 */
	@Nullable ConfigurationProperty find(ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : this.sources) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return property;
			}
		}
		return null;
	}

	/**
	 * The value of a property with its placeholders resolved.
	 */
	Object resolve(ConfigurationProperty property) {
		Object resolved = this.placeholders.resolvePlaceholders(property.getValue());
		return (resolved != null) ? resolved : property.getValue();
	}

	@Override
	public void close() {
		this.caching.close();
	}

}
