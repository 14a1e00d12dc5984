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
import java.util.Locale;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;

/**
 * Values and arrays that another process modifies: CPython's example of
 * {@code sharedctypes}.
 */
public final class ModifiedObjects {

	private ModifiedObjects() {
	}

	/**
	 * Make the objects, let a second JVM modify them, and print them.
	 * @param arguments none
	 * @throws Exception if the second JVM fails
	 */
	public static void main(String[] arguments) throws Exception {
		String namespace = "modified-objects-" + ProcessHandle.current().pid() + "-";
		try (SharedMemoryManager manager = SharedMemoryManager.builder().namespace(namespace).build()) {
			Shared shared = Shared.open(manager);
			Processes.run(Processes.java(Modify.class, namespace));
			System.out.println(shared.n().get());
			System.out.println(shared.x().get());
			System.out.println(shared.s().getText());
			System.out.println(shared.points().stream().map(Point::text).toList());
		}
	}

	/**
	 * An element of the array, laid out as the C structure of two doubles.
	 */
	record Point(double x, double y) {

		Point squared() {
			return new Point(this.x * this.x, this.y * this.y);
		}

		String text() {
			return "(" + this.x + ", " + this.y + ")";
		}

	}

	/**
	 * Both processes open the same names: the first creates, the second attaches and
	 * finds what is there.
	 */
	record Shared(SharedValue<Integer> n, SharedValue<Double> x, SharedArray<Character> s, SharedArray<Point> points) {

		static Shared open(SharedMemoryManager manager) {
			SharedLock lock = manager.lock("lock").open();
			return new Shared(manager.value("n", ElementType.INT32).initial(7).open(),
					manager.value("x", ElementType.FLOAT64).initial(1.0 / 3.0).locked(false).open(),
					manager.array("s", ElementType.CHAR).initialText("hello world").lock(lock).open(),
					manager.array("points", ElementType.ofRecord(Point.class))
						.initial(List.of(new Point(1.875, -6.25), new Point(-5.75, 2.0), new Point(2.375, 9.5)))
						.lock(lock)
						.open());
		}

	}

	/**
	 * The second JVM.
	 */
	public static final class Modify {

		private Modify() {
		}

		/**
		 * Square the numbers and turn the text into capitals.
		 * @param arguments the namespace
		 */
		public static void main(String[] arguments) {
			try (SharedMemoryManager manager = SharedMemoryManager.builder().namespace(arguments[0]).build()) {
				Shared shared = Shared.open(manager);
				shared.n().update((n) -> n * n);
				shared.x().set(shared.x().get() * shared.x().get());
				shared.s().setText(shared.s().getText().toUpperCase(Locale.ROOT));
				for (long i = 0; i < shared.points().length(); i++) {
					shared.points().update(i, Point::squared);
				}
			}
		}

	}

}
