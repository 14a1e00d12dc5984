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

import java.util.ArrayList;
import java.util.List;

import io.github.shmbeans.SegmentSpec.Content;
import org.jspecify.annotations.Nullable;

/**
 * Opens a list.
 */
public final class ListBuilder extends SegmentBuilder<ListBuilder> {

	private final List<SegmentSpec.Item> items = new ArrayList<>();

	private boolean declared;

	ListBuilder(@Nullable SharedMemoryManager manager, String key) {
		super(manager, key);
	}

	@Override
	ListBuilder self() {
		return this;
	}

	/**
	 * Set the items that a new list begins with, in the place of those set before; one
	 * that is attached keeps its own, but must have as many.
	 * @param items integers, floating-point numbers, booleans, strings, byte arrays or
	 * {@code null}
	 * @return this builder
	 */
	public ListBuilder initial(@Nullable Object... items) {
		this.items.clear();
		this.declared = true;
		for (Object item : items) {
			item(item);
		}
		return this;
	}

	/**
	 * Add one item.
	 * @param item the value, as in {@link #initial}
	 * @return this builder
	 */
	public ListBuilder item(@Nullable Object item) {
		return item(item, 0);
	}

	/**
	 * Add one item with more room than it needs at first.
	 * @param item the value, as in {@link #initial}
	 * @param capacity the room in bytes; 0 for what the value needs
	 * @return this builder
	 */
	public ListBuilder item(@Nullable Object item, int capacity) {
		this.items.add(new SegmentSpec.Item(item, capacity));
		this.declared = true;
		return this;
	}

	/**
	 * Open the list.
	 * @return the open list
	 * @throws io.github.shmbeans.error.SharedMemoryException if it cannot be opened as
	 * asked; nothing is left behind
	 * @throws IllegalArgumentException as {@link #spec()}
	 * @throws IllegalStateException if the manager is closed or uses the key already, or
	 * if this builder has no manager
	 */
	public ShareableList open() {
		return (ShareableList) openSegment();
	}

	@Override
	Content content() {
		return new SegmentSpec.Items(this.declared ? List.copyOf(this.items) : null);
	}

}
