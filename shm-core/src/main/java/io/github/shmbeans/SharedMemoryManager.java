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

package io.github.shmbeans;

import java.util.List;
import java.util.Map;

/**
 * Opens segments and owns them: closing the manager closes all it has opened, last first,
 * each by its own shutdown policy. Safe for use by several threads.
 *
 * <pre class="code">
 * try (SharedMemoryManager manager = SharedMemoryManager.create()) {
 *     SharedValue&lt;Long&gt; hits = manager.value("hits", ElementType.INT64).open();
 *     hits.getAndAdd(1L);
 * }
 * </pre>
 */
public interface SharedMemoryManager extends AutoCloseable {

	/**
	 * A manager without namespace that is closed at the exit of the JVM at the latest.
	 * @return a new manager
	 */
	static SharedMemoryManager create() {
		return builder().build();
	}

	/**
	 * Begin a manager.
	 * @return a builder
	 */
	static Builder builder() {
		return new Builder();
	}

	/**
	 * The prefix of every segment name that is made from a key.
	 * @return the prefix, empty by default
	 */
	String namespace();

	/**
	 * Begin to open a value.
	 * @param <T> the Java type of the element type
	 * @param key the key; the segment is named by namespace and key unless it says
	 * otherwise
	 * @param type the element type
	 * @return a builder
	 */
	default <T> ValueBuilder<T> value(String key, ElementType<T> type) {
		return new ValueBuilder<>(this, key, type);
	}

	/**
	 * Begin to open an array.
	 * @param <T> the Java type of the element type
	 * @param key the key
	 * @param type the element type
	 * @return a builder
	 */
	default <T> ArrayBuilder<T> array(String key, ElementType<T> type) {
		return new ArrayBuilder<>(this, key, type);
	}

	/**
	 * Begin to open a list.
	 * @param key the key
	 * @return a builder
	 */
	default ListBuilder list(String key) {
		return new ListBuilder(this, key);
	}

	/**
	 * Begin to open a block of bytes.
	 * @param key the key
	 * @return a builder
	 */
	default BlockBuilder block(String key) {
		return new BlockBuilder(this, key);
	}

	/**
	 * Begin to open a lock that stands alone.
	 * @param key the key
	 * @return a builder
	 */
	default LockBuilder lock(String key) {
		return new LockBuilder(this, key);
	}

	/**
	 * Create a block of bytes under a name of the manager's own making, as
	 * {@code SharedMemory} of CPython's {@code SharedMemoryManager} does. It has all
	 * defaults, but {@link #close()} removes its name, whoever else is attached.
	 * @param size the size in bytes, at least 1
	 * @return the open block, whose {@link SharedSegment#name()} others attach to
	 * @throws io.github.shmbeans.error.SharedMemoryException if it cannot be created
	 * @throws IllegalArgumentException if the size is less than 1
	 * @throws IllegalStateException if the manager is closed
	 */
	SharedMemory sharedMemory(long size);

	/**
	 * Create a list under a name of the manager's own making, as {@code ShareableList} of
	 * CPython's {@code SharedMemoryManager} does; otherwise as {@link #sharedMemory}.
	 * @param items the items, as {@link ListBuilder#initial(Object...)} takes them
	 * @return the open list
	 * @throws io.github.shmbeans.error.SharedMemoryException if it cannot be created
	 * @throws IllegalArgumentException if an item cannot be shared
	 * @throws IllegalStateException if the manager is closed
	 */
	ShareableList shareableList(List<?> items);

	/**
	 * Create a value of zero under a name of the manager's own making; otherwise as
	 * {@link #sharedMemory}.
	 * @param <T> the Java type of the element type
	 * @param type the element type
	 * @return the open value
	 * @throws io.github.shmbeans.error.SharedMemoryException if it cannot be created
	 * @throws IllegalStateException if the manager is closed
	 */
	<T> SharedValue<T> value(ElementType<T> type);

	/**
	 * Create an array of zeros under a name of the manager's own making; otherwise as
	 * {@link #sharedMemory}.
	 * @param <T> the Java type of the element type
	 * @param type the element type
	 * @param length the number of elements, 0 or more
	 * @return the open array
	 * @throws io.github.shmbeans.error.SharedMemoryException if it cannot be created
	 * @throws IllegalArgumentException if the length is negative
	 * @throws IllegalStateException if the manager is closed
	 */
	<T> SharedArray<T> array(ElementType<T> type, long length);

