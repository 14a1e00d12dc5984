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
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The core schema of YAML 1.2: what a plain text means.
 */
final class CoreSchema {

	private static final Pattern NULL = Pattern.compile("null|Null|NULL|~");

	private static final Pattern BOOL = Pattern.compile("true|True|TRUE|false|False|FALSE");

	private static final Pattern INT = Pattern.compile("[-+]?[0-9]+");

	private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");

	private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]+");

	private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

	private static final Pattern INFINITY = Pattern.compile("[-+]?\\.(inf|Inf|INF)");

	private static final Pattern NAN = Pattern.compile("\\.(nan|NaN|NAN)");

	private CoreSchema() {
	}

	/**
	 * Infer the value of a plain text.
	 * @return {@code null}, a {@link Boolean}, {@link BigInteger}, {@link Double} or the
	 * text itself
	 */
	static @Nullable Object infer(String text) {
		if (NULL.matcher(text).matches()) {
			return null;
		}
		if (BOOL.matcher(text).matches()) {
			return Boolean.valueOf(text);
		}
		Number number = number(text);
		return (number != null) ? number : text;
	}

	/**
	 * The number that a text stands for.
	 * @return a {@link BigInteger} or {@link Double}, or {@code null} if it is no number
	 */
	static @Nullable Number number(String text) {
		if (INT.matcher(text).matches()) {
			return new BigInteger(text);
		}
		if (OCTAL.matcher(text).matches()) {
			return new BigInteger(text.substring(2), 8);
		}
		if (HEX.matcher(text).matches()) {
			return new BigInteger(text.substring(2), 16);
		}
		if (FLOAT.matcher(text).matches()) {
			return Double.valueOf(text);
		}
		if (INFINITY.matcher(text).matches()) {
			return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
		}
		return NAN.matcher(text).matches() ? Double.NaN : null;
	}

}
