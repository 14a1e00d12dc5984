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

package io.github.shmbeans.internal.type;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Finds the scalars: by typecode, fixed-width name, Java name or ctypes name, and by Java
 * type.
 */
final class ScalarNames {

	private static final Map<String, Scalar<?>> SCALARS = new TreeMap<>();

	static {
		add(Scalar.INT8, "b", "byte", "c_byte", "c_int8");
		add(Scalar.UINT8, "B", "c_ubyte", "c_uint8");
		add(Scalar.INT16, "h", "short", "c_short", "c_int16");
		add(Scalar.UINT16, "H", "c_ushort", "c_uint16");
		add(Scalar.INT32, "i", "int", "c_int", "c_int32");
		add(Scalar.UINT32, "I", "c_uint", "c_uint32");
		add(Scalar.INT64, "l", "q", "long", "c_long", "c_longlong", "c_int64", "c_ssize_t");
		add(Scalar.UINT64, "L", "Q", "c_ulong", "c_ulonglong", "c_uint64", "c_size_t");
		add(Scalar.FLOAT32, "f", "float", "c_float");
		add(Scalar.FLOAT64, "d", "double", "c_double");
		add(Scalar.BOOL, "?", "boolean", "c_bool");
		add(Scalar.CHAR, "c", "c_char");
		add(Scalar.WCHAR, "u", "c_wchar");
	}

	private static final Map<Class<?>, Scalar<?>> JAVA_TYPES = Map.ofEntries(Map.entry(byte.class, Scalar.INT8),
			Map.entry(Byte.class, Scalar.INT8), Map.entry(short.class, Scalar.INT16),
			Map.entry(Short.class, Scalar.INT16), Map.entry(int.class, Scalar.INT32),
			Map.entry(Integer.class, Scalar.INT32), Map.entry(long.class, Scalar.INT64),
			Map.entry(Long.class, Scalar.INT64), Map.entry(float.class, Scalar.FLOAT32),
			Map.entry(Float.class, Scalar.FLOAT32), Map.entry(double.class, Scalar.FLOAT64),
			Map.entry(Double.class, Scalar.FLOAT64), Map.entry(boolean.class, Scalar.BOOL),
			Map.entry(Boolean.class, Scalar.BOOL), Map.entry(char.class, Scalar.CHAR),
			Map.entry(Character.class, Scalar.CHAR), Map.entry(BigInteger.class, Scalar.UINT64));

	private ScalarNames() {
	}

	private static void add(Scalar<?> scalar, String... names) {
		SCALARS.put(scalar.name(), scalar);
		for (String name : names) {
			SCALARS.put(name, scalar);
		}
	}

	static @Nullable Scalar<?> ofJavaType(Class<?> type) {
		return JAVA_TYPES.get(type);
	}

	static Scalar<?> find(String name) {
		@Nullable Scalar<?> found = SCALARS.get(name);
		if (found == null) {
			throw new IllegalArgumentException("Expected an element type of %s, found '%s'. Use one of these names"
				.formatted(String.join(" ", SCALARS.keySet()), name));
		}
		return found;
	}

}
