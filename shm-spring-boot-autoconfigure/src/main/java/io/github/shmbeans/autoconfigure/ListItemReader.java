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

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.shmbeans.autoconfigure.ListEntry.FirstItem;
import io.github.shmbeans.internal.list.ListItem;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.StringUtils;

/**
 * Reads the items of a list. An item is a plain value (see {@link PlainText}), or in its
 * explicit form has the properties {@code type} ({@code int}, {@code float},
 * {@code bool}, {@code str}, {@code bytes}, {@code none}), {@code value} (for
 * {@code bytes} in Base64) and {@code capacity} (the room in bytes), of which any may be
 * left out.
 */
final class ListItemReader {

	private static final Set<String> PROPERTIES = Set.of("type", "value", "capacity");

	private final DeclaredEntry entry;

	private final PlainText text;

	ListItemReader(DeclaredEntry entry, PlainText text) {
		this.entry = entry;
		this.text = text;
	}

	/**
	 * Read the items.
	 * @return the items, or {@code null} if none are declared
	 */
	@Nullable List<FirstItem> read(Initial initial) {
		if (initial instanceof Initial.Single single) {
			return single(single.property());
		}
		return (initial instanceof Initial.Several several) ? several.items().stream().map(this::item).toList() : null;
	}

	private List<FirstItem> single(ConfigurationProperty property) {
		Object value = this.entry.lookup().resolve(property);
		if (value instanceof CharSequence characters) {
			return Arrays.stream(StringUtils.commaDelimitedListToStringArray(characters.toString()))
				.map((item) -> item(property.getName(), CoreSchema.infer(item.trim()), 0))
				.toList();
		}
		return (value instanceof Collection<?>) ? List.of() : List.of(item(property.getName(), value, 0));
	}

	private FirstItem item(Initial.Item item) {
		if (item.properties().isEmpty()) {
			Object value = (item.property() != null) ? this.text.valueOf(item.property()) : null;
			return item(item.name(), value, 0);
		}
		requireKnown(item);
		return item(item.name(), value(item), capacity(item.properties().get("capacity")));
	}

	private FirstItem item(ConfigurationPropertyName name, @Nullable Object value, int capacity) {
		try {
			ListItem.of(value, capacity);
		}
		catch (IllegalArgumentException ex) {
			throw this.entry.invalid(name, ex);
		}
		return new FirstItem(value, capacity);
	}

	private void requireKnown(Initial.Item item) {
		item.properties().forEach((name, property) -> {
			if (!PROPERTIES.contains(name)) {
				throw this.entry.invalid(item.name().append(name),
						"Expected the properties type, value and capacity of a list item, found '%s'".formatted(name),
						"Correct the property", null);
			}
		});
	}

	private @Nullable Object value(Initial.Item item) {
		ItemType type = type(item.properties());
		ConfigurationProperty property = item.properties().get("value");
		if (type == null) {
			return (property != null) ? this.text.valueOf(property) : null;
		}
		Object raw = (property != null && !this.text.isNull(property)) ? this.entry.lookup().resolve(property) : null;
		Object value = (raw != null) ? type.convert(raw) : null;
		if ((value == null) != (type == ItemType.NONE) || (type == ItemType.NONE && !isNone(property))) {
			throw this.entry.invalid(
					item.name().append("value"), "Expected %s for an item of type %s, found %s"
						.formatted(type.expected(), type, (raw != null) ? "'" + raw + "'" : "none"),
					"Correct the value, or the type", null);
		}
		return value;
	}

	private boolean isNone(@Nullable ConfigurationProperty property) {
		return property == null || this.text.valueOf(property) == null;
	}

	private @Nullable ItemType type(Map<String, @Nullable ConfigurationProperty> properties) {
		ConfigurationProperty property = properties.get("type");
		if (property == null) {
			return null;
		}
		String name = this.entry.lookup().resolve(property).toString();
		ItemType type = ItemType.named(name);
		if (type == null) {
			throw this.entry.invalid(property.getName(),
					"Expected one of the item types %s, found '%s'".formatted(
							Arrays.stream(ItemType.values()).map(ItemType::toString).collect(Collectors.joining(", ")),
							name),
					"Use one of these types, or leave the type out", null);
		}
		return type;
	}

	private int capacity(@Nullable ConfigurationProperty property) {
		if (property == null) {
			return 0;
		}
		Object value = this.entry.lookup().resolve(property);
		try {
			return Integer.parseInt(value.toString());
		}
		catch (NumberFormatException ex) {
			throw this.entry.invalid(property.getName(), "Expected a number of bytes, found '%s'".formatted(value),
					"Declare the room of the item as a whole number of bytes", ex);
		}
	}

}
