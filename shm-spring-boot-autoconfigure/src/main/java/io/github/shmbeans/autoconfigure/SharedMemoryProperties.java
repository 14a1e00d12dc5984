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

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of shared memory.
 */
@ConfigurationProperties(prefix = "shm", ignoreUnknownFields = false)
public class SharedMemoryProperties {

	/**
	 * Whether to open shared memory and register its beans.
	 */
	private boolean enabled = true;

	/**
	 * Prefix of every segment name that is made from a key.
	 */
	private String namespace = "";

	/**
	 * Values of one element each, by key; beans of type SharedValue. The key is the name
	 * of the bean.
	 */
	private final Map<String, ValueProperties> values = new LinkedHashMap<>();

	/**
	 * Arrays of elements of one type, by key; beans of type SharedArray. The key is the
	 * name of the bean.
	 */
	private final Map<String, ArrayProperties> arrays = new LinkedHashMap<>();

	/**
	 * Lists in the bytes of CPython's ShareableList, by key; beans of type ShareableList.
	 * The key is the name of the bean.
	 */
	private final Map<String, ListProperties> lists = new LinkedHashMap<>();

	/**
	 * Blocks of plain bytes, by key; beans of type SharedMemory. The key is the name of
	 * the bean.
	 */
	private final Map<String, BlockProperties> blocks = new LinkedHashMap<>();

	/**
	 * Locks that stand alone and can guard several segments, by key; beans of type
	 * SharedLock. The key is the name of the bean.
	 */
	private final Map<String, LockProperties> locks = new LinkedHashMap<>();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public String getNamespace() {
		return this.namespace;
	}

	public void setNamespace(String namespace) {
		this.namespace = namespace;
	}

	public Map<String, ValueProperties> getValues() {
		return this.values;
	}

	public Map<String, ArrayProperties> getArrays() {
		return this.arrays;
	}

	public Map<String, ListProperties> getLists() {
		return this.lists;
	}

	public Map<String, BlockProperties> getBlocks() {
		return this.blocks;
	}

	public Map<String, LockProperties> getLocks() {
		return this.locks;
	}

}
