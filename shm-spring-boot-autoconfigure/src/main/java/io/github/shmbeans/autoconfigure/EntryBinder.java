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
import java.util.function.Supplier;

import io.github.shmbeans.OwnerDeathPolicy;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.error.InvalidOptionException;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyCaching;
import org.springframework.boot.context.properties.source.ConfigurationPropertyCaching.CacheOverride;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/**
 * Binds {@link SharedMemoryProperties}, once, and checks all entries by themselves and
 * among each other.
 */
final class EntryBinder {

	private static final ConfigurationPropertyName NAMESPACE = ConfigurationPropertyName.of("shm.namespace");

	private final Environment environment;

	private final Iterable<ConfigurationPropertySource> sources;

	private final ApplicationConversionService conversions = new ApplicationConversionService();

	private final Binder binder;

	/**
	 * Made when an entry has a list or a map as initial data: it takes a pass over all
	 * names.
	 */
	private final SingletonSupplier<InitialDataSources> initialData;

	private final Problems problems;

	private final List<Entry> entries = new ArrayList<>();

	EntryBinder(Environment environment) {
		this.environment = environment;
		this.sources = ConfigurationPropertySources.get(environment);
		this.conversions.addConverter(Object.class, ListItem.class, ListItem::of);
		this.binder = binder(this.sources);
		this.initialData = SingletonSupplier.of(() -> new InitialDataSources(this.sources));
		this.problems = new Problems(this.sources);
	}

	private Binder binder(Iterable<ConfigurationPropertySource> sources) {
		return new Binder(sources, new PropertySourcesPlaceholdersResolver(this.environment), this.conversions);
	}

	private Binder initialDataBinder(ConfigurationPropertyName initial) {
		return binder(this.initialData.obtain().of(initial));
	}

	/**
	 * Bind the properties, and collect {@link #problems()}.
	 */
	SharedMemoryProperties bind() {
		CacheOverride caching = ConfigurationPropertyCaching.get(this.environment).override();
		try {
			Keys keys = new Keys(this.sources, this.problems);
			SharedMemoryProperties properties = this.binder.bindOrCreate("shm",
					Bindable.of(SharedMemoryProperties.class), new ProblemsBindHandler(this.problems));
			add(keys.in("values"), properties.getValues(), SharedMemoryProperties.ValueProperties::new);
			add(keys.in("arrays"), properties.getArrays(), SharedMemoryProperties.ArrayProperties::new);
			add(keys.in("lists"), properties.getLists(), SharedMemoryProperties.ListProperties::new);
			add(keys.in("blocks"), properties.getBlocks(), SharedMemoryProperties.BlockProperties::new);
			add(keys.in("locks"), properties.getLocks(), SharedMemoryProperties.LockProperties::new);
			requireDistinctNames(properties.getNamespace());
			requireGuards(keys.in("locks"));
			return properties;
		}
		finally {
			caching.close();
		}
	}

	/**
	 * The entries of which nothing is wrong by themselves.
	 */
	List<Entry> entries() {
		return this.entries;
	}

	Problems problems() {
		return this.problems;
	}

	/**
	 * Add the entries of a map. One that says nothing, or nothing but its initial data,
	 * is unknown to the binder.
	 */
	private <P extends SegmentProperties> void add(Map<ConfigurationPropertyName, String> keys, Map<String, P> declared,
			Supplier<P> empty) {
		keys.forEach((name, key) -> {
			P properties = declared.computeIfAbsent(key, (missing) -> empty.get());
			if (!this.problems.concern(name)) {
				add(name, key, properties);
			}
		});
	}

	private void add(ConfigurationPropertyName name, String key, SegmentProperties properties) {
		try {
			SegmentSpec spec = properties.spec(key,
					new InitialDataBinder(this.binder, this::initialDataBinder, name, this.problems));
			if (!this.problems.concern(name)) {
				this.entries.add(new Entry(name, spec, properties.guardKey()));
			}
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			if (!this.problems.concern(name)) {
				this.problems.add(name, "initial", ex);
			}
		}
	}

	private void requireDistinctNames(String namespace) {
		if (!isNamespace(namespace)) {
			this.problems.add(NAMESPACE,
					"Expected a namespace of the characters A-Z a-z 0-9 . _ - without leading dot, found '%s'"
						.formatted(namespace),
					"Use other characters, or fewer");
			return;
		}
		Map<String, Entry> beans = new HashMap<>();
		Map<String, Entry> segments = new HashMap<>();
		for (Entry entry : this.entries) {
			requireFreeBean(beans, entry, entry.key());
			requireFreeBean(beans, entry, BeanNames.alias(entry.key()));
			try {
				requireFreeSegment(segments, entry, entry.spec().inNamespace(namespace).requireSegmentName());
			}
			catch (InvalidOptionException ex) {
				this.problems.add(entry.name(), ex.option(), ex);
			}
		}
	}

	private static boolean isNamespace(String namespace) {
		try {
			SegmentSpec.lock("a").spec().inNamespace(namespace);
			return true;
		}
		catch (InvalidOptionException ex) {
			return false;
		}
	}

	private void requireFreeSegment(Map<String, Entry> segments, Entry entry, String name) {
		Entry other = segments.putIfAbsent(name, entry);
		if (other != null) {
			ConfigurationPropertyName declared = entry.name().append("segment-name");
			this.problems.add((this.problems.find(declared) != null) ? declared : entry.name(),
					"Expected a segment name that no other entry has, found '%s' in %s too".formatted(name,
							Problems.show(other.name())),
					"Give each entry a segment name of its own; inject one bean where the same data is needed twice");
		}
	}

	private void requireFreeBean(Map<String, Entry> beans, Entry entry, String name) {
		Entry other = beans.putIfAbsent(name, entry);
		if (other != null && !other.name().equals(entry.name())) {
			this.problems.add(entry.name(),
					"Expected a bean name that no other entry has, found that '%s' would be both %s and %s"
						.formatted(name, Problems.show(other.name()), Problems.show(entry.name())),
					"Rename one of the keys; a key is the name of the bean, and with dashes also has a camelCase alias");
		}
	}

	/**
	 * The spec learns of the lock of another entry when that is open, which is too late.
	 */
	private void requireOptionsOfGuard(Entry entry, String key) {
		if (entry.spec().lockTimeout() != null) {
			addOptionOfGuard(entry, "lock-timeout", key);
		}
		if (entry.spec().onOwnerDeath() != OwnerDeathPolicy.REPORT) {
			addOptionOfGuard(entry, "on-owner-death", key);
		}
	}

	private void addOptionOfGuard(Entry entry, String option, String key) {
		this.problems.add(entry.name().append(option),
				"Expected no %s with the lock of another entry, found it beside 'lock: %s'".formatted(option, key),
				"Set it in 'shm.locks.%s'".formatted(key));
	}

	private void requireGuards(Map<ConfigurationPropertyName, String> locks) {
		for (Entry entry : this.entries) {
			String key = entry.guardKey();
			if (key != null && !locks.containsValue(key)) {
				this.problems.add(entry.name().append("lock"),
						"Expected true, false or a key of shm.locks (%s), found '%s'"
							.formatted(locks.isEmpty() ? "none declared" : String.join(", ", locks.values()), key),
						"Declare 'shm.locks.%s', or use 'lock: true' for a lock of its own".formatted(key));
			}
			else if (key != null) {
				requireOptionsOfGuard(entry, key);
			}
		}
	}

}
