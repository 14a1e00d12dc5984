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

package io.github.shmbeans;

import io.github.shmbeans.SegmentSpec.Content;
import org.jspecify.annotations.Nullable;

/**
 * Opens a value.
 *
 * @param <T> the Java type of the element type
 */
public final class ValueBuilder<T> extends SegmentBuilder<ValueBuilder<T>> {

	private final ElementType<T> type;

	private @Nullable T initial;

	ValueBuilder(@Nullable SharedMemoryManager manager, String key, ElementType<T> type) {
		super(manager, key);
		this.type = type;
	}

	@Override
	ValueBuilder<T> self() {
		return this;
	}

	/**
	 * Set the value that a new segment begins with; one that is attached keeps its own.
	 * @param initial the value; all bytes zero by default
	 * @return this builder
	 */
	public ValueBuilder<T> initial(T initial) {
		this.initial = initial;
		return this;
	}

	/**
	 * Open the value.
	 * @return the open value
	 * @throws io.github.shmbeans.error.SharedMemoryException if it cannot be opened as
	 * asked; nothing is left behind
	 * @throws IllegalArgumentException as {@link #spec()}
	 * @throws IllegalStateException if the manager is closed or uses the key already, or
	 * if this builder has no manager
	 */
	@SuppressWarnings("unchecked")
	public SharedValue<T> open() {
		return (SharedValue<T>) openSegment();
	}

	@Override
	Content content() {
		return new SegmentSpec.Value<>(this.type, this.initial);
	}

}
