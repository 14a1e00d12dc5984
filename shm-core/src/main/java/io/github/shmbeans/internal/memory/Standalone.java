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

package io.github.shmbeans.internal.memory;

import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.SegmentSpec.Locking;
import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.ShutdownPolicy;
import io.github.shmbeans.engine.SegmentOwner;
import io.github.shmbeans.internal.segment.SegmentName;
import org.jspecify.annotations.Nullable;

/**
 * Segments that no manager owns: nobody but their users closes them.
 */
public final class Standalone {

	private static final SharedMemoryEngine ENGINE = new SharedMemoryEngine();

	private static final SegmentOwner NOBODY = new Nobody(SharedMemoryManager.builder().application());

	private Standalone() {
	}

	/**
	 * Create a block.
	 * @param name its name; {@code null} for the first of our own making that is free
	 * @param size its size in bytes
	 * @return the block
	 */
	public static SharedMemory createBlock(@Nullable String name, long size) {
		return (name != null) ? createNamedBlock(name, size)
				: SegmentName.random((free) -> createNamedBlock(free, size));
	}

	private static SharedMemory createNamedBlock(String name, long size) {
		return (SharedMemory) open(SegmentSpec.block(name)
			.segmentName(name)
			.size(size)
			.mode(OpenMode.CREATE)
			.onShutdown(ShutdownPolicy.CLOSE)
			.spec());
	}

	/**
	 * Attach to a block.
	 * @param name its name
	 * @return the block
	 */
	public static SharedMemory attachBlock(String name) {
		return (SharedMemory) open(SegmentSpec.block(name)
			.segmentName(name)
			.mode(OpenMode.ATTACH)
			.spec()
			.withLocking(Locking.IF_POSSIBLE));
	}

	/**
	 * Attach to a list.
	 * @param name its name
	 * @return the list
	 */
	public static ShareableList attachList(String name) {
		return (ShareableList) open(
				SegmentSpec.list(name).segmentName(name).mode(OpenMode.ATTACH).spec().withLocking(Locking.IF_POSSIBLE));
	}

	static SharedSegment open(SegmentSpec spec) {
		return ENGINE.open(spec, NOBODY);
	}

	/**
	 * Keeps nothing.
	 *
	 * @param application the name of the application
	 */
	private record Nobody(String application) implements SegmentOwner {

		@Override
		public void opening(SegmentSpec spec) {
		}

		@Override
		public void opened(SegmentSpec spec, SharedSegment segment) {
		}

		@Override
		public void closed(SegmentSpec spec, SharedSegment segment) {
		}

	}

}
