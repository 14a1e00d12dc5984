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

import java.util.stream.LongStream;

import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedMemoryManager;

/**
 * Work on a list that is divided among two processes: CPython's example of
 * {@code SharedMemoryManager}.
 */
public final class WorkSplit {

	private WorkSplit() {
	}

	/**
	 * Let two JVMs square one half of the numbers each, and print the sum.
	 * @param arguments none
	 * @throws Exception if one of the JVMs fails
	 */
	public static void main(String[] arguments) throws Exception {
		String namespace = "work-split-" + ProcessHandle.current().pid() + "-";
		try (SharedMemoryManager manager = SharedMemoryManager.builder().namespace(namespace).build()) {
			ShareableList numbers = manager.list("numbers").initial(LongStream.range(0, 2000).boxed().toArray()).open();
			Process first = Processes.start(Processes.java(Work.class, numbers.name(), "0", "1000"));
			Process second = Processes.start(Processes.java(Work.class, numbers.name(), "1000", "2000"));
			Processes.join(first);
			Processes.join(second);
			System.out.println(numbers.stream().mapToLong(Long.class::cast).sum());
		}
	}

	/**
	 * The other JVMs. Each writes items of its own, so they need no lock.
	 */
	public static final class Work {

		private Work() {
		}

		/**
		 * Square some numbers.
		 * @param arguments the name of the list, the first index, and the one after the
		 * last
		 */
		public static void main(String[] arguments) {
			try (ShareableList numbers = ShareableList.attach(arguments[0])) {
				for (int i = Integer.parseInt(arguments[1]); i < Integer.parseInt(arguments[2]); i++) {
					numbers.setLong(i, numbers.getLong(i) * numbers.getLong(i));
				}
			}
		}

	}

}
