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
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * Names of properties that an entry takes.
 */
final class KnownProperties {

	private static final ClassValue<KnownProperties> ALL = new ClassValue<>() {

		@Override
		protected KnownProperties computeValue(Class<?> type) {
			return new KnownProperties(Arrays.stream(type.getRecordComponents())
				.map(RecordComponent::getName)
				.map(DataObjectPropertyName::toDashedForm)
				.toList());
		}

	};

	private final List<String> names;

	private final Set<String> uniform;

	private KnownProperties(List<String> names) {
		this.names = names;
		this.uniform = names.stream().map(KnownProperties::uniform).collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * The properties that the components of a record are bound to.
	 */
	static KnownProperties of(Class<?> record) {
		return ALL.get(record);
	}

	/**
	 * These properties behind others.
	 * @param others the others, in kebab case
	 */
	KnownProperties after(String... others) {
		return new KnownProperties(Stream.concat(Arrays.stream(others), this.names.stream()).toList());
	}

	/**
	 * The properties in kebab case, in order.
	 */
	List<String> names() {
		return this.names;
	}

	/**
	 * Whether a property is one of them.
	 * @param property the property, in lower case with or without dashes
	 */
	boolean contains(String property) {
		return this.uniform.contains(uniform(property));
	}

	private static String uniform(String property) {
		return property.replace("-", "");
	}

}
