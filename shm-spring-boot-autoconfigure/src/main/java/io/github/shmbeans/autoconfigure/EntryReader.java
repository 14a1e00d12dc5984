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

import java.time.Duration;
import java.util.List;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.LockKind;
import io.github.shmbeans.OpenMode;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Turns entries as they are written into entries that can be opened.
 */
final class EntryReader {

	private final PlainText text;

	EntryReader(PlainText text) {
		this.text = text;
	}

	Entry read(DeclaredEntry entry) {
		CommonProperties common = entry.bind(CommonProperties.class);
		requireSoundTimes(entry, common);
		return switch (entry.section()) {
			case VALUES -> value(entry, common);
			case ARRAYS -> array(entry, common);
			case LISTS -> list(entry, common);
			case BLOCKS -> block(entry, common);
			case LOCKS -> lock(entry, common);
		};
	}

	private static void requireSoundTimes(DeclaredEntry entry, CommonProperties common) {
		if (common.attachTimeout().isNegative()) {
			throw entry.invalid("attach-timeout",
					"Expected a time of zero or more, found %s".formatted(common.attachTimeout()),
					"Use zero to fail at once");
		}
		Duration lockTimeout = common.lockTimeout();
		if (lockTimeout != null && (lockTimeout.isNegative() || lockTimeout.isZero())) {
			throw entry.invalid("lock-timeout", "Expected a time greater than zero, found %s".formatted(lockTimeout),
					"Leave it out to wait without limit");
		}
	}

	private static Entry value(DeclaredEntry entry, CommonProperties common) {
		ElementTypes types = new ElementTypes(entry);
		return value(entry, common, types, types.resolve(entry.value(Section.TYPE, String.class)));
	}

	private static <T> Entry value(DeclaredEntry entry, CommonProperties common, ElementTypes types,
			ElementType<T> type) {
		if (type.hasMembers() && entry.lookup().find(entry.name(Section.INITIAL)) == null) {
			return new ValueEntry<>(entry, common, type, types.convertMembers(type, entry.name(Section.INITIAL)));
		}
		Initial initial = new InitialReader(entry).read();
		if (initial instanceof Initial.Several several) {
			throw entry.invalid(Section.INITIAL,
					"Expected one value of type %s, found a list of %d".formatted(type, several.items().size()),
					"Write one value, or declare the entry below shm.arrays");
		}
		@Nullable T value = (initial instanceof Initial.Single single) ? types.convert(type, single.property()) : null;
		return new ValueEntry<>(entry, common, type, value);
	}

	private static Entry array(DeclaredEntry entry, CommonProperties common) {
		ElementTypes types = new ElementTypes(entry);
		return array(entry, common, entry.value(Section.LENGTH, Long.class), types,
				types.resolve(entry.value(Section.TYPE, String.class)));
	}

	private static <T> Entry array(DeclaredEntry entry, CommonProperties common, @Nullable Long length,
			ElementTypes types, ElementType<T> type) {
		if (length != null && length < 1) {
			throw entry.invalid(Section.LENGTH, "Expected a length of at least 1, found %d".formatted(length),
					"Declare how many elements to share");
		}
		Initial initial = new InitialReader(entry).read();
		if (initial instanceof Initial.Single single && ElementTypes.isCharacter(type)) {
			String text = entry.lookup().resolve(single.property()).toString();
			requireLength(entry, common, length, !text.isEmpty());
			return new ArrayEntry<>(entry, common, type, length, null, text);
		}
		List<T> elements = elements(type, types, initial);
		requireLength(entry, common, length, elements != null && !elements.isEmpty());
		if (length != null && elements != null && elements.size() != length) {
			throw entry.invalid(Section.LENGTH,
					"Expected the length of the initial data, %d elements, found %d".formatted(elements.size(), length),
					"Make length and initial agree, or leave one of them out");
		}
		return new ArrayEntry<>(entry, common, type, length, elements, null);
	}

	private static <T> @Nullable List<T> elements(ElementType<T> type, ElementTypes types, Initial initial) {
		if (initial instanceof Initial.Single single) {
			return types.convertAll(type, single.property());
		}
		return (initial instanceof Initial.Several several) ? types.convertAll(type, several.items()) : null;
	}

	private static void requireLength(DeclaredEntry entry, CommonProperties common, @Nullable Long length,
			boolean initial) {
		if (length == null && !initial && common.mode() != OpenMode.ATTACH) {
			throw entry.invalid(Section.LENGTH,
					"Expected the number of elements, found neither length nor initial data",
					"Set length or initial; both may be left out with 'mode: attach' only");
		}
	}

	private Entry list(DeclaredEntry entry, CommonProperties common) {
		List<ListEntry.FirstItem> items = new ListItemReader(entry, this.text).read(new InitialReader(entry).read());
		if (items == null && common.mode() != OpenMode.ATTACH) {
			throw entry.invalid(Section.INITIAL, "Expected the items of the list, found none",
					"Set initial; it may be left out with 'mode: attach' only");
		}
		return new ListEntry(entry, common, items);
	}

	private static Entry block(DeclaredEntry entry, CommonProperties common) {
		DataSize size = entry.value(Section.SIZE, DataSize.class);
		if (size == null && common.mode() != OpenMode.ATTACH) {
			throw entry.invalid(Section.SIZE, "Expected a size, found none",
					"Set the size, for example 4MB; it may be left out with 'mode: attach' only");
		}
		if (size != null && size.toBytes() < 1) {
			throw entry.invalid(Section.SIZE, "Expected a size of at least 1 byte, found %s".formatted(size),
					"Declare how many bytes to share");
		}
		return new BlockEntry(entry, common, size);
	}

	private static Entry lock(DeclaredEntry entry, CommonProperties common) {
		if (!common.isLocked() || common.lockKey() != null) {
			throw entry.invalid("lock",
					"Expected an entry of shm.locks to be a lock of its own, found '%s'".formatted(common.lock()),
					"Remove the property");
		}
		LockKind kind = entry.value(Section.KIND, LockKind.class);
		return new LockEntry(entry, common, (kind != null) ? kind : LockKind.PROCESS);
	}

}
