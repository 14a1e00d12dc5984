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

import java.util.List;

import io.github.shmbeans.ArrayBuilder;
import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemoryManager;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * An entry of {@code shm.arrays}.
 *
 * @param <T> the Java type of the element type
 * @param declared the entry as it is written
 * @param common what every entry may say
 * @param type the element type
 * @param length the length, if it is declared
 * @param initial the initial elements, if any
 * @param text the initial text, if any
 */
record ArrayEntry<T>(DeclaredEntry declared, CommonProperties common, ElementType<T> type, @Nullable Long length,
		@Nullable List<T> initial, @Nullable String text) implements Entry {

	@Override
	public ResolvableType beanType() {
		return ResolvableType.forClassWithGenerics(SharedArray.class, this.type.javaType());
	}

	@Override
	public Object open(SharedMemoryManager manager, SegmentOptions options) {
		ArrayBuilder<T> builder = options.applyTo(manager.array(key(), this.type));
		if (this.length != null) {
			builder.length(this.length);
		}
		if (this.initial != null) {
			builder.initial(this.initial);
		}
		if (this.text != null) {
			builder.initialText(this.text);
		}
		return builder.open();
	}

}
