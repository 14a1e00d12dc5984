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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.shmbeans.Length;
import io.github.shmbeans.engine.ElementCodec;
import io.github.shmbeans.error.WrongTypeException;
import io.github.shmbeans.internal.posix.NativeStructure;

/**
 * A Java record or a structure of JNA as the C structure with the same members in the
 * same order: what ctypes' {@code Structure} and numpy's {@code dtype(align=True)} make
 * of them. Each class has one layout, a hidden copy of {@link StructLayoutTemplate}, that
 * lives as long as the class.
 *
 * @param <S> the record or structure
 */
public abstract class StructLayout<S> implements ElementCodec<S> {

	/** The code in the control block. */
	public static final int CODE = 100;

	private static final ClassValue<StructLayout<?>> LAYOUTS = new ClassValue<>() {

		@Override
		protected StructLayout<?> computeValue(Class<?> type) {
			return create(type);
		}

	};

	private final StructModel<S> model;

	private final Class<S> javaType;

	private final List<StructField> fields;

	private final int size;

	private final int alignment;

	private final String name;

	StructLayout(StructModel<S> model) {
		this.model = model;
		this.javaType = model.javaType();
		this.fields = model.fields();
		this.alignment = model.alignment();
		this.size = model.size();
		this.name = this.fields.stream()
			.map(StructField::describe)
			.collect(Collectors.joining(",", "struct{", "}" + this.size));
	}

	/**
	 * Lay out a record or a structure of JNA.
	 * @param <S> the record or structure
	 * @param type its class: members are numbers, booleans, characters, records or
	 * structures, arrays of these and, in records, texts; see {@link Length}
	 * @return the layout, the same one at each call
	 * @throws IllegalArgumentException if it is neither, or cannot be laid out
	 */
	@SuppressWarnings("unchecked")
	public static <S> StructLayout<S> of(Class<S> type) {
		return (StructLayout<S>) LAYOUTS.get(type);
	}

	private static StructLayout<?> create(Class<?> type) {
		if (type.isRecord()) {
			return create(RecordModel.of(type.asSubclass(Record.class)));
		}
		if (NativeStructure.isStructure(type)) {
			return create(JnaModel.of(NativeStructure.of(type)));
		}
		throw new IllegalArgumentException(
				"Expected a record or a subclass of com.sun.jna.Structure, found the class '%s'. Declare one with the members of the structure"
					.formatted(type.getName()));
	}

	@SuppressWarnings("unchecked")
	private static <S> StructLayout<S> create(StructModel<S> model) {
		MethodHandle reader = model.reader().asType(MethodType.methodType(Object.class, ByteBuffer.class, int.class));
		MethodHandle writer = MemberHandles.writer(model.javaType(), model.fields())
			.asType(MethodType.methodType(void.class, ByteBuffer.class, int.class, Object.class));
		boolean checked = !model.fields().stream().allMatch(MemberHandles::isExact);
		try (InputStream template = StructLayoutTemplate.class.getResourceAsStream("StructLayoutTemplate.class")) {
			if (template == null) {
				throw new IllegalStateException("Expected StructLayoutTemplate.class beside its class, found none");
			}
			MethodHandles.Lookup copy = MethodHandles.lookup()
				.defineHiddenClassWithClassData(template.readAllBytes(),
						List.of(reader, writer, model.javaType(), checked), true);
			return (StructLayout<S>) copy.lookupClass().getDeclaredConstructor(StructModel.class).newInstance(model);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (NoSuchMethodException | InstantiationException | IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException(ex);
		}
	}

	StructModel<S> model() {
		return this.model;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public int code() {
		return CODE;
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	public int alignment() {
		return this.alignment;
	}

	@Override
	public Class<S> javaType() {
		return this.javaType;
	}

	@Override
	public boolean isWhole() {
		return false;
	}

	@Override
	public void requireValid(S value) {
		if (!this.javaType.isInstance(value)) {
			throw new WrongTypeException("a " + this.javaType.getSimpleName(), String.valueOf(value),
					"Give an instance of the declared type");
		}
		for (StructField field : this.fields) {
			requireValid(field.member(), field.get(value));
		}
	}

	@SuppressWarnings("unchecked")
	private static <T> void requireValid(Member<T> member, Object value) {
		member.requireValid((T) value);
	}

	@Override
	public S convert(Object value) {
		if (this.javaType.isInstance(value)) {
			return this.javaType.cast(value);
		}
		if (!(value instanceof Map<?, ?> members)) {
			throw new WrongTypeException("a map of members for " + this.javaType.getSimpleName(), String.valueOf(value),
					"Give its members " + memberNames());
		}
		List<String> names = memberNames();
		TreeSet<String> unknown = members.keySet()
			.stream()
			.map(String::valueOf)
			.collect(Collectors.toCollection(TreeSet::new));
		names.forEach(unknown::remove);
		if (!unknown.isEmpty()) {
			throw new WrongTypeException("members " + names + " for " + this.javaType.getSimpleName(),
					unknown.toString(), "Correct the names");
		}
		Object[] components = this.fields.stream().map((field) -> component(field, members)).toArray();
		return this.model.construct(components);
	}

	private static Object component(StructField field, Map<?, ?> members) {
		Object given = members.get(field.name());
		return (given != null) ? field.member().convert(given) : field.member().zero();
	}

	@Override
	public boolean hasMembers() {
		return true;
	}

	@Override
	public Map<String, Object> members(S value) {
		Map<String, Object> members = new LinkedHashMap<>();
		for (StructField field : this.fields) {
			members.put(field.name(), field.member().describe(field.get(value)));
		}
		return members;
	}

	private List<String> memberNames() {
		return this.fields.stream().map(StructField::name).toList();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof StructLayout<?> that && this.javaType == that.javaType;
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.javaType);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
