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

import java.util.List;

import io.github.shmbeans.Attachment;
import io.github.shmbeans.SegmentKind;
import io.github.shmbeans.SegmentStatus;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.internal.segment.Segment;

/**
 * What every shared object has from its segment.
 */
interface SegmentObject extends SharedSegment {

	Segment segment();

	@Override
	default String name() {
		return segment().name();
	}

	@Override
	default SegmentKind kind() {
		return segment().schema().kind();
	}

	@Override
	default long dataSize() {
		return segment().schema().dataLength();
	}

	@Override
	default long fileSize() {
		return segment().fileSize();
	}

	@Override
	default boolean hasLock() {
		return segment().lock() != null;
	}

	@Override
	default SharedLock lock() {
		return segment().requireLock();
	}

	@Override
	default boolean isClosed() {
		return segment().isClosed();
	}

	@Override
	default List<Attachment> attachments() {
		return segment().attachments();
	}

	@Override
	default SegmentStatus status() {
		return segment().status();
	}

	@Override
	default void unlink() {
		segment().unlink();
	}

	@Override
	default void close() {
		segment().close();
	}

}
