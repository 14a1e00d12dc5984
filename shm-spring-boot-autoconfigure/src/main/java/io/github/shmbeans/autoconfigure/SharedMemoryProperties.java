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

import org.springframework.core.env.Environment;

/**
 * What the environment says below {@code shm}, read once.
 *
 * @param namespace the prefix of every segment name that is made from a key
 * @param entries the entries of all maps, in the order of their declaration
 */
record SharedMemoryProperties(String namespace, List<Entry> entries) {

	/**
	 * Read the properties.
	 * @throws InvalidSharedMemoryPropertyException if one of them is wrong
	 */
	static SharedMemoryProperties bind(Environment environment) {
		try (PropertyLookup lookup = new PropertyLookup(environment)) {
			String namespace = lookup.namespace();
			EntryReader reader = new EntryReader(new PlainText(lookup));
			List<Entry> entries = new EntryScanner(lookup).scan().stream().map(reader::read).toList();
			new EntryRules(namespace).check(entries);
			return new SharedMemoryProperties(namespace, entries);
		}
	}

}
