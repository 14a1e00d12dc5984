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

package io.github.shmbeans.internal.posix;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.List;

import com.sun.jna.Structure;
import com.sun.jna.TypeMapper;
import org.jspecify.annotations.Nullable;

/**
 * What only a subclass of {@link Structure} may ask it.
 */
final class StructureAccess {

	private static final MethodHandle OFFSET;

	private static final MethodHandle FIELDS;

	private static final MethodHandle TYPE_MAPPER;

	static {
		try {
			MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(Structure.class, MethodHandles.lookup());
			OFFSET = lookup.findVirtual(Structure.class, "fieldOffset", MethodType.methodType(int.class, String.class));
			FIELDS = lookup.findVirtual(Structure.class, "getFields", MethodType.methodType(List.class, boolean.class));
			TYPE_MAPPER = lookup.findVirtual(Structure.class, "getTypeMapper", MethodType.methodType(TypeMapper.class));
		}
		catch (NoSuchMethodException | IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private StructureAccess() {
	}

	static int offset(Structure structure, String field) {
		return (int) invoke(OFFSET, structure, field);
	}

	@SuppressWarnings("unchecked")
	static List<Field> fields(Structure structure) {
		return (List<Field>) invoke(FIELDS, structure, true);
	}

	static @Nullable Object typeMapper(Structure structure) {
		return invoke(TYPE_MAPPER, structure);
	}

	private static Object invoke(MethodHandle method, Object... arguments) {
		try {
			return method.invokeWithArguments(arguments);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	static MethodHandle constructor(Class<?> type) {
		try {
			return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
				.findConstructor(type, MethodType.methodType(void.class))
				.asType(MethodType.methodType(Object.class));
		}
		catch (NoSuchMethodException | IllegalAccessException ex) {
			throw new IllegalArgumentException(
					"Expected a static class with a constructor without arguments, found %s. Declare one"
						.formatted(type.getName()),
					ex);
		}
	}

}
