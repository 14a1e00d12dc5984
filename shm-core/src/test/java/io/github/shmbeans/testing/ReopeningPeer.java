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

package io.github.shmbeans.testing;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;

/**
 * A process that opens, uses and closes one value again and again. Arguments: the segment
 * name and how often. Prints how many rounds found the value as a live segment must be.
 */
public final class ReopeningPeer {

	private ReopeningPeer() {
	}

	public static void main(String[] arguments) {
		int rounds = Integer.parseInt(arguments[1]);
		int sound = 0;
		System.out.println("ready");
		for (int i = 0; i < rounds; i++) {
			try (SharedMemoryManager manager = SharedMemoryManager.builder().closeOnExit(false).build()) {
				SharedValue<Long> value = manager.value(arguments[0], ElementType.INT64).initial(1_000L).open();
				long before = value.getAndAdd(1L);
				if (before >= 1_000 && value.status().linked()) {
					sound++;
				}
			}
		}
		System.out.println(sound);
	}

}
