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

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.util.List;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemoryManager;

/**
 * An array that numpy makes and Java changes: {@link NumpyArray} the other way round.
 */
public final class NumpyOwner {

	private static final String PYTHON = """
			import numpy as np
			from multiprocessing import shared_memory

			a = np.array([1, 1, 2, 3, 5, 8])
			shm = shared_memory.SharedMemory(create=True, size=a.nbytes)
			b = np.ndarray(a.shape, dtype=a.dtype, buffer=shm.buf)
			b[:] = a[:]
			print(shm.name, flush=True)
			input()
			print("numpy", b)
			del b
			shm.close()
			shm.unlink()
			""";

	private NumpyOwner() {
	}

	/**
	 * Let numpy make the array, change an element, and let numpy print it.
	 * @param arguments a Python with numpy, {@code python3} by default
	 * @throws Exception if Python fails
	 */
	public static void main(String[] arguments) throws Exception {
		Process python = Processes.start(List.of((arguments.length > 0) ? arguments[0] : "python3", "-c", PYTHON));
		try (BufferedReader output = python.inputReader();
				PrintWriter input = new PrintWriter(python.outputWriter(), true)) {
			String name = output.readLine();
			if (name != null) {
				System.out.println("numpy " + name);
				change(name);
				input.println();
				output.lines().forEach(System.out::println);
			}
		}
		Processes.join(python);
	}

	/**
	 * What others have made has no lock, and stays theirs to remove.
	 */
	private static void change(String name) {
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			SharedArray<Long> array = manager.array(name, ElementType.INT64).mode(OpenMode.ATTACH).locked(false).open();
			System.out.println("Java  " + array.slice(0, array.length()));
			array.set(array.length() - 1, 888L);
			System.out.println("Java  " + array.slice(0, array.length()));
		}
	}

}
