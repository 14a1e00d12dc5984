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
import java.util.Base64;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The types of list items, by the names that Python has for them.
 */
enum ItemType {

	INT("a whole number") {

		@Override
		@Nullable Object convert(Object value) {
			Object number = (value instanceof CharSequence text) ? CoreSchema.number(text.toString()) : value;
			return (number instanceof BigInteger || number instanceof Long || number instanceof Integer) ? number
					: null;
		}

	},

	FLOAT("a number") {

		@Override
		@Nullable Object convert(Object value) {
			Object number = (value instanceof CharSequence text) ? CoreSchema.number(text.toString()) : value;
			return (number instanceof Number converted) ? (Object) converted.doubleValue() : null;
		}

	},

	BOOL("true or false") {

		@Override
		@Nullable Object convert(Object value) {
			return (CoreSchema.infer(value.toString()) instanceof Boolean converted) ? converted : null;
		}

	},

	STR("a text") {

		@Override
		@Nullable Object convert(Object value) {
			return value.toString();
		}

	},

	BYTES("bytes in Base64") {

		@Override
		@Nullable Object convert(Object value) {
			if (value instanceof byte[]) {
				return value;
			}
			try {
				return Base64.getDecoder().decode(value.toString());
			}
			catch (IllegalArgumentException ex) {
				return null;
			}
		}

	},

	NONE("no value") {

		@Override
		@Nullable Object convert(Object value) {
			return null;
		}

	};

	private final String expected;

	ItemType(String expected) {
		this.expected = expected;
	}

	/**
	 * Find a type by name, or {@code null}.
	 */
	static @Nullable ItemType named(String name) {
		for (ItemType type : values()) {
			if (type.toString().equals(name.toLowerCase(Locale.ROOT))) {
				return type;
			}
		}
		return null;
	}

	/**
	 * What a value of this type looks like.
	 */
	String expected() {
		return this.expected;
	}

	/**
	 * Turn a value into an item of this type.
	 * @return the item, or {@code null} if it is none
	 */
	abstract @Nullable Object convert(Object value);

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
