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

package io.github.shmbeans.internal.segment;

import java.lang.System.Logger.Level;

import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.internal.control.SegmentSchema;

/**
 * What is logged of a segment, under the name of {@link SharedSegment}. Nothing is logged
 * on the way of an access.
 */
final class SegmentLog {

	private static final System.Logger LOGGER = System.getLogger(SharedSegment.class.getName());

	private SegmentLog() {
	}

	static void opened(SegmentSpec spec, SegmentSchema schema, boolean created) {
		if (created) {
			LOGGER.log(Level.DEBUG,
					() -> "Created segment '%s': %s".formatted(spec.requireSegmentName(), schema.describe()));
			return;
		}
		LOGGER.log(Level.DEBUG,
				() -> "Attached to segment '%s': %s".formatted(spec.requireSegmentName(), schema.describe()));
		if (spec.hasInitialData()) {
			LOGGER.log(Level.DEBUG, () -> "Segment '%s' was there: it keeps its data, the initial data is not used"
				.formatted(spec.requireSegmentName()));
		}
	}

	static void removed(String name) {
		LOGGER.log(Level.DEBUG, () -> "Removed segment '%s'".formatted(name));
	}

}
