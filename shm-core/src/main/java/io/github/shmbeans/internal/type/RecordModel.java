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
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.shmbeans.CType;
import io.github.shmbeans.Length;
import io.github.shmbeans.engine.ElementCodec;
import org.jspecify.annotations.Nullable;

/**
 * A record as a structure: its components in their order, each at its natural alignment.
 * Source: System V ABI, "Aggregates and Unions".
 *
 * @param <R> the record
 * @param javaType its class
 * @param lookup may access the class
 * @param fields its components as members
 */
record RecordModel<R extends Record>(Class<R> javaType, MethodHandles.Lookup lookup,
		List<StructField> fields) implements StructModel<R> {

	static <R extends Record> RecordModel<R> of(Class<R> type) {
		RecordComponent[] components = type.getRecordComponents();
		if (components.length == 0) {
			throw new IllegalArgumentException(
					"Expected a record with at least one component, found %s. Declare the members of the structure"
						.formatted(type.getName()));
		}
		requireNoCycle(type, List.of());
		try {
			MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
			List<StructField> fields = new ArrayList<>();
			int offset = 0;
			for (RecordComponent component : components) {
				Member<?> member = member(component);
				offset = StructField.align(offset, member.alignment());
				fields.add(new StructField(component.getName(), member, offset,
						lookup.unreflect(component.getAccessor())));
				offset = Math.addExact(offset, member.size());
			}
			return new RecordModel<>(type, lookup, List.copyOf(fields));
		}
		catch (IllegalAccessException ex) {
			throw new IllegalArgumentException(
					"Expected a record that is open to this library, found %s. Open its package in module-info"
						.formatted(type.getName()),
					ex);
		}
	}

	/**
	 * A record that contains itself, however deep, would have no end.
	 */
	private static void requireNoCycle(Class<?> type, List<Class<?>> outer) {
		List<Class<?>> path = new ArrayList<>(outer);
		path.add(type);
		for (RecordComponent component : type.getRecordComponents()) {
			Class<?> nested = component.getType().isArray() ? component.getType().getComponentType()
					: component.getType();
			if (path.contains(nested)) {
				throw refused(component, "a type of fixed size",
						"%s, which contains this component".formatted(nested.getName()));
			}
			if (nested.isRecord()) {
				requireNoCycle(nested, path);
			}
		}
	}

	private static Member<?> member(RecordComponent component) {
		Class<?> type = component.getType();
		Length length = component.getAnnotation(Length.class);
		if (type != String.class && !type.isArray()) {
			if (length != null) {
				throw refused(component, "an array or a String for @Length", type.getName());
			}
			return new LayoutMember<>(layout(component, type));
		}
		if (length == null || length.value() < 1) {
			throw refused(component, "a @Length of at least 1", (length != null) ? length.value() : "none");
		}
		return (type == String.class) ? new TextMember(text(component), length.value())
				: new ArrayMember(Member.ofObjects(new LayoutMember<>(layout(component, type.getComponentType()))),
						type.getComponentType(), length.value());
	}

	private static Scalar<?> text(RecordComponent component) {
		Scalar<?> named = named(component);
		if (named != null && named.family() != Family.CHARACTER) {
			throw refused(component, "@CType(\"char\") or @CType(\"wchar\") for a String", named.name());
		}
		return (named != null) ? named : Scalar.CHAR;
	}

	private static ElementCodec<?> layout(RecordComponent component, Class<?> type) {
		@Nullable Scalar<?> usual = Scalar.ofJavaType(type);
		Scalar<?> named = named(component);
		if (named != null) {
			if (usual == null || usual.javaType() != named.javaType()) {
				throw refused(component,
						"%s for @CType(\"%s\")".formatted(named.javaType().getSimpleName(), named.name()),
						type.getName());
			}
			return named;
		}
		if (type.isRecord()) {
			return StructLayout.of(type);
		}
		if (usual == null) {
			throw refused(component, "a number, boolean, character, record, or an array or String with a @Length",
					type.getName());
		}
		return usual;
	}

	private static @Nullable Scalar<?> named(RecordComponent component) {
		CType named = component.getAnnotation(CType.class);
		if (named == null) {
			return null;
		}
		try {
			return Scalar.named(named.value());
		}
		catch (IllegalArgumentException ex) {
			throw refused(component, "a @CType that names a scalar type", "'" + named.value() + "'");
		}
	}

	private static IllegalArgumentException refused(RecordComponent component, String expected, Object found) {
		return new IllegalArgumentException(
				"Expected %s for component '%s' of %s, found %s. Change the component or its annotations"
					.formatted(expected, component.getName(), component.getDeclaringRecord().getName(), found));
	}

	@Override
	public int size() {
		return StructField.align(this.fields.get(this.fields.size() - 1).end(), alignment());
	}

	@Override
	public int alignment() {
		return this.fields.stream().mapToInt((field) -> field.member().alignment()).max().orElse(1);
	}

	private static Class<?>[] componentTypes(Class<?> type) {
		return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new);
	}

	/**
	 * The canonical constructor, with a read from the buffer for each argument.
	 */
	@Override
	public MethodHandle reader() {
		MethodHandle reader = constructor();
		int[] order = new int[2 * this.fields.size()];
		for (int i = this.fields.size() - 1; i >= 0; i--) {
			reader = MethodHandles.collectArguments(reader, i, MemberHandles.reader(this.fields.get(i)));
			order[2 * i + 1] = 1;
		}
		return MethodHandles.permuteArguments(reader, MethodType.methodType(this.javaType, ByteBuffer.class, int.class),
				order);
	}

	private MethodHandle constructor() {
		try {
			return this.lookup.findConstructor(this.javaType,
					MethodType.methodType(void.class, componentTypes(this.javaType)));
		}
		catch (NoSuchMethodException | IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public R construct(Object[] members) {
		try {
			Constructor<R> constructor = this.javaType.getDeclaredConstructor(componentTypes(this.javaType));
			constructor.setAccessible(true);
			return constructor.newInstance(members);
		}
		catch (InvocationTargetException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw new IllegalStateException(ex);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