	/**
	 * Open a segment as a spec says. If the spec has no segment name, it is the namespace
	 * of this manager and the key.
	 * @param spec the spec, from {@link SegmentBuilder#spec()}
	 * @return the open segment: a {@link SharedValue}, {@link SharedArray},
	 * {@link ShareableList} or {@link SharedMemory}; for a lock, a segment whose
	 * {@link SharedSegment#lock()} it is
	 * @throws io.github.shmbeans.error.SharedMemoryException if it cannot be opened as
	 * asked; nothing is left behind
	 * @throws io.github.shmbeans.error.InvalidOptionException if namespace and key are no
	 * segment name
	 * @throws IllegalStateException if the manager is closed or uses the key already
	 */
	SharedSegment open(SegmentSpec spec);

	/**
	 * The filesystem that holds the segments of shared memory.
	 * @return its state now
	 */
	FilesystemStatus filesystem();

	/**
	 * The open segments by key, in the order of their opening; locks that stand alone
	 * included.
	 * @return a snapshot
	 */
	Map<String, SharedSegment> segments();

	/**
	 * Whether {@link #close()} was called.
	 * @return {@code true} if so
	 */
	boolean isClosed();

	/**
	 * Close every segment, last opened first. All are closed even if closing one fails;
	 * the failures are then thrown together. Idempotent.
	 */
	@Override
	void close();

	/**
	 * Builds a manager.
	 */
	final class Builder {

		private String namespace = "";

		private String application = defaultApplication();

		private boolean closeOnExit = true;

		private int expectedSegments;

		private SegmentListener listener = new SegmentListener() {
		};

		Builder() {
		}

		private static String defaultApplication() {
			String command = System.getProperty("sun.java.command", "java");
			String first = command.split(" ", 2)[0];
			return first.substring(first.lastIndexOf('/') + 1);
		}

		/**
		 * Set the prefix of every segment name that is made from a key.
		 * @param namespace the prefix, empty by default
		 * @return this builder
		 */
		public Builder namespace(String namespace) {
			this.namespace = namespace;
			return this;
		}

		/**
		 * Set the name under which other processes see the attachments of this one.
		 * @param application the name, by default that of the main class or jar
		 * @return this builder
		 */
		public Builder application(String application) {
			this.application = application;
			return this;
		}

		/**
		 * Set whether the exit of the JVM closes the manager.
		 * @param closeOnExit {@code true}, the default, to close it then
		 * @return this builder
		 */
		public Builder closeOnExit(boolean closeOnExit) {
			this.closeOnExit = closeOnExit;
			return this;
		}

		/**
		 * Set who is told of segments that open and close.
		 * @param listener the listener
		 * @return this builder
		 */
		public Builder listener(SegmentListener listener) {
			this.listener = listener;
			return this;
		}

		/**
		 * Set how many segments are going to be opened. The first one then makes room for
		 * all of them in the table of open files of this process, whose growth the kernel
		 * holds up each time.
		 * @param expectedSegments about how many, 0 by default; more may be opened, and
		 * fewer
		 * @return this builder
		 */
		public Builder expectedSegments(int expectedSegments) {
			if (expectedSegments < 0) {
				throw new IllegalArgumentException(
						"Expected a number of segments of 0 or more, found %d. Leave it out if it is not known"
							.formatted(expectedSegments));
			}
			this.expectedSegments = expectedSegments;
			return this;
		}

		/**
		 * The prefix of every segment name that is made from a key.
		 * @return the prefix
		 */
		public String namespace() {
			return this.namespace;
		}

		/**
		 * The name under which other processes see the attachments of this one.
		 * @return the name
		 */
		public String application() {
			return this.application;
		}

		/**
		 * Whether the exit of the JVM closes the manager.
		 * @return {@code true} if it does
		 */
		public boolean closeOnExit() {
			return this.closeOnExit;
		}

		/**
		 * Who is told of segments that open and close.
		 * @return the listener
		 */
		public SegmentListener listener() {
			return this.listener;
		}

		/**
		 * How many segments are going to be opened.
		 * @return about how many
		 */
		public int expectedSegments() {
			return this.expectedSegments;
		}

		/**
		 * Build the manager.
		 * @return a new manager
		 */
		public SharedMemoryManager build() {
			return Providers.get().manager(this);
		}

	}

}
