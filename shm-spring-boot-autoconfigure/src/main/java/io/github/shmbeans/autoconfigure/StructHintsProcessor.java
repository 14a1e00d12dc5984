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

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SegmentSpec;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Registers hints for the records and JNA structures that entries declare as their
 * element types, as far as they are declared when the application is processed ahead of
 * time.
 */
class StructHintsProcessor implements BeanFactoryInitializationAotProcessor {

	@Override
	public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
			ConfigurableListableBeanFactory beanFactory) {
		EntryOpener opener = beanFactory.getBeanProvider(EntryOpener.class).getIfAvailable();
		if (opener == null) {
			return null;
		}
		return (generationContext, code) -> opener.entries().forEach((entry) -> {
			ElementType<?> type = elementType(entry);
			if (type != null && type.hasMembers()) {
				register(generationContext.getRuntimeHints().reflection(), type.javaType());
			}
		});
	}

	private static @Nullable ElementType<?> elementType(Entry entry) {
		if (entry.spec().content() instanceof SegmentSpec.Value<?> value) {
			return value.type();
		}
		return (entry.spec().content() instanceof SegmentSpec.Array<?> array) ? array.type() : null;
	}

	private static void registerFields(ReflectionHints hints, Class<?> structure) {
		hints.registerType(structure, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
				MemberCategory.ACCESS_DECLARED_FIELDS);
		for (Field field : structure.getFields()) {
			if (!Modifier.isStatic(field.getModifiers())) {
				register(hints, field.getType());
			}
		}
	}

	private static void register(ReflectionHints hints, Class<?> type) {
		if (type.isArray()) {
			register(hints, type.getComponentType());
		}
		else if (type.isRecord()) {
			hints.registerType(type, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
					MemberCategory.INVOKE_DECLARED_METHODS);
			for (RecordComponent component : type.getRecordComponents()) {
				register(hints, component.getType());
			}
		}
		else if (!type.isPrimitive() && !type.getName().startsWith("java.")) {
			registerFields(hints, type);
		}
	}

}
