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

package io.github.shmbeans.type;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
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
		MethodHandle reader = isExact(field)
				? find("read", MethodType.methodType(type, ByteBuffer.class, int.class, int.class), type)
				: MethodHandles.insertArguments(find("read",
						MethodType.methodType(Object.class, Member.class, ByteBuffer.class, int.class, int.class),
						Object.class), 0, field.member());
		return MethodHandles.insertArguments(reader, 2, field.offset())
			.asType(MethodType.methodType(type, ByteBuffer.class, int.class));
	}

	/**
	 * Writes the field of a structure: {@code (ByteBuffer, int, T)void}.
	 */
	static MethodHandle writer(StructField field) {
		Class<?> type = type(field);
		MethodHandle writer = isExact(field)
				? find("write", MethodType.methodType(void.class, ByteBuffer.class, int.class, int.class, type), type)
				: MethodHandles.insertArguments(find("write", MethodType.methodType(void.class, Member.class,
						ByteBuffer.class, int.class, int.class, Object.class), Object.class), 0, field.member());
		return MethodHandles.insertArguments(writer, 2, field.offset())
			.asType(MethodType.methodType(void.class, ByteBuffer.class, int.class, type));
	}

	private static MethodHandle find(String verb, MethodType methodType, Class<?> type) {
		String name = verb + Character.toUpperCase(type.getSimpleName().charAt(0)) + type.getSimpleName().substring(1);
		try {
			return MethodHandles.lookup().findStatic(MemberHandles.class, name, methodType);
		}
		catch (NoSuchMethodException | IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static byte readByte(ByteBuffer bytes, int at, int offset) {
		return bytes.get(at + offset);
	}

	static void writeByte(ByteBuffer bytes, int at, int offset, byte value) {
		bytes.put(at + offset, value);
	}

	static short readShort(ByteBuffer bytes, int at, int offset) {
		return bytes.getShort(at + offset);
	}

	static void writeShort(ByteBuffer bytes, int at, int offset, short value) {
		bytes.putShort(at + offset, value);
	}

	static int readInt(ByteBuffer bytes, int at, int offset) {
		return bytes.getInt(at + offset);
	}

	static void writeInt(ByteBuffer bytes, int at, int offset, int value) {
		bytes.putInt(at + offset, value);
	}

	static long readLong(ByteBuffer bytes, int at, int offset) {
		return bytes.getLong(at + offset);
	}

	static void writeLong(ByteBuffer bytes, int at, int offset, long value) {
		bytes.putLong(at + offset, value);
	}

	static float readFloat(ByteBuffer bytes, int at, int offset) {
		return bytes.getFloat(at + offset);
	}

	static void writeFloat(ByteBuffer bytes, int at, int offset, float value) {
		bytes.putFloat(at + offset, value);
	}

	static double readDouble(ByteBuffer bytes, int at, int offset) {
		return bytes.getDouble(at + offset);
	}

	static void writeDouble(ByteBuffer bytes, int at, int offset, double value) {
		bytes.putDouble(at + offset, value);
	}

	static boolean readBoolean(ByteBuffer bytes, int at, int offset) {
		return bytes.get(at + offset) != 0;
	}

	static void writeBoolean(ByteBuffer bytes, int at, int offset, boolean value) {
		bytes.put(at + offset, (byte) (value ? 1 : 0));
	}

	static Object readObject(Member<?> member, ByteBuffer bytes, int at, int offset) {
		return member.read(bytes, at + offset);
	}

	@SuppressWarnings("unchecked")
	static void writeObject(Member<?> member, ByteBuffer bytes, int at, int offset, Object value) {
		((Member<Object>) member).write(bytes, at + offset, value);
	}

}
