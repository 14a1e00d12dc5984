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

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.shmbeans.internal.posix.NativeStructure;
import io.github.shmbeans.internal.posix.NativeStructure.NativeField;
import org.jspecify.annotations.Nullable;

/**
 * A structure of JNA: its fields are read and written in the heap, without its native
 * memory. They are stored as JNA stores them: a {@code boolean} as a 32-bit integer that
 * is -1 or 0, a {@code char} as a {@code wchar_t}. Source: the table of default type
 * mappings in JNA's overview.
 *
 * @param <S> the structure
 * @param javaType its class
 * @param structure its layout
 * @param fields its fields as members
 * @param setters write the fields of an instance
 */
record JnaModel<S>(Class<S> javaType, NativeStructure structure, List<StructField> fields,
		List<MethodHandle> setters) implements StructModel<S> {

	@SuppressWarnings("unchecked")
	static <S> JnaModel<S> of(NativeStructure structure) {
		List<StructField> fields = new ArrayList<>();
		List<MethodHandle> setters = new ArrayList<>();
		for (NativeField field : structure.fields()) {
			if (Modifier.isFinal(field.field().getModifiers())) {
				throw refused(field, "a field that can be set", "a final one", null);
			}
			try {
				MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(field.field().getDeclaringClass(),
						MethodHandles.lookup());
				fields.add(new StructField(field.field().getName(), member(field), field.offset(),
						lookup.unreflectGetter(field.field())));
				setters.add(lookup.unreflectSetter(field.field()));
			}
			catch (IllegalAccessException ex) {
				throw refused(field, "a field that is open to this library", "one that is not", ex);
			}
		}
		return new JnaModel<>((Class<S>) structure.type(), structure, List.copyOf(fields), List.copyOf(setters));
	}

	private static Member<?> member(NativeField field) {
		Member<?> element = element(field);
		return (field.length() == 0) ? element
				: new ArrayMember(Member.ofObjects(element), field.type(), field.length());
	}

	private static Member<?> element(NativeField field) {
		if (field.nested() != null) {
			return new LayoutMember<>(nested(field, field.nested()));
		}
		Class<?> type = field.type();
		if (type == boolean.class) {
			return JnaMember.BOOLEAN;
		}
		if (type == char.class) {
			return JnaMember.CHARACTER;
		}
		if (Number.class.isAssignableFrom(type)) {
			return JnaMember.NATIVE_LONG;
		}
		return new LayoutMember<>(Objects.requireNonNull(Scalar.ofJavaType(type), type::getName));
	}

	/**
	 * JNA takes the size of a structure from its class, whatever arrays an instance has.
	 */
	private static StructLayout<?> nested(NativeField field, NativeStructure found) {
		StructLayout<?> layout = StructLayout.of(found.type());
		if (layout.model() instanceof JnaModel<?> model && model.structure().equals(found)) {
			return layout;
		}
		throw refused(field, "a structure with the layout of its class",
				"one whose arrays have other lengths than those of a new " + found.type().getName(), null);
	}

	private static IllegalArgumentException refused(NativeField field, String expected, String found,
			@Nullable Throwable cause) {
		return new IllegalArgumentException("Expected %s, found %s: '%s' of %s. Change the declaration"
			.formatted(expected, found, field.field().getName(), field.field().getDeclaringClass().getName()), cause);
	}

	@Override
	public int size() {
		return this.structure.size();
	}

	@Override
	public int alignment() {
		return this.fields.stream().mapToInt((field) -> field.member().alignment()).max().orElse(1);
	}

	/**
	 * The constructor, with a read from the buffer for each field after it.
	 */
	@Override
	public MethodHandle reader() {
		MethodHandle reader = MethodHandles.dropArguments(MethodHandles.identity(this.javaType), 1, ByteBuffer.class,
				int.class);
		for (int i = this.fields.size() - 1; i >= 0; i--) {
			MethodHandle read = MethodHandles.collectArguments(this.setters.get(i), 1,
					MemberHandles.reader(this.fields.get(i)));
			reader = MethodHandles.foldArguments(reader,
					read.asType(read.type().changeParameterType(0, this.javaType)));
		}
		return MethodHandles.foldArguments(reader, constructor());
	}

	private MethodHandle constructor() {
		MethodHandle constructor = this.structure.constructor();
		return constructor.asType(constructor.type().changeReturnType(this.javaType));
	}

	@Override
	public S construct(Object[] members) {
		try {
			S instance = this.javaType.cast(constructor().invoke());
			for (int i = 0; i < members.length; i++) {
				this.setters.get(i).invoke(instance, members[i]);
			}
			return instance;
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

}
