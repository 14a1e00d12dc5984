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
		RecordComponent[] components = type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
		if (components.length == 0) {
			throw new IllegalArgumentException(
					"Expected a record with at least one component, found %s. Declare the members of the structure"
						.formatted(type.getName()));
		}
		try {
			MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
			List<StructField> fields = new ArrayList<>();
			int offset = 0;
			for (RecordComponent component : components) {
				Member<?> member = MemberFactory.member(type, component);
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
