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

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.unit.DataSize;

/**
 * Puts binding errors in the words of the other failures.
 */
final class BindProblem {

	private BindProblem() {
	}

	static InvalidSharedMemoryPropertyException of(BindException ex) {
		ConfigurationProperty property = ex.getProperty();
		ConfigurationPropertyName name = (property != null) ? property.getName() : ex.getName();
		Class<?> type = ex.getTarget().getType().resolve(Object.class);
		return new InvalidSharedMemoryPropertyException(name, property, reason(type, property, ex),
				"Correct the value of '%s'".formatted(PropertyNames.show(name)), ex);
	}

	private static String reason(Class<?> type, @Nullable ConfigurationProperty property, BindException ex) {
		Throwable root = rootCause(ex);
		if (type == FilePermissions.class) {
			return String.valueOf(root.getMessage());
		}
		Object found = (property != null) ? property.getValue() : root.getMessage();
		return "Expected %s, found '%s'".formatted(expected(type), found);
	}

	private static Throwable rootCause(Throwable ex) {
		Throwable cause = ex;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause;
	}

	private static String expected(Class<?> type) {
		if (type.isEnum()) {
			return Arrays.stream(type.getEnumConstants())
				.map((constant) -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
				.collect(Collectors.joining(", ", "one of ", ""));
		}
		if (type == Duration.class) {
			return "a duration such as 500ms or 5s";
		}
		if (type == DataSize.class) {
			return "a size such as 64KB or 4MB";
		}
		if (type == Long.class) {
			return "a whole number";
		}
		return (type == boolean.class || type == Boolean.class) ? "true or false" : "a " + type.getSimpleName();
	}

}
