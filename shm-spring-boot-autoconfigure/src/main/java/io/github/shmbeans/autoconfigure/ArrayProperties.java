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
import io.github.shmbeans.SegmentBuilder;
import io.github.shmbeans.SegmentSpec;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code shm.arrays}.
 */
public class ArrayProperties extends ElementProperties {

	private @Nullable Long length;

	/**
	 * Number of elements; that of the initial data by default.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable Long getLength() {
		return this.length;
	}

	public void setLength(@Nullable Long length) {
		this.length = length;
	}

	@Override
	SegmentBuilder<?> builder(String key, InitialDataBinder initial) {
		return builder(key, elementType(), initial);
	}

	private <T> ArrayBuilder<T> builder(String key, ElementType<T> type, InitialDataBinder initial) {
		ArrayBuilder<T> builder = SegmentSpec.array(key, type);
		if (this.length != null) {
			builder.length(this.length);
		}
		String text = InitialDataBinder.isCharacter(type) ? initial.text() : null;
		if (text != null) {
			return builder.initialText(text);
		}
		List<T> elements = initial.elements(type);
		return (elements != null) ? builder.initial(elements) : builder;
	}

}
