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

package io.github.shmbeans.interop;

import java.util.ArrayList;
import java.util.List;

import io.github.shmbeans.ElementType;

/**
 * The scalars of ctypes, each with four values as Python and Java write them.
 */
enum Scalars {

	BYTE("b", "c_byte", "i1", "[-128, 127, -1, 5]"),

	UNSIGNED_BYTE("B", "c_ubyte", "u1", "[0, 255, 128, 5]"),

	SHORT("h", "c_short", "i2", "[-32768, 32767, -1, 5]"),

	UNSIGNED_SHORT("H", "c_ushort", "u2", "[0, 65535, 32768, 5]"),

	INT("i", "c_int", "i4", "[-2147483648, 2147483647, -1, 5]"),

	UNSIGNED_INT("I", "c_uint", "u4", "[0, 4294967295, 2147483648, 5]"),

	LONG("l", "c_long", "i8", "[-9223372036854775808, 9223372036854775807, -1, 5]"),

	UNSIGNED_LONG("L", "c_ulong", "u8", "[0, 18446744073709551615, 9223372036854775808, 5]"),

	LONG_LONG("q", "c_longlong", "i8", "[-9223372036854775808, 9223372036854775807, -1, 5]"),

	UNSIGNED_LONG_LONG("Q", "c_ulonglong", "u8", "[0, 18446744073709551615, 9223372036854775808, 5]"),

	FLOAT("f", "c_float", "f4", "[0.5, -1.25, inf, 3.0]"),

	DOUBLE("d", "c_double", "f8", "[0.1, -2.5e+300, -inf, 3.0]"),

	BOOL("?", "c_bool", "?", "[True, False, False, True]"),

	CHAR("c", "c_char", "u1", "[b'a', b'\\x00', b'\\xff', b'z']") {

		@Override
		Object value(String literal) {
			return (literal.length() == 4) ? literal.substring(2, 3)
					: String.valueOf((char) Integer.parseInt(literal.substring(4, 6), 16));
		}

	},

	WIDE_CHAR("u", "c_wchar", "u4", "['a', 'é', '€', '😀']") {

		@Override
		Object value(String literal) {
			return literal.substring(1, literal.length() - 1);
		}

	};

	private final String code;

	private final String ctype;

	private final String dtype;

	private final String literal;

	Scalars(String code, String ctype, String dtype, String literal) {
		this.code = code;
		this.ctype = ctype;
		this.dtype = dtype;
		this.literal = literal;
	}

	String code() {
		return this.code;
	}

	String ctype() {
		return this.ctype;
	}

	String dtype() {
		return this.dtype;
	}

	/**
	 * The values as Python shows them.
	 */
	String literal() {
		return this.literal;
	}

	@SuppressWarnings("unchecked")
	<T> ElementType<T> type() {
		return (ElementType<T>) ElementType.of(this.code);
	}

	<T> List<T> elements() {
		List<T> values = new ArrayList<>();
		for (String item : this.literal.substring(1, this.literal.length() - 1).split(", ")) {
			values.add(this.<T>type().convert(value(item)));
		}
		return values;
	}

	Object value(String text) {
		return text.replace("inf", "Infinity");
	}

}
