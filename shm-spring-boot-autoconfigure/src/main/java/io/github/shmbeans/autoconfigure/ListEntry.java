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

import io.github.shmbeans.ListBuilder;
import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedMemoryManager;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * An entry of {@code shm.lists}.
 *
 * @param declared the entry as it is written
 * @param common what every entry may say
 * @param items the items, if they are declared
 */
record ListEntry(DeclaredEntry declared, CommonProperties common, @Nullable List<FirstItem> items) implements Entry {

	@Override
	public ResolvableType beanType() {
		return ResolvableType.forClass(ShareableList.class);
	}

	@Override
	public Object open(SharedMemoryManager manager, SegmentOptions options) {
		ListBuilder builder = options.applyTo(manager.list(key()));
		if (this.items != null) {
			builder.initial();
			this.items.forEach((item) -> item.addTo(builder));
		}
		return builder.open();
	}

	/**
	 * An item as a new list has it.
	 *
	 * @param value the value
	 * @param capacity the room in bytes, or 0 for what the value needs
	 */
	record FirstItem(@Nullable Object value, int capacity) {

		void addTo(ListBuilder builder) {
			if (this.value != null && this.capacity > 0) {
				builder.item(this.value, this.capacity);
			}
			else {
				builder.initial(this.value);
			}
		}

	}

}
