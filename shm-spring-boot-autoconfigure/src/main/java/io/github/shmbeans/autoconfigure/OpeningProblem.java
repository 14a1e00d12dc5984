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

import io.github.shmbeans.error.InsufficientMemoryException;
import io.github.shmbeans.error.SegmentExistsException;
import io.github.shmbeans.error.SegmentNotFoundException;
import io.github.shmbeans.error.SharedMemoryException;
import io.github.shmbeans.error.UnsupportedPlatformException;

/**
 * Names the property that is most likely at fault when a segment cannot be opened.
 */
final class OpeningProblem {

	private OpeningProblem() {
	}

	static RuntimeException of(Entry entry, RuntimeException ex) {
		if (ex instanceof UnsupportedPlatformException) {
			return ex;
		}
		DeclaredEntry declared = entry.declared();
		String property = suspects(ex).stream().filter(declared::has).findFirst().orElse("");
		if (ex instanceof SharedMemoryException || ex instanceof IllegalArgumentException
				|| ex instanceof ArithmeticException) {
			return declared.invalid(declared.name(property), ex);
		}
		return ex;
	}

	private static List<String> suspects(RuntimeException ex) {
		if (ex instanceof InsufficientMemoryException || ex instanceof ArithmeticException) {
			return List.of("length", "size", Section.INITIAL);
		}
		if (ex instanceof SegmentNotFoundException || ex instanceof SegmentExistsException) {
			return List.of("mode");
		}
		return (ex instanceof IllegalArgumentException) ? List.of(Section.INITIAL) : List.of();
	}

}
