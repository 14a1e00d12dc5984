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

import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.engine.ElementCodec;

/**
 * Checks that the initial data of a segment can be written.
 */
public final class InitialData {

	private InitialData() {
	}

	/**
	 * Check the data.
	 * @param spec the spec
	 * @throws IllegalArgumentException if it does not fit the type, or the length
	 */
	public static void check(SegmentSpec spec) {
		if (spec.content() instanceof SegmentSpec.Value<?> value) {
			check(value);
		}
		else if (spec.content() instanceof SegmentSpec.Array<?> array) {
			new InitialElements<>(spec, array);
		}
		else if (spec.content() instanceof SegmentSpec.Items list && list.items() != null) {
			SharedMemoryEngine.listSize(spec, SharedMemoryEngine.items(list.items()));
		}
	}

	private static <T> void check(SegmentSpec.Value<T> value) {
		if (value.initial() != null) {
			ElementCodec.of(value.type()).requireValid(value.initial());
		}
	}

}
