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
import io.github.shmbeans.SegmentBuilder;
import io.github.shmbeans.SegmentSpec;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code shm.lists}.
 */
public class ListProperties extends SegmentProperties {

	private @Nullable Object initial;

	/**
	 * Items that a new list begins with: plain values, or type, value and capacity.
	 * @return the value, or {@code null} if it is not set or no scalar
	 */
	public @Nullable Object getInitial() {
		return this.initial;
	}

	public void setInitial(@Nullable Object initial) {
		this.initial = initial;
	}

	@Override
	SegmentBuilder<?> builder(String key, InitialDataBinder initial) {
		ListBuilder builder = SegmentSpec.list(key);
		List<ListItem> items = initial.items();
		if (items != null) {
			builder.initial();
			for (int i = 0; i < items.size(); i++) {
				items.get(i).addTo(builder, "initial[%d]".formatted(i), initial.isPlainText(i));
			}
		}
		return builder;
	}

}
