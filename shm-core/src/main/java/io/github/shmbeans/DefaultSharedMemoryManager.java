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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.shmbeans.list.ListItem;
import io.github.shmbeans.lock.LockKind;
import io.github.shmbeans.segment.Failures;
import io.github.shmbeans.segment.Memory;
import io.github.shmbeans.segment.OpenMode;
import io.github.shmbeans.segment.Segment;
import org.jspecify.annotations.Nullable;

/**
 * Opens segments in {@code /dev/shm} and keeps them until they are closed.
 */
final class DefaultSharedMemoryManager implements SharedMemoryManager {

	private final String namespace;

	private final SegmentFactory factory;

	private final SegmentListener listener;

	private final Map<String, SharedSegment> segments = new LinkedHashMap<>();

	/** For which no room was made yet. */
	private int expected;

	private boolean closed;

	private @Nullable Thread exitHook;

	private DefaultSharedMemoryManager(String namespace, String application, SegmentListener listener, int expected) {
		this.namespace = namespace;
		this.factory = new SegmentFactory(application);
		this.listener = listener;
		this.expected = expected;
	}

	static DefaultSharedMemoryManager open(String namespace, String application, boolean closeOnExit,
			SegmentListener listener, int expected) {
		DefaultSharedMemoryManager manager = new DefaultSharedMemoryManager(namespace, application, listener, expected);
		if (closeOnExit) {
			manager.exitHook = new Thread(manager::closeSegments, "shm-close-on-exit");
			Runtime.getRuntime().addShutdownHook(manager.exitHook);
		}
		return manager;
	}

	String namespace() {
		return this.namespace;
	}

	@Override
	public <T> ValueBuilder<T> value(String key, ElementType<T> type) {
		return new ValueBuilder<>(this, key, type);
	}

	@Override
	public <T> ArrayBuilder<T> array(String key, ElementType<T> type) {
		return new ArrayBuilder<>(this, key, type);
	}

	@Override
	public ListBuilder list(String key) {
		return new ListBuilder(this, key);
	}

	@Override
	public BlockBuilder block(String key) {
		return new BlockBuilder(this, key);
	}

	@Override
	public LockBuilder lock(String key) {
		return new LockBuilder(this, key);
	}

	<T> SharedValue<T> openValue(OpenOptions options, ElementType<T> type, @Nullable T initial) {
		Consumer<Memory> initializer = (memory) -> {
			if (initial != null) {
				new RawElements<>(memory, type.layout()).write(0, initial);
			}
		};
		return open(options, () -> this.factory.value(options, type, initializer, this));
	}

	<T> SharedArray<T> openArray(OpenOptions options, ElementType<T> type, long length, @Nullable List<T> initial,
			@Nullable String initialText) {
		InitialElements<T> elements = new InitialElements<>(options, type, length, initial, initialText);
		return open(options, () -> this.factory.array(options, type, elements.length(), elements, this));
	}

	<T> SharedArray<T> copyArray(OpenOptions options, ElementType<T> type, Memory source) {
		long length = source.size() / type.size();
		return open(options, () -> this.factory.array(options, type, length, (target) -> copy(source, target), this));
	}

	<T> SharedValue<T> copyValue(OpenOptions options, ElementType<T> type, Memory source) {
		return open(options, () -> this.factory.value(options, type, (target) -> copy(source, target), this));
	}

	private static void copy(Memory source, Memory target) {
		int step = 1 << 30;
		for (long offset = 0; offset < source.size(); offset += step) {
			int count = (int) Math.min(step, source.size() - offset);
			target.slice(offset, count).put(source.slice(offset, count));
		}
	}

	ShareableList openList(OpenOptions options, @Nullable List<ListItem> items) {
		if (items == null && options.mode() != OpenMode.ATTACH) {
			throw new IllegalArgumentException(
					"Expected the items of list '%s', found none. Set initial, or use mode attach"
						.formatted(options.key()));
		}
		return open(options, () -> this.factory.list(options, items));
	}

	SharedMemory openBlock(OpenOptions options, long size) {
		if (size == 0 && options.mode() != OpenMode.ATTACH) {
			throw new IllegalArgumentException(
					"Expected the size of block '%s', found none. Set size, or use mode attach"
						.formatted(options.key()));
		}
		return open(options, () -> this.factory.block(options, size));
	}

	SharedLock openLock(OpenOptions options, LockKind kind) {
		return open(options, () -> this.factory.lock(options, kind)).lock();
	}

	private <S extends SharedSegment> S open(OpenOptions options, Supplier<S> opener) {
		requireFree(options.key());
		reserve();
		S segment = opener.get();
		boolean registered = false;
		try {
			register(options.key(), segment);
			handle(segment).segment().settle();
			registered = true;
		}
		finally {
			if (!registered) {
				segment.close();
			}
		}
		return segment;
	}

	private synchronized void requireFree(String key) {
		if (this.closed) {
			throw new IllegalStateException(
					"Expected the manager to be open, found it closed. Open segments before it closes");
		}
		if (this.segments.containsKey(key)) {
			throw new IllegalStateException(
					"Expected a key that this manager does not use yet, found '%s' in use. Use the segment that is open, or another key and the same segment name"
						.formatted(key));
		}
	}

	private synchronized void reserve() {
		if (this.expected > 0) {
			Segment.reserve(this.expected);
			this.expected = 0;
		}
	}

	private void register(String key, SharedSegment segment) {
		synchronized (this) {
			requireFree(key);
			this.segments.put(key, segment);
		}
		handle(segment).afterClose(() -> unregister(key, segment));
		this.listener.opened(key, segment);
	}

	private static SegmentHandle handle(SharedSegment segment) {
		return (segment instanceof DefaultShareableList list) ? list.handle() : ((HandleOwner) segment).handle();
	}

	private void unregister(String key, SharedSegment segment) {
		synchronized (this) {
			this.segments.remove(key);
		}
		this.listener.closed(key, segment);
	}

	@Override
	public synchronized Map<String, SharedSegment> segments() {
		return new LinkedHashMap<>(this.segments);
	}

	@Override
	public synchronized boolean isClosed() {
		return this.closed;
	}

	@Override
	public void close() {
		try {
			closeSegments();
		}
		finally {
			removeExitHook();
		}
	}

	/**
	 * Last, so that a JVM that is about to exit waits for a close that is under way.
	 */
	private void removeExitHook() {
		Thread hook = this.exitHook;
		if (hook != null) {
			try {
				Runtime.getRuntime().removeShutdownHook(hook);
			}
			catch (IllegalStateException ex) {
				this.exitHook = null;
			}
		}
	}

	private void closeSegments() {
		Deque<SharedSegment> remaining = new ArrayDeque<>();
		synchronized (this) {
			this.closed = true;
			this.segments.values().forEach(remaining::push);
		}
		Failures failures = new Failures();
		remaining.forEach((segment) -> failures.attempt(segment::close));
		failures.rethrow();
	}

}
