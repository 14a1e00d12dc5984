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
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Method handles that read and write the members of structures. Numbers whose Java type
 * has the same width go without boxing.
 */
final class MemberHandles {

	private MemberHandles() {
	}

	private static Class<?> type(StructField field) {
		return field.accessor().type().returnType();
	}

	/**
	 * Whether every value of the Java type can be written as it is.
	 */
	static boolean isExact(StructField field) {
		Class<?> type = type(field);
		return type.isPrimitive() && type != char.class && field.member() instanceof LayoutMember<?> member
				&& member.layout() instanceof Scalar<?> scalar && scalar.family() != Family.UNSIGNED
				&& scalar.family() != Family.CHARACTER;
	}

	/**
	 * Writes all members of a structure, one after the other:
	 * {@code (ByteBuffer, int, S)void}.
	 */
	static MethodHandle writer(Class<?> structure, List<StructField> fields) {
		MethodType type = MethodType.methodType(void.class, ByteBuffer.class, int.class, structure);
		MethodHandle writer = MethodHandles.empty(type);
		for (int i = fields.size() - 1; i >= 0; i--) {
			StructField field = fields.get(i);
			MethodHandle write = MethodHandles.filterArguments(writer(field), 2, field.accessor());
			writer = MethodHandles.foldArguments(writer, write.asType(type));
		}
		return writer;
	}

	/**
	 * Reads the field of a structure: {@code (ByteBuffer, int)T}.
	 */
	static MethodHandle reader(StructField field) {
		Class<?> type = type(field);
		MethodHandle reader;
		if (!isExact(field)) {
			reader = find("readMember", Object.class, Member.class, ByteBuffer.class, int.class).bindTo(field.member());
		}
		else if (type == byte.class) {
			reader = find("readByte", byte.class, ByteBuffer.class, int.class);
		}
		else if (type == boolean.class) {
			reader = find("readBoolean", boolean.class, ByteBuffer.class, int.class);
		}
		else {
			reader = view(type).toMethodHandle(VarHandle.AccessMode.GET);
		}
		return at(field.offset(), reader).asType(MethodType.methodType(type, ByteBuffer.class, int.class));
	}

	/**
	 * Writes the field of a structure: {@code (ByteBuffer, int, T)void}.
	 */
	static MethodHandle writer(StructField field) {
		Class<?> type = type(field);
		MethodHandle writer;
		if (!isExact(field)) {
			writer = find("writeMember", void.class, Member.class, ByteBuffer.class, int.class, Object.class)
				.bindTo(field.member());
		}
		else if (type == byte.class) {
			writer = find("writeByte", void.class, ByteBuffer.class, int.class, byte.class);
		}
		else if (type == boolean.class) {
			writer = find("writeBoolean", void.class, ByteBuffer.class, int.class, boolean.class);
		}
		else {
			writer = view(type).toMethodHandle(VarHandle.AccessMode.SET);
		}
		return at(field.offset(), writer).asType(MethodType.methodType(void.class, ByteBuffer.class, int.class, type));
	}

	/**
	 * Unlike the methods of a buffer, of which there are several classes, these are
	 * inlined without a profile, which the compiler sometimes has not.
	 */
	private static VarHandle view(Class<?> type) {
		return MethodHandles.byteBufferViewVarHandle(type.arrayType(), ByteOrder.LITTLE_ENDIAN);
	}

	private static MethodHandle at(int offset, MethodHandle access) {
		MethodHandle sum = find(Integer.class, "sum", MethodType.methodType(int.class, int.class, int.class));
		return MethodHandles.filterArguments(access, 1, MethodHandles.insertArguments(sum, 1, offset));
	}

	private static MethodHandle find(String name, Class<?> result, Class<?>... arguments) {
		return find(MemberHandles.class, name, MethodType.methodType(result, arguments));
	}

	private static MethodHandle find(Class<?> owner, String name, MethodType type) {
		try {
			return MethodHandles.lookup().findStatic(owner, name, type);
		}
		catch (NoSuchMethodException | IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static byte readByte(ByteBuffer bytes, int at) {
		return bytes.get(at);
	}

	static void writeByte(ByteBuffer bytes, int at, byte value) {
		bytes.put(at, value);
	}

	static boolean readBoolean(ByteBuffer bytes, int at) {
		return bytes.get(at) != 0;
	}

	static void writeBoolean(ByteBuffer bytes, int at, boolean value) {
		bytes.put(at, (byte) (value ? 1 : 0));
	}

	static Object readMember(Member<?> member, ByteBuffer bytes, int at) {
		return member.read(bytes, at);
	}

	@SuppressWarnings("unchecked")
	static void writeMember(Member<?> member, ByteBuffer bytes, int at, Object value) {
		((Member<Object>) member).write(bytes, at, value);
	}

}
