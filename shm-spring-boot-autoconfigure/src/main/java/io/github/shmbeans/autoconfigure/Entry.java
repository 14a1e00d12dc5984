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

import io.github.shmbeans.SharedMemoryManager;

import org.springframework.core.ResolvableType;

/**
 * An entry that was found to be sound, as far as can be told before it is opened.
 */
sealed interface Entry permits ValueEntry, ArrayEntry, ListEntry, BlockEntry, LockEntry {

	/**
	 * The entry as it is written.
	 */
	DeclaredEntry declared();

	CommonProperties common();

	/**
	 * The type of the bean, generics included.
	 */
	ResolvableType beanType();

	/**
	 * Open the segment.
	 * @return the bean
	 */
	Object open(SharedMemoryManager manager, SegmentOptions options);

	default String key() {
		return this.declared().key();
	}

	default String segmentName(String namespace) {
		String declared = common().segmentName();
		return (declared != null) ? declared : namespace + key();
	}

}
