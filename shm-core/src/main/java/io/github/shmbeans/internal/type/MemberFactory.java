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

import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.Map;
import java.util.Objects;

import io.github.shmbeans.CType;
import io.github.shmbeans.Length;
import io.github.shmbeans.engine.ElementCodec;
import org.jspecify.annotations.Nullable;

/**
 * Decides how the components of a record are stored.
 */
final class MemberFactory {

	private static final Map<Class<?>, Scalar<?>> SCALARS = Map.ofEntries(Map.entry(byte.class, Scalar.INT8),
			Map.entry(Byte.class, Scalar.INT8), Map.entry(short.class, Scalar.INT16),
			Map.entry(Short.class, Scalar.INT16), Map.entry(int.class, Scalar.INT32),
			Map.entry(Integer.class, Scalar.INT32), Map.entry(long.class, Scalar.INT64),
			Map.entry(Long.class, Scalar.INT64), Map.entry(float.class, Scalar.FLOAT32),
			Map.entry(Float.class, Scalar.FLOAT32), Map.entry(double.class, Scalar.FLOAT64),
			Map.entry(Double.class, Scalar.FLOAT64), Map.entry(boolean.class, Scalar.BOOL),
			Map.entry(Boolean.class, Scalar.BOOL), Map.entry(char.class, Scalar.CHAR),
			Map.entry(Character.class, Scalar.CHAR), Map.entry(BigInteger.class, Scalar.UINT64));

	private MemberFactory() {
	}

	static Member<?> member(Class<?> owner, RecordComponent component) {
		Length length = component.getAnnotation(Length.class);
		Class<?> type = component.getType();
		if (type == String.class || type.isArray()) {
			if (length == null || length.value() < 1) {
				throw refused(owner, component, "a Length of at least 1", (length != null) ? length.value() : "none");
			}
			return (type == String.class) ? new TextMember(length.value())
					: new ArrayMember(objects(new LayoutMember<>(layout(owner, component, type.getComponentType()))),
							type.getComponentType(), length.value());
		}
		return new LayoutMember<>(layout(owner, component, type));
	}

	@SuppressWarnings("unchecked")
	private static Member<Object> objects(Member<?> member) {
		return (Member<Object>) member;
	}

	private static ElementCodec<?> layout(Class<?> owner, RecordComponent component, Class<?> type) {
		CType named = component.getAnnotation(CType.class);
		if (named != null) {
			Scalar<?> scalar = Scalar.named(named.value());
			if (SCALARS.get(type) == null || boxed(type) != scalar.javaType()) {
				throw refused(owner, component, scalar.javaType().getSimpleName() + " for " + scalar.name(),
						type.getSimpleName());
			}
			return scalar;
		}
		if (type.isRecord()) {
			return StructLayout.of(type.asSubclass(Record.class));
		}
		@Nullable Scalar<?> scalar = SCALARS.get(type);
		if (scalar == null) {
			throw refused(owner, component, "a number, boolean, character, record, or an array or text with a Length",
					type.getName());
		}
		return scalar;
	}

	/**
	 * The scalar that has the width of a Java type.
	 */
	static Scalar<?> scalar(Class<?> type) {
		return Objects.requireNonNull(SCALARS.get(type), type::getName);
	}

	private static Class<?> boxed(Class<?> type) {
		Scalar<?> scalar = SCALARS.get(type);
		return (scalar != null) ? scalar.javaType() : type;
	}

	private static IllegalArgumentException refused(Class<?> owner, RecordComponent component, Object expected,
			Object found) {
		return new IllegalArgumentException(
				"Expected %s for component '%s' of %s, found %s. Change the component or its annotations"
					.formatted(expected, component.getName(), owner.getName(), found));
	}

}
