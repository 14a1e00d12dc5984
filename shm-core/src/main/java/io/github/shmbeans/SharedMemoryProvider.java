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

import org.jspecify.annotations.Nullable;

/**
 * What stands behind the static methods of this package. It is found by
 * {@link java.util.ServiceLoader}, so that the API needs nothing of its implementation.
 * Applications have no use for it.
 */
public interface SharedMemoryProvider {

	/**
	 * Build a manager.
	 * @param builder what is known about it
	 * @return a new manager
	 */
	SharedMemoryManager manager(SharedMemoryManager.Builder builder);

	/**
	 * Find a scalar type.
	 * @param name its name
	 * @return the type
	 * @throws IllegalArgumentException if there is none of that name
	 */
	ElementType<?> elementType(String name);

	/**
	 * Find a scalar type of a known Java type.
	 * @param <T> the Java type
	 * @param name its name
	 * @param javaType the Java type
	 * @return the type
	 */
	<T> ElementType<T> scalar(String name, Class<T> javaType);

	/**
	 * Lay out a record or a JNA structure.
	 * @param <T> the record or structure
	 * @param type its class
	 * @return the type
	 * @throws IllegalArgumentException if it is neither, or cannot be laid out
	 */
	<T> ElementType<T> elementType(Class<T> type);

	/**
	 * Check that the initial data of a segment fits its type.
	 * @param spec the spec
	 * @throws IllegalArgumentException if it does not
	 */
	void check(SegmentSpec spec);

	/**
	 * Create a block that no manager owns.
	 * @param name its name; {@code null} for one of its own making
	 * @param size its size in bytes
	 * @return the new block
	 */
	SharedMemory createBlock(@Nullable String name, long size);

	/**
	 * Attach to a block without a manager.
	 * @param name its name
	 * @return the block
	 */
	SharedMemory attachBlock(String name);

	/**
	 * Attach to a list without a manager.
	 * @param name its name
	 * @return the list
	 */
	ShareableList attachList(String name);

}
