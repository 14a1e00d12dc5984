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

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.shmbeans.OpenOptions.Locking;
import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.error.SegmentMismatchException;
import io.github.shmbeans.list.ListCodec;
import io.github.shmbeans.list.ListItem;
import io.github.shmbeans.list.ListView;
import io.github.shmbeans.lock.FutexLock;
import io.github.shmbeans.lock.InterprocessLock;
import io.github.shmbeans.lock.LockKind;
import io.github.shmbeans.lock.LockSettings;
import io.github.shmbeans.lock.SemaphoreLock;
import io.github.shmbeans.segment.AccessMode;
import io.github.shmbeans.segment.Memory;
import io.github.shmbeans.segment.OpenMode;
import io.github.shmbeans.segment.Segment;
import io.github.shmbeans.segment.SegmentKind;
import io.github.shmbeans.segment.SegmentRequest;
import io.github.shmbeans.segment.SegmentSchema;
import io.github.shmbeans.segment.SemaphoreFile;
import io.github.shmbeans.type.Layout;
import org.jspecify.annotations.Nullable;

/**
 * Opens segments and puts the shared objects over them.
 */
final class SegmentFactory {

	private final String application;

	private final boolean standalone;

	SegmentFactory(String application) {
		this(application, false);
	}

	private SegmentFactory(String application, boolean standalone) {
		this.application = application;
		this.standalone = standalone;
	}

	/**
	 * For segments that no manager owns.
	 */
	static SegmentFactory standalone() {
		return new SegmentFactory(SharedMemoryManager.Builder.defaultApplication(), true);
	}

	<T> SharedArray<T> array(OpenOptions options, ElementType<T> type, long length, Consumer<Memory> initializer,
			DefaultSharedMemoryManager manager) {
		SegmentSchema schema = elements(SegmentKind.ARRAY, type.layout(), length);
		return open(options, schema, initializer,
				(handle) -> DefaultSharedArray.of(manager, handle, type, elements(handle, type), null));
	}

	<T> SharedValue<T> value(OpenOptions options, ElementType<T> type, Consumer<Memory> initializer,
			DefaultSharedMemoryManager manager) {
		SegmentSchema schema = elements(SegmentKind.VALUE, type.layout(), 1);
		return open(options, schema, initializer,
				(handle) -> new DefaultSharedValue<>(manager, handle, type, elements(handle, type), null));
	}

	private static <T> Elements<T> elements(SegmentHandle handle, ElementType<T> type) {
		return new Elements<>(handle.segment().memory(), type.layout(), handle.interprocessLock());
	}

	private static SegmentSchema elements(SegmentKind kind, Layout<?> layout, long count) {
		return new SegmentSchema(kind, layout.code(), layout.size(), count,
				(count > Long.MAX_VALUE / layout.size()) ? Long.MAX_VALUE : count * layout.size(), layout.name());
	}

	SharedMemory block(OpenOptions options, long size) {
		SegmentSchema schema = new SegmentSchema(SegmentKind.BLOCK, 0, 1, size, size, "bytes");
		return open(options, schema, SegmentFactory::leaveZeros, DefaultSharedMemory::new);
	}

	ShareableList list(OpenOptions options, @Nullable List<ListItem> items) {
		long count = (items != null) ? items.size() : 0;
		long length = (items != null) ? ListCodec.encodedSize(items) : 0;
		SegmentSchema schema = new SegmentSchema(SegmentKind.LIST, 0, 0, count, length, "list");
		Consumer<Memory> initializer = (memory) -> {
			if (items != null) {
				ListCodec.encode(items, memory.slice(0, (int) length));
			}
		};
		return open(options, schema, initializer, (handle) -> list(handle, items));
	}

	private static ShareableList list(SegmentHandle handle, @Nullable List<ListItem> items) {
		Memory memory = handle.segment().memory();
		ByteBuffer bytes = memory.slice(0, (int) Math.min(memory.size(), Memory.LONGEST_WHOLE));
		ListView view = open(handle.name(), bytes);
		if (items != null && items.size() != view.size()) {
			throw new SegmentMismatchException(
					"Segment '%s' was expected to be a list of %d items, found %d".formatted(handle.name(),
							items.size(), view.size()),
					"Declare as many items as are there, or stop its users and remove the file");
		}
		return new DefaultShareableList(handle, view);
	}

