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

import io.github.shmbeans.segment.SegmentKind;

/**
 * What every shared object has from its {@link SegmentHandle}.
 */
abstract class HandleOwner implements SharedSegment {

	private final SegmentHandle handle;

	HandleOwner(SegmentHandle handle) {
		this.handle = handle;
	}

	final SegmentHandle handle() {
		return this.handle;
	}

	@Override
	public String name() {
		return this.handle.name();
	}

	@Override
	public SegmentKind kind() {
		return this.handle.kind();
	}

	@Override
	public long dataSize() {
		return this.handle.dataSize();
	}

	@Override
	public long fileSize() {
		return this.handle.fileSize();
	}

	@Override
	public boolean isClosed() {
		return this.handle.isClosed();
	}

	@Override
	public SegmentStatus status() {
		return this.handle.status();
	}

	@Override
	public void unlink() {
		this.handle.unlink();
	}

	@Override
	public void close() {
		this.handle.close();
	}

}
