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

/**
 * Told of the segments that a manager opens and closes.
 */
public interface SegmentListener {

	/**
	 * A segment was opened.
	 * @param key the key under which it was opened
	 * @param segment the open segment
	 */
	default void opened(String key, SharedSegment segment) {
	}

	/**
	 * A segment was closed.
	 * @param key the key under which it was opened
	 * @param segment the closed segment
	 */
	default void closed(String key, SharedSegment segment) {
	}

}
