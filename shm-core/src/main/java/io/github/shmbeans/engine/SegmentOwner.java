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
 * The owner of the segments that an engine opens.
 */
public interface SegmentOwner {

	/**
	 * The name under which other processes see the attachments.
	 * @return the name of the application
	 */
	String application();

	/**
	 * A segment is about to be opened.
	 * @param spec what is asked for
	 * @throws RuntimeException if the owner refuses it
	 */
	void opening(SegmentSpec spec);

	/**
	 * A segment was opened.
	 * @param spec what was asked for
	 * @param segment the segment
	 * @throws RuntimeException if the owner refuses it
	 */
	void opened(SegmentSpec spec, SharedSegment segment);

	/**
	 * A segment was closed.
	 * @param spec what was asked for
	 * @param segment the segment
	 */
	void closed(SegmentSpec spec, SharedSegment segment);

}
