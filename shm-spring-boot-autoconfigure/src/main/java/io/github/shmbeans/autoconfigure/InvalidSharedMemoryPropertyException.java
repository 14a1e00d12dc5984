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

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;

/**
 * A property of {@code shm.*} that does not fit, or an entry that cannot be opened as
 * declared.
 */
class InvalidSharedMemoryPropertyException extends RuntimeException {

	private final String property;

	private final transient @Nullable Object value;

	private final transient @Nullable Origin origin;

	private final String reason;

	private final String action;

	/**
	 * Create the exception.
	 * @param name the name of the property
	 * @param found the property as it was found, or another one of its entry, whose
	 * origin shows the way
	 * @param reason what was expected and what was found
	 * @param action what to do about it
	 * @param cause the cause, if any
	 */
	InvalidSharedMemoryPropertyException(ConfigurationPropertyName name, @Nullable ConfigurationProperty found,
			String reason, String action, @Nullable Throwable cause) {
		super("Property '%s' (%s): %s. %s".formatted(PropertyNames.show(name),
				(found != null) ? found.getOrigin() : "not set", reason, action), cause);
		this.property = PropertyNames.show(name);
		this.value = (found != null && found.getName().equals(name)) ? found.getValue() : null;
		this.origin = (found != null) ? found.getOrigin() : null;
		this.reason = reason;
		this.action = action;
	}

	String property() {
		return this.property;
	}

	/**
	 * The value as it was declared, or {@code null} if the property is not set.
	 */
	@Nullable Object value() {
		return this.value;
	}

	/**
	 * Where the property was set, or its entry if the property was not.
	 */
	@Nullable Origin origin() {
		return this.origin;
	}

	String reason() {
		return this.reason;
	}

	String action() {
		return this.action;
	}

}
