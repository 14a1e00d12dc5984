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

package io.github.shmbeans.autoconfigure;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedValue;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * The types of beans that entries become.
 */
enum SharedBeanKind {

	VALUE(SharedValue.class, "shm.values", "request-count: { type: %s }"),

	ARRAY(SharedArray.class, "shm.arrays", "sensor-readings: { type: %s, length: 1024 }"),

	LIST(ShareableList.class, "shm.lists", "job-status: { initial: [idle, 0, true] }"),

	BLOCK(SharedMemory.class, "shm.blocks", "frame: { size: 4MB }"),

	LOCK(SharedLock.class, "shm.locks", "ledger: { kind: process }");

	private final Class<?> type;

	private final String section;

	private final String example;

	SharedBeanKind(Class<?> type, String section, String example) {
		this.type = type;
		this.section = section;
		this.example = example;
	}

	static @Nullable SharedBeanKind of(ResolvableType type) {
		return Arrays.stream(values()).filter((kind) -> kind.type == type.toClass()).findFirst().orElse(null);
	}

	static boolean isShared(Class<?> type) {
		return Arrays.stream(values()).anyMatch((kind) -> kind.type == type);
	}

	/**
	 * A type as it is written in Java, without packages.
	 */
	static String show(ResolvableType type) {
		Class<?> raw = type.resolve();
		if (raw == null) {
			return "?";
		}
		String generics = Arrays.stream(type.getGenerics()).map(SharedBeanKind::show).collect(Collectors.joining(", "));
		return raw.getSimpleName() + (generics.isEmpty() ? "" : "<" + generics + ">");
	}

	Class<?> type() {
		return this.type;
	}

	/**
	 * The property below which entries of this kind are declared.
	 */
	String section() {
		return this.section;
	}

	/**
	 * An entry that becomes a bean of a type, for people to adapt.
	 */
	String example(ResolvableType type) {
		Class<?> element = type.getGeneric(0).resolve(Long.class);
		String name = switch (element.getName()) {
			case "java.lang.Byte", "java.lang.Short", "java.lang.Long", "java.lang.Float", "java.lang.Double",
					"java.lang.Boolean" ->
				element.getSimpleName().toLowerCase(Locale.ROOT);
			case "java.lang.Integer" -> "int";
			case "java.lang.Character" -> "char";
			case "java.math.BigInteger" -> "uint64";
			case "java.lang.Object", "java.lang.Number" -> "long";
			default -> element.getName();
		};
		return this.example.formatted(name);
	}

}
