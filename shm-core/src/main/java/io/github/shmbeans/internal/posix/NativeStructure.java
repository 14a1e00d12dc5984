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
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

import com.sun.jna.Callback;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Union;
import org.jspecify.annotations.Nullable;

/**
 * How JNA lays out a {@link Structure}: the offsets are JNA's own, so that its alignment
 * rules hold, those of a packed structure included. Only structures that mean the same in
 * every process are accepted: no pointers, callbacks, unions or converted types.
 *
 * @param type the class
 * @param size its size in bytes, padding at the end included
 * @param fields its fields in their order
 */
public record NativeStructure(Class<?> type, int size, List<NativeField> fields) {

	/**
	 * Whether a class is a structure of JNA.
	 * @param type the class
	 * @return {@code true} also for those that {@link #of(Class)} refuses
	 */
	public static boolean isStructure(Class<?> type) {
		return Structure.class.isAssignableFrom(type);
	}

	/**
	 * Ask JNA for the layout of a structure.
	 * @param type the class
	 * @return the layout
	 * @throws IllegalArgumentException if it is no structure, cannot be made without
	 * arguments, or has a field that cannot be shared between processes
	 */
	public static NativeStructure of(Class<?> type) {
		if (!isStructure(type) || Structure.ByReference.class.isAssignableFrom(type)
				|| Modifier.isAbstract(type.getModifiers())) {
			throw new IllegalArgumentException(
					"Expected a concrete subclass of com.sun.jna.Structure that is no ByReference, found %s. Declare the structure itself"
						.formatted(type.getName()));
		}
		NativeLibrary.require();
		requireNoUnion(type, type.getName());
		return of(instance(type));
	}

	private static NativeStructure of(Structure structure) {
		Class<?> type = structure.getClass();
		if (StructureAccess.typeMapper(structure) != null) {
			throw new IllegalArgumentException(
					"Expected a structure of plain C types, found %s with a TypeMapper. Declare its fields as they are stored"
						.formatted(type.getName()));
		}
		int size = size(structure);
		List<NativeField> fields = new ArrayList<>();
		for (Field field : StructureAccess.fields(structure)) {
			fields.add(field(structure, field));
		}
		return new NativeStructure(type, size, List.copyOf(fields));
	}

	private static int size(Structure structure) {
		try {
			return structure.size();
		}
		catch (RuntimeException | Error ex) {
			throw noLayout(structure.getClass(), ex);
		}
	}

	private static IllegalArgumentException noLayout(Class<?> type, Throwable cause) {
		return new IllegalArgumentException(
				"Expected a structure that JNA can lay out, found %s: %s. Name all fields in FieldOrder and give arrays a length"
					.formatted(type.getName(), cause.getMessage()),
				cause);
	}

	private static NativeField field(Structure structure, Field field) {
		int offset = StructureAccess.offset(structure, field.getName());
		Class<?> type = field.getType();
		Object value = value(structure, field);
		if (!type.isArray()) {
			return new NativeField(field, type, 0, offset, nested(field, type, value));
		}
		int length = (value != null) ? Array.getLength(value) : 0;
		if (length == 0) {
			throw refused(field, "an array with a length of its own, such as new int[3]", "none");
		}
		Class<?> component = type.getComponentType();
		return new NativeField(field, component, length, offset, nested(field, component, Array.get(value, 0)));
	}

	private static @Nullable NativeStructure nested(Field field, Class<?> type, @Nullable Object value) {
		if (type.isPrimitive() || type == NativeLong.class) {
			return null;
		}
		requireNoUnion(type, describe(field));
		if (isStructure(type) && !Structure.ByReference.class.isAssignableFrom(type)) {
			return of((value instanceof Structure structure) ? structure : instance(type));
		}
		boolean pointer = isStructure(type) || Pointer.class.isAssignableFrom(type)
				|| Callback.class.isAssignableFrom(type) || CharSequence.class.isAssignableFrom(type)
				|| type.getSimpleName().equals("WString");
		throw refused(field, "a number, boolean, char, NativeLong, structure, or an array of these",
				type.getName() + (pointer ? ", a pointer, which means nothing in another process" : ""));
	}

	private static void requireNoUnion(Class<?> type, String found) {
		if (Union.class.isAssignableFrom(type)) {
			throw new IllegalArgumentException(
					"Expected a structure, found the union %s, whose bytes have no one meaning. Share a structure, or the bytes as an array"
						.formatted(found));
		}
	}

	private static Structure instance(Class<?> type) {
		MethodHandle constructor = StructureAccess.constructor(type);
		try {
			return (Structure) constructor.invoke();
		}
		catch (Throwable ex) {
			throw noLayout(type, ex);
		}
	}

	private static @Nullable Object value(Structure structure, Field field) {
		try {
			return field.get(structure);
		}
		catch (IllegalAccessException ex) {
			throw refused(field, "a field that is open to this library", "one that is not");
		}
	}

	private static IllegalArgumentException refused(Field field, String expected, String found) {
		return new IllegalArgumentException("Expected %s as field %s, found %s. Change the field or share the bytes"
			.formatted(expected, describe(field), found));
	}

	private static String describe(Field field) {
		return "'%s' of %s".formatted(field.getName(), field.getDeclaringClass().getName());
	}

	/**
	 * Make the number that JNA has for the C type {@code long}.
	 * @param value its value
	 * @return the number
	 */
	public static Number nativeLong(long value) {
		return new NativeLong(value);
	}

	/**
	 * Makes an instance: {@code ()Object}.
	 * @return the constructor without arguments
	 */
	public MethodHandle constructor() {
		return StructureAccess.constructor(this.type);
	}

	/**
	 * A field.
	 *
	 * @param field the field
	 * @param type its type, or that of its elements: a primitive type, {@link NativeLong}
	 * or a structure
	 * @param length how many elements it has, 0 if it is no array
	 * @param offset where it begins, in bytes
	 * @param nested the layout of its type if that is a structure
	 */
	public record NativeField(Field field, Class<?> type, int length, int offset, @Nullable NativeStructure nested) {
	}

}
