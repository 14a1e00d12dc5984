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

import java.util.List;

import io.github.shmbeans.SegmentListener;
import io.github.shmbeans.SharedSegment;

/**
 * Tells several listeners.
 *
 * @param listeners the listeners, in order
 */
record SegmentListeners(List<SegmentListener> listeners) implements SegmentListener {

	@Override
	public void opened(String key, SharedSegment segment) {
		this.listeners.forEach((listener) -> listener.opened(key, segment));
	}

	@Override
	public void closed(String key, SharedSegment segment) {
		this.listeners.forEach((listener) -> listener.closed(key, segment));
	}

}
