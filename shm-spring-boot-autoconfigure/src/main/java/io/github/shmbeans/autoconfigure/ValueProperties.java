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

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SegmentBuilder;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.ValueBuilder;

/**
 * An entry of {@code shm.values}.
 */
public class ValueProperties extends ElementProperties {

	@Override
	SegmentBuilder<?> builder(String key, InitialDataBinder initial) {
		return builder(key, elementType(), initial);
	}

	private static <T> ValueBuilder<T> builder(String key, ElementType<T> type, InitialDataBinder initial) {
		ValueBuilder<T> builder = SegmentSpec.value(key, type);
		T value = initial.element(type);
		return (value != null) ? builder.initial(value) : builder;
	}

}
