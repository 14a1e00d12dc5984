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

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.shmbeans.SegmentSpec;

/**
 * What the entries must hold to among each other.
 */
final class EntryRules {

	private final String namespace;

	private final Map<String, Entry> beans = new HashMap<>();

	private final Map<String, Entry> segments = new HashMap<>();

	EntryRules(String namespace) {
		this.namespace = namespace;
	}

	void check(List<Entry> entries) {
		for (Entry entry : entries) {
			requireFreeBean(entry, entry.key());
			requireFreeBean(entry, BeanNames.alias(entry.key()));
			requireSegmentName(entry);
		}
		entries.forEach(this::requireLock);
	}

	private void requireFreeBean(Entry entry, String name) {
		Entry other = this.beans.putIfAbsent(name, entry);
		if (other != null && other != entry) {
			throw entry.declared()
				.invalid("",
						"Expected a bean name that no other entry has, found that '%s' would be both %s and %s"
							.formatted(name, other.declared(), entry.declared()),
						"Rename one of the keys; a key is the name of the bean, and with dashes also has a camelCase alias");
		}
	}

	private void requireSegmentName(Entry entry) {
		String name = entry.segmentName(this.namespace);
		String property = (entry.common().segmentName() != null) ? "segment-name" : "";
		try {
			SegmentSpec.block(name).size(1).spec();
		}
		catch (IllegalArgumentException ex) {
			throw entry.declared().invalid(entry.declared().name(property), ex);
		}
		Entry other = this.segments.putIfAbsent(name, entry);
		if (other != null) {
			throw entry.declared()
				.invalid(property,
						"Expected a segment name that no other entry has, found '%s' in %s too".formatted(name,
								other.declared()),
						"Give each entry a segment name of its own; inject one bean where the same data is needed twice");
		}
	}

	private void requireLock(Entry entry) {
		String key = entry.common().lockKey();
		if (key != null && !(this.beans.get(key) instanceof LockEntry)) {
			throw entry.declared()
				.invalid("lock",
						"Expected true, false or a key of shm.locks (%s), found '%s'".formatted(this.locks(), key),
						"Declare 'shm.locks.%s', or use 'lock: true' for a lock of its own".formatted(key));
		}
	}

	private String locks() {
		List<String> keys = this.beans.values()
			.stream()
			.filter(LockEntry.class::isInstance)
			.map(Entry::key)
			.distinct()
			.sorted()
			.toList();
		return keys.isEmpty() ? "none declared" : String.join(", ", keys);
	}

}
