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

package io.github.shmbeans.engine;

import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.SharedSegment;

/**
 * Stores segments. Found by {@link java.util.ServiceLoader} and chosen by its name. There
 * is no abstraction below the objects: each engine makes its own. Safe for use by several
 * threads.
 */
public interface SegmentEngine {

	/** The name of the engine that keeps segments in shared memory. */
	String SHARED_MEMORY = "shm";

	/**
	 * The name of the engine.
	 * @return the name, such as {@code shm}
	 */
	String name();

	/**
	 * Open a segment. The engine calls {@link SegmentOwner#opening} before it creates or
	 * opens a file, {@link SegmentOwner#opened} once, when nothing of its own can fail
	 * any more, and {@link SegmentOwner#closed} when the segment is closed. If the owner
	 * refuses the segment, everything that the opening has made is undone.
	 * @param spec what to open, with a segment name
	 * @param owner who owns the segment
	 * @return the open object of the spec's kind; for a lock, a segment whose
	 * {@link SharedSegment#lock()} is the lock
	 * @throws io.github.shmbeans.error.SharedMemoryException if it cannot be opened as
	 * asked; nothing is left behind
	 */
	SharedSegment open(SegmentSpec spec, SegmentOwner owner);

	/**
	 * Prepare for segments that are going to be opened.
	 * @param segments about how many
	 */
	default void expect(int segments) {
	}

}
