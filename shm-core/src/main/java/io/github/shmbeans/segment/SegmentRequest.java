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

package io.github.shmbeans.segment;

import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * How to open a segment.
 *
 * @param name its name
 * @param schema what it is to hold
 * @param mode whether to create or to attach
 * @param onShutdown what closing does to the name; {@code null} for the default of the
 * mode
 * @param attachTimeout how long {@link OpenMode#ATTACH} waits for it to appear
 * @param permissions the permission bits
 * @param access whether the data may be written
 * @param foreignOwner whether another user may own it
 * @param control whether it must have a control block, that is, a lock
 * @param application the name under which others see this attachment
 * @param initializer writes the first data of a new segment, which is all zero before
 */
public record SegmentRequest(String name, SegmentSchema schema, OpenMode mode, @Nullable ShutdownPolicy onShutdown,
		Duration attachTimeout, int permissions, AccessMode access, boolean foreignOwner, boolean control,
		String application, Consumer<Memory> initializer) {

	/**
	 * Check the name.
	 */
	public SegmentRequest {
		SegmentName.require(name);
	}

	String path() {
		return SegmentName.path(this.name);
	}

	ExistingFile.Request file() {
		return new ExistingFile.Request("Segment '%s'".formatted(this.name), path(), this.permissions,
				this.foreignOwner, this.access == AccessMode.READ_ONLY);
	}

	ShutdownPolicy shutdownPolicy(boolean managed) {
		if (this.onShutdown != null) {
			return this.onShutdown;
		}
		boolean share = managed && this.mode != OpenMode.ATTACH;
		return share ? ShutdownPolicy.UNLINK_IF_LAST : ShutdownPolicy.CLOSE;
	}

}
