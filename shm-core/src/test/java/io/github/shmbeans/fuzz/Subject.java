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

package io.github.shmbeans.fuzz;

import java.util.Collections;

import io.github.shmbeans.ArrayBuilder;
import io.github.shmbeans.BlockBuilder;
import io.github.shmbeans.ElementType;
import io.github.shmbeans.ListBuilder;
import io.github.shmbeans.SharedMemoryManager;

/**
 * What a file is opened as, with the content that it has if it is created.
 */
enum Subject {

	INT64_VALUE {
		@Override
		Object open(SharedMemoryManager manager, Opening opening) {
			return opening.apply(manager.value("s", ElementType.INT64)).initial(42L).open();
		}
	},

	INT8_VALUE {
		@Override
		Object open(SharedMemoryManager manager, Opening opening) {
			return opening.apply(manager.value("s", ElementType.INT8)).initial((byte) 42).open();
		}
	},

	FLOAT64_ARRAY {
		@Override
		Object open(SharedMemoryManager manager, Opening opening) {
			ArrayBuilder<Double> builder = opening.apply(manager.array("s", ElementType.FLOAT64));
			return (opening.isDeclared() ? builder.initial(Collections.nCopies(20, 1.5)) : builder).open();
		}
	},

	UINT16_ARRAY {
		@Override
		Object open(SharedMemoryManager manager, Opening opening) {
			ArrayBuilder<Integer> builder = opening.apply(manager.array("s", ElementType.UINT16));
			return (opening.isDeclared() ? builder.initial(Collections.nCopies(3, 65_535)) : builder).open();
		}
	},

	CHAR_ARRAY {
		@Override
		Object open(SharedMemoryManager manager, Opening opening) {
			ArrayBuilder<Character> builder = opening.apply(manager.array("s", ElementType.CHAR));
			return (opening.isDeclared() ? builder.length(24).initialText("höwdy") : builder).open();
		}
	},

	LIST {
		@Override
		Object open(SharedMemoryManager manager, Opening opening) {
			ListBuilder builder = opening.apply(manager.list("s"));
			if (opening.isDeclared()) {
				builder.initial("howdy", new byte[] { 1, 2 }, -273.154, 100, null, true).item("x", 24);
			}
			return builder.open();
		}
	},

	BLOCK {
		@Override
		Object open(SharedMemoryManager manager, Opening opening) {
			BlockBuilder builder = opening.apply(manager.block("s"));
			return (opening.isDeclared() ? builder.size(5000) : builder).open();
		}
	},

	LOCK {
		@Override
		Object open(SharedMemoryManager manager, Opening opening) {
			return opening.apply(manager.lock("s")).locked(true).open();
		}
	};

	/**
	 * Open the file.
	 * @return the shared object
	 */
	abstract Object open(SharedMemoryManager manager, Opening opening);

}
