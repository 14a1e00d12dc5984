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

import io.github.shmbeans.ElementType;
import io.github.shmbeans.error.InvalidOptionException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * What entries with elements of a declared type may say.
 */
public abstract class ElementProperties extends SegmentProperties {

	private @Nullable String type;

	private @Nullable Object initial;

	/**
	 * Element type, such as long, double, uint8 or char, or the class name of a record or
	 * JNA structure.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable String getType() {
		return this.type;
	}

	public void setType(@Nullable String type) {
		this.type = type;
	}

	/**
	 * Data that a new segment begins with; zero by default.
	 * @return the value, or {@code null} if it is not set or no scalar
	 */
	public @Nullable Object getInitial() {
		return this.initial;
	}

	public void setInitial(@Nullable Object initial) {
		this.initial = initial;
	}

	final ElementType<?> elementType() {
		if (!StringUtils.hasText(this.type)) {
			throw new InvalidOptionException("type", "Expected an element type, found none",
					"Set the type, for example long, double, int32, uint8 or char");
		}
		try {
			return this.type.contains(".") ? ElementType.of(ClassUtils.forName(this.type, null))
					: ElementType.of(this.type);
		}
		catch (ClassNotFoundException | LinkageError ex) {
			throw new InvalidOptionException("type",
					"Expected the name of a record or JNA structure, found '%s', which cannot be loaded"
						.formatted(this.type),
					"Correct the name, or add the class to the class path");
		}
		catch (InvalidOptionException ex) {
			throw ex;
		}
		catch (IllegalArgumentException ex) {
			InvalidOptionException invalid = Problem.invalidOption("type", ex);
			throw this.type.contains(".") ? invalid : new InvalidOptionException("type", invalid.problem(),
					"Use one of these names, the full class name of a record (com.acme.Point), or an array of char for text");
		}
	}

}
