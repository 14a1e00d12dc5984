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

import io.github.shmbeans.BlockBuilder;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedMemoryManager;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.util.unit.DataSize;

/**
 * An entry of {@code shm.blocks}.
 *
 * @param declared the entry as it is written
 * @param common what every entry may say
 * @param size the size, if it is declared
 */
record BlockEntry(DeclaredEntry declared, CommonProperties common, @Nullable DataSize size) implements Entry {

	@Override
	public ResolvableType beanType() {
		return ResolvableType.forClass(SharedMemory.class);
	}

	@Override
	public Object open(SharedMemoryManager manager, SegmentOptions options) {
		BlockBuilder builder = options.applyTo(manager.block(key()));
		if (this.size != null) {
			builder.size(this.size.toBytes());
		}
		return builder.open();
	}

}
