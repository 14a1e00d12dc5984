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

import java.util.function.Consumer;

import io.github.shmbeans.internal.control.SegmentSchema;

/**
 * The bytes that a segment is to have.
 *
 * @param schema what the data is; one that is attached must agree
 * @param initializer writes the first data of a new segment, which is all zero before
 */
public record SegmentImage(SegmentSchema schema, Consumer<Memory> initializer) {

	/**
	 * Data that begins with zeros.
	 * @param schema what the data is
	 * @return the image
	 */
	public static SegmentImage zeros(SegmentSchema schema) {
		return new SegmentImage(schema, (memory) -> {
		});
	}

}
