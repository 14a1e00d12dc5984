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

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

import io.github.shmbeans.ListBuilder;
import io.github.shmbeans.error.InvalidOptionException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.NumberUtils;

/**
 * An item of a list as it is declared: a plain value, or any of type, value and capacity.
 *
 * @param type the type; that of the value by default
 * @param value the first value; bytes in Base64
 * @param capacity the room for later values in bytes; what the first value needs by
 * default
 */
record ListItem(@Nullable Type type, @Nullable Object value, @Nullable Integer capacity) {

	private static final Pattern INTEGER = Pattern.compile("[-+]?\\d+");

	private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

	/**
	 * A plain item.
	 * @param value the value
	 */
	static ListItem of(Object value) {
		return new ListItem(null, value, null);
	}

	/**
	 * Add the item to a list.
	 * @param builder the list
	 * @param name the name of the item, for messages
	 * @param plainText whether its source has nothing but text
	 */
	void addTo(ListBuilder builder, String name, boolean plainText) {
		Object first = first(name, plainText);
		if (this.capacity == null) {
			builder.item(first);
			return;
		}
		if (first != null) {
			requireRoom(name, this.capacity, first);
		}
		builder.item(first, this.capacity);
	}

	private @Nullable Object first(String name, boolean plainText) {
		if (this.type == null) {
			return (plainText && this.value instanceof String text) ? infer(text) : this.value;
		}
		Object first = (this.value != null) ? this.type.convert(this.value) : null;
		if ((first == null) != (this.type == Type.NONE) || (this.type == Type.NONE && !isEmpty())) {
			throw new InvalidOptionException(
					name + ".value", "Expected %s for an item of type %s, found %s".formatted(this.type.expected,
							this.type, (this.value != null) ? "'" + this.value + "'" : "none"),
					"Correct the value, or the type");
		}
		return first;
	}

	private boolean isEmpty() {
		return this.value == null || "".equals(this.value);
	}

	private static Object infer(String text) {
		String trimmed = text.trim();
		if (INTEGER.matcher(trimmed).matches()) {
			return new BigInteger(trimmed);
		}
		if (NUMBER.matcher(trimmed).matches()) {
			return Double.valueOf(trimmed);
		}
		boolean truth = "true".equalsIgnoreCase(trimmed) || "false".equalsIgnoreCase(trimmed);
		return truth ? (Object) Boolean.valueOf(trimmed) : text;
	}

	private static void requireRoom(String name, int capacity, Object value) {
		int length = (value instanceof byte[] bytes) ? bytes.length
				: (value instanceof String text) ? text.getBytes(StandardCharsets.UTF_8).length : Long.BYTES;
		if (capacity < length) {
			throw new InvalidOptionException(name + ".capacity",
					"Expected room for the first value, %d bytes, found %d".formatted(length, capacity),
					"Enlarge the capacity, or leave it out");
		}
	}

	/**
	 * The types of list items, by the names that Python has for them.
	 */
	enum Type {

		/** A whole number of 64 bits. */
		INT("a whole number") {

			@Override
			@Nullable Object convert(Object value) {
				return (value instanceof Double) ? null : number(value.toString(), BigInteger.class);
			}

		},

		/** A floating-point number. */
		FLOAT("a number") {

			@Override
			@Nullable Object convert(Object value) {
				return number(value.toString(), Double.class);
			}

		},

		/** A truth value. */
		BOOL("true or false") {

			@Override
			@Nullable Object convert(Object value) {
				return (infer(value.toString()) instanceof Boolean truth) ? truth : null;
			}

		},

		/** A text. */
		STR("a text") {

			@Override
			@Nullable Object convert(Object value) {
				return value.toString();
			}

		},

		/** Bytes. */
		BYTES("bytes in Base64") {

			@Override
			@Nullable Object convert(Object value) {
				try {
					return (value instanceof byte[]) ? value : Base64.getDecoder().decode(value.toString());
				}
				catch (IllegalArgumentException ex) {
					return null;
				}
			}

		},

		/** No value. */
		NONE("no value") {

			@Override
			@Nullable Object convert(Object value) {
				return null;
			}

		};

		private final String expected;

		Type(String expected) {
			this.expected = expected;
		}

		/**
		 * Turn a value into an item of this type.
		 * @return the item, or {@code null} if it is none
		 */
		abstract @Nullable Object convert(Object value);

		private static <N extends Number> @Nullable N number(String text, Class<N> type) {
			try {
				return NumberUtils.parseNumber(text, type);
			}
			catch (NumberFormatException ex) {
				return null;
			}
		}

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
