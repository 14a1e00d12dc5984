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

import java.math.BigDecimal;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Refuses numbers that Boot's conversion would cut off: {@code 1.5} for a whole number,
 * {@code 1e300} for a float.
 */
final class ExactNumbersBindHandler extends AbstractBindHandler {

	@Override
	public @Nullable Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Object result) {
		ConfigurationProperty property = context.getConfigurationProperty();
		if (property != null && property.getName().equals(name)) {
			requireExact(property.getValue(), result);
		}
		return super.onSuccess(name, target, context, result);
	}

	private static void requireExact(@Nullable Object declared, Object result) {
		boolean floating = result instanceof Double || result instanceof Float;
		if (floating && Double.isInfinite(((Number) result).doubleValue()) && isFinite(declared)) {
			throw new IllegalArgumentException(
					"Expected a number that fits %s, found '%s'. Use a smaller number, or a larger type"
						.formatted(result.getClass().getSimpleName().toLowerCase(Locale.ROOT), declared));
		}
		if (!floating && result instanceof Number && declared instanceof Number
				&& new BigDecimal(declared.toString()).compareTo(new BigDecimal(result.toString())) != 0) {
			throw new IllegalArgumentException(
					"Expected a whole number, found '%s'. Correct the number, or the type".formatted(declared));
		}
	}

	private static boolean isFinite(@Nullable Object declared) {
		try {
			new BigDecimal(String.valueOf(declared));
			return true;
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

}
