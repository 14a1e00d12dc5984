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
import io.github.shmbeans.SegmentBuilder;
import io.github.shmbeans.SegmentSpec;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * An entry of {@code shm.blocks}.
 */
public class BlockProperties extends SegmentProperties {

	private @Nullable DataSize size;

	/**
	 * Size of the block, such as 64KB.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable DataSize getSize() {
		return this.size;
	}

	public void setSize(@Nullable DataSize size) {
		this.size = size;
	}

	@Override
	SegmentBuilder<?> builder(String key, InitialDataBinder initial) {
		BlockBuilder builder = SegmentSpec.block(key);
		return (this.size != null) ? builder.size(this.size.toBytes()) : builder;
	}

}