	private static ListView open(String name, ByteBuffer bytes) {
		try {
			return ListCodec.open(bytes);
		}
		catch (InvalidSegmentException ex) {
			throw ex.inSegment(name);
		}
	}

	LockSegment lock(OpenOptions options, LockKind kind) {
		return (kind == LockKind.PROCESS) ? open(options, new SegmentSchema(SegmentKind.LOCK, 0, 0, 0, 0, "process"),
				SegmentFactory::leaveZeros, LockSegment::new) : semaphore(options);
	}

	/**
	 * A semaphore lives in a file of its own; a segment of the lock's name counts who
	 * uses it, so that the last one can remove both. To attach is to join the semaphore,
	 * which CPython may have made without such a segment.
	 */
	private LockSegment semaphore(OpenOptions options) {
		boolean join = options.mode() == OpenMode.ATTACH;
		SegmentSchema schema = new SegmentSchema(SegmentKind.LOCK, 0, 0, 0, SemaphoreLock.DATA_LENGTH, "semaphore");
		Segment segment = Segment
			.open(new SegmentRequest(options.segmentName(), schema, join ? OpenMode.CREATE_OR_ATTACH : options.mode(),
					options.onShutdown(), options.attachTimeout(), options.permissions(), AccessMode.READ_WRITE,
					options.foreignOwner(), true, this.application, SegmentFactory::leaveZeros));
		boolean opened = false;
		try {
			SemaphoreFile file = new SemaphoreFile(options.segmentName(), options.permissions(),
					options.foreignOwner());
			InterprocessLock lock = SemaphoreLock.open(segment, options.mode(), file, options.attachTimeout(),
					settings(options, null));
			SegmentHandle handle = new SegmentHandle(segment, options, new DefaultSharedLock(lock), true);
			opened = true;
			return new LockSegment(handle);
		}
		finally {
			if (!opened) {
				segment.close();
			}
		}
	}

	private <S extends SharedSegment> S open(OpenOptions options, SegmentSchema schema, Consumer<Memory> initializer,
			Function<SegmentHandle, S> constructor) {
		boolean own = options.locking() != Locking.NONE && options.lock() == null;
		Segment segment = Segment.open(new SegmentRequest(options.segmentName(), schema, options.mode(),
				options.onShutdown(), options.attachTimeout(), options.permissions(), options.access(),
				options.foreignOwner(), own && options.locking() == Locking.REQUIRED, this.application, initializer));
		boolean opened = false;
		try {
			Recovery recovery = new Recovery(options.recoveryHandler());
			SegmentHandle handle = new SegmentHandle(segment, options, lock(options, segment, recovery), own);
			S shared = constructor.apply(handle);
			if (this.standalone) {
				segment.settle();
			}
			else {
				recovery.target = shared;
			}
			opened = true;
			return shared;
		}
		finally {
			if (!opened) {
				segment.close();
			}
		}
	}

	private static @Nullable DefaultSharedLock lock(OpenOptions options, Segment segment, Recovery recovery) {
		boolean possible = options.locking() == Locking.REQUIRED || segment.isLockable();
		if (options.locking() == Locking.NONE || !possible) {
			return null;
		}
		if (options.lock() == null) {
			return new DefaultSharedLock(
					new FutexLock(segment, settings(options, (options.recoveryHandler() != null) ? recovery : null)));
		}
		return DefaultSharedLock.require(options.lock());
	}

	private static void leaveZeros(Memory memory) {
	}

	private static LockSettings settings(OpenOptions options, @Nullable Runnable recovery) {
		return new LockSettings(options.lockTimeout(), options.onOwnerDeath(), recovery);
	}

	/**
	 * Runs the recovery handler for a segment that is known only once it is open.
	 */
	private static final class Recovery implements Runnable {

		private final @Nullable RecoveryHandler handler;

		private volatile @Nullable SharedSegment target;

		Recovery(@Nullable RecoveryHandler handler) {
			this.handler = handler;
		}

		@Override
		public void run() {
			SharedSegment segment = this.target;
			if (this.handler != null && segment != null) {
				this.handler.recover(segment);
			}
		}

	}

}
