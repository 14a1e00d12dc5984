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

package io.github.shmbeans.internal;

import java.io.File;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.FilesystemStatus;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SegmentBuilder;
import io.github.shmbeans.SegmentListener;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.ShutdownPolicy;
import io.github.shmbeans.engine.SegmentEngine;
import io.github.shmbeans.engine.SegmentOwner;
import io.github.shmbeans.internal.control.Failures;
import io.github.shmbeans.internal.segment.SegmentName;
import org.jspecify.annotations.Nullable;

/**
 * The registry of open segments: keys, listeners, and the order of closing.
 */
final class DefaultSharedMemoryManager implements SharedMemoryManager {

	private final String namespace;

	private final SegmentEngine engine;

	private final SegmentOwner owner;

	private final SegmentListener listener;

	private final Map<String, SharedSegment> segments = new LinkedHashMap<>();

	/** Segments that the engine has not been told of yet. */
	private int expected;

	private boolean closed;

	private @Nullable Thread exitHook;

	private DefaultSharedMemoryManager(Builder builder, SegmentEngine engine) {
		this.namespace = builder.namespace();
		this.engine = engine;
		this.owner = new Owner(builder.application());
		this.listener = builder.listener();
		this.expected = builder.expectedSegments();
	}

	static DefaultSharedMemoryManager open(Builder builder, SegmentEngine engine) {
		DefaultSharedMemoryManager manager = new DefaultSharedMemoryManager(builder, engine);
		if (builder.closeOnExit()) {
			manager.exitHook = new Thread(manager::closeSegments, "shm-close-on-exit");
			Runtime.getRuntime().addShutdownHook(manager.exitHook);
		}
		return manager;
	}

	@Override
	public String namespace() {
		return this.namespace;
	}

	@Override
	public SharedSegment open(SegmentSpec spec) {
		return this.engine.open(spec.inNamespace(this.namespace), this.owner);
	}

	@Override
	public SharedMemory sharedMemory(long size) {
		return (SharedMemory) openUnnamed((name) -> block(name).size(size));
	}

	@Override
	public ShareableList shareableList(List<?> items) {
		return (ShareableList) openUnnamed((name) -> list(name).initial(items.toArray()));
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> SharedValue<T> value(ElementType<T> type) {
		return (SharedValue<T>) openUnnamed((name) -> value(name, type));
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> SharedArray<T> array(ElementType<T> type, long length) {
		return (SharedArray<T>) openUnnamed((name) -> array(name, type).length(length));
	}

	private SharedSegment openUnnamed(Function<String, SegmentBuilder<?>> content) {
		return SegmentName.random((name) -> open(
				content.apply(name).segmentName(name).mode(OpenMode.CREATE).onShutdown(ShutdownPolicy.UNLINK).spec()));
	}

	private void expectSegments() {
		if (this.expected > 0) {
			this.engine.expect(this.expected);
			this.expected = 0;
		}
	}

	private void requireFree(String key) {
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

	@Override
	public FilesystemStatus filesystem() {
		File filesystem = new File(SegmentName.DIRECTORY);
		return new FilesystemStatus(filesystem.getPath(), filesystem.getTotalSpace(), filesystem.getUsableSpace());
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
				// The JVM is exiting, and keeps its hooks
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

	/**
	 * Registers what the engine opens.
	 */
	private final class Owner implements SegmentOwner {

		private final String application;

		Owner(String application) {
			this.application = application;
		}

		@Override
		public String application() {
			return this.application;
		}

		@Override
		public void opening(SegmentSpec spec) {
			synchronized (DefaultSharedMemoryManager.this) {
				requireFree(spec.key());
				expectSegments();
			}
		}

		@Override
		public void opened(SegmentSpec spec, SharedSegment segment) {
			synchronized (DefaultSharedMemoryManager.this) {
				requireFree(spec.key());
				DefaultSharedMemoryManager.this.segments.put(spec.key(), segment);
			}
			DefaultSharedMemoryManager.this.listener.opened(spec.key(), segment);
		}

		@Override
		public void closed(SegmentSpec spec, SharedSegment segment) {
			boolean registered;
			synchronized (DefaultSharedMemoryManager.this) {
				Map<String, SharedSegment> open = DefaultSharedMemoryManager.this.segments;
				registered = open.get(spec.key()) == segment;
				if (registered) {
					open.remove(spec.key());
				}
			}
			if (registered) {
				DefaultSharedMemoryManager.this.listener.closed(spec.key(), segment);
			}
		}

	}

}
