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

package io.github.shmbeans.examples;

import java.util.List;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemoryManager;

/**
 * An array that numpy sees in another process: CPython's example with two Python shells,
 * one of them in Java.
 */
public final class NumpyArray {

	/** Without the fifth line, CPython would remove the array when it exits. */
	private static final String PYTHON = """
			import sys
			import numpy as np
			from multiprocessing import resource_tracker, shared_memory

			resource_tracker.register = lambda *_: None
			shm = shared_memory.SharedMemory(sys.argv[1])
			c = np.ndarray((6,), dtype=np.int64, buffer=shm.buf)
			print("numpy", c)
			c[-1] = 888
			print("numpy", c)
			del c
			shm.close()
			""";

	private NumpyArray() {
	}

	/**
	 * Make the array, let numpy change an element, and print it.
	 * @param arguments a Python with numpy, {@code python3} by default
	 * @throws Exception if Python fails
	 */
	public static void main(String[] arguments) throws Exception {
		String python = (arguments.length > 0) ? arguments[0] : "python3";
		String namespace = "numpy-array-" + ProcessHandle.current().pid() + "-";
		try (SharedMemoryManager manager = SharedMemoryManager.builder().namespace(namespace).build()) {
			SharedArray<Long> array = manager.array("a", ElementType.INT64)
				.initial(List.of(1L, 1L, 2L, 3L, 5L, 8L))
				.open();
			System.out.println("Java  " + array.slice(0, 6));
			Processes.run(List.of(python, "-c", PYTHON, array.name()));
			System.out.println("Java  " + array.slice(0, 6));
		}
	}

}
