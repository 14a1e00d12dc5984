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

import java.util.Locale;

import io.github.shmbeans.autoconfigure.YamlScalars.Style;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.PropertySource;

/**
 * Gives list items the same type wherever they are written. YAML and JSON say what is
 * text by quoting it; elsewhere ({@code .properties}, the environment, the command line)
 * all is text, and its type is inferred by the core schema of YAML: {@code 100} is an
 * int, {@code 1.5} a float, {@code true} a bool, {@code null} or {@code ~} is None,
 * nothing at all is the empty text.
 */
final class PlainText {

	private static final String JSON = "spring.application.json";

	private final PropertyLookup lookup;

	private final YamlScalars yaml = new YamlScalars();

	PlainText(PropertyLookup lookup) {
		this.lookup = lookup;
	}

	/**
	 * The value of a property.
	 */
	@Nullable Object valueOf(ConfigurationProperty property) {
		Object value = this.lookup.resolve(property);
		if (!(value instanceof CharSequence text)) {
			return value;
		}
		return switch (style(property)) {
			case NULL -> null;
			case QUOTED -> text.toString();
			case PLAIN -> CoreSchema.infer(text.toString());
		};
	}

	/**
	 * Whether a property is written as {@code null} in a YAML file.
	 */
	boolean isNull(ConfigurationProperty property) {
		return property.getValue().equals("") && style(property) == Style.NULL;
	}

	private Style style(ConfigurationProperty property) {
		if (property.getSource() != null
				&& property.getSource().getUnderlyingSource() instanceof PropertySource<?> source
				&& source.getName().equals(JSON)) {
			return Style.QUOTED;
		}
		Origin origin = property.getOrigin();
		if (origin instanceof PropertySourceOrigin tracked) {
			origin = tracked.getOrigin();
		}
		if (origin instanceof TextResourceOrigin file && isYaml(file)) {
			Style style = this.yaml.styleAt(file);
			return (style != null) ? style : Style.PLAIN;
		}
		return Style.PLAIN;
	}

	private static boolean isYaml(TextResourceOrigin origin) {
		String name = (origin.getResource() != null) ? origin.getResource().getFilename() : null;
		String lowerCase = (name != null) ? name.toLowerCase(Locale.ROOT) : "";
		return lowerCase.endsWith(".yml") || lowerCase.endsWith(".yaml");
	}

}
