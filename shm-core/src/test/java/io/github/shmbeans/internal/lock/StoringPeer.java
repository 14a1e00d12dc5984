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

package io.github.shmbeans.internal.lock;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemoryManager;

/**
 * A process that stores into the first element of an array, one locked access after the
 * other, until it is killed.
 */
public final class StoringPeer {

	private StoringPeer() {
	}

	public static void main(String[] arguments) {
		SharedArray<Long> array = SharedMemoryManager.create().array(arguments[0], ElementType.INT64).length(1).open();
		System.out.println("storing");
		for (long i = array.get(0) + 1; i > 0; i++) {
			array.setLong(0, i);
		}
	}

}
