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

/**
 * What a segment holds.
 */
public enum SegmentKind {

	/** One value of an element type. */
	VALUE(1),

	/** Elements of one type, one after the other. */
	ARRAY(2),

	/** A list in the bytes of CPython's {@code ShareableList}. */
	LIST(3),

	/** Plain bytes. */
	BLOCK(4),

	/** Nothing but a lock. */
	LOCK(5);

	private final int code;

	SegmentKind(int code) {
		this.code = code;
	}

	int code() {
		return this.code;
	}

}
