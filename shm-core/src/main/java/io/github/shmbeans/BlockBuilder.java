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

import io.github.shmbeans.SegmentSpec.Content;
import io.github.shmbeans.error.InvalidOptionException;
import org.jspecify.annotations.Nullable;

/**
 * Opens a block of bytes.
 */
public final class BlockBuilder extends SegmentBuilder<BlockBuilder> {

	private long size;

	BlockBuilder(@Nullable SharedMemoryManager manager, String key) {
		super(manager, key);
	}

	@Override
	BlockBuilder self() {
		return this;
	}

	/**
	 * Set the size. May be left out with {@link OpenMode#ATTACH} or read-only access, to
	 * take what is found.
	 * @param size the size in bytes, at least 1
	 * @return this builder
	 */
	public BlockBuilder size(long size) {
		if (size < 1) {
			throw new InvalidOptionException("size", "Expected a block size of at least 1 byte, found " + size,
					"Declare how many bytes to share");
		}
		this.size = size;
		return this;
	}

	/**
	 * Open the block.
	 * @return the open block
	 * @throws io.github.shmbeans.error.SharedMemoryException if it cannot be opened as
	 * asked; nothing is left behind
	 * @throws IllegalArgumentException as {@link #spec()}
	 * @throws IllegalStateException if the manager is closed or uses the key already, or
	 * if this builder has no manager
	 */
	public SharedMemory open() {
		return (SharedMemory) openSegment();
	}

	@Override
	Content content() {
		return new SegmentSpec.Block(this.size);
	}

}
