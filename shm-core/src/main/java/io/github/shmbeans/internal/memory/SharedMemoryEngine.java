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

package io.github.shmbeans.internal.memory;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.LockKind;
import io.github.shmbeans.SegmentKind;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.Shape;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.engine.ElementCodec;
import io.github.shmbeans.engine.SegmentEngine;
import io.github.shmbeans.engine.SegmentOwner;
import io.github.shmbeans.error.InvalidOptionException;
import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.error.SegmentMismatchException;
import io.github.shmbeans.internal.control.SegmentSchema;
import io.github.shmbeans.internal.list.ListCodec;
import io.github.shmbeans.internal.list.ListItem;
import io.github.shmbeans.internal.list.ListView;
import io.github.shmbeans.internal.posix.FileDescriptor;
import io.github.shmbeans.internal.posix.NativeLibrary;
import io.github.shmbeans.internal.segment.Memory;
import io.github.shmbeans.internal.segment.Segment;
import io.github.shmbeans.internal.segment.SegmentImage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps segments in {@code /dev/shm} and puts the shared objects over them.
 */
public final class SharedMemoryEngine implements SegmentEngine {

	/** One word: 1 if the semaphore goes with the segment that counts its users. */
	private static final int SEMAPHORE_DATA_LENGTH = Long.BYTES;

	@Override
	public String name() {
		return SHARED_MEMORY;
	}

	@Override
	public void expect(int segments) {
		NativeLibrary.require();
		FileDescriptor.reserve(segments);
	}

	@Override
	public SharedSegment open(SegmentSpec spec, SegmentOwner owner) {
		SegmentSpec.Content content = spec.content();
		if (content instanceof SegmentSpec.Value<?> value) {
			return value(spec, value, owner);
		}
		if (content instanceof SegmentSpec.Array<?> array) {
			return array(spec, array, owner);
		}
		if (content instanceof SegmentSpec.Items list) {
			return list(spec, list, owner);
		}
		if (content instanceof SegmentSpec.Block block) {
			SegmentSchema schema = new SegmentSchema(SegmentKind.BLOCK, 0, 1,
					(block.size() > 0) ? block.size() : SegmentSchema.ANY, block.size(), "bytes");
			return open(spec, owner, SegmentImage.zeros(schema), DefaultSharedMemory::new);
		}
		boolean semaphore = ((SegmentSpec.Lock) content).lockKind() == LockKind.SEMAPHORE;
		SegmentSchema schema = semaphore
				? new SegmentSchema(SegmentKind.LOCK, 0, 0, 0, SEMAPHORE_DATA_LENGTH, "semaphore")
				: new SegmentSchema(SegmentKind.LOCK, 0, 0, 0, 0, "process");
		return open(spec, owner, SegmentImage.zeros(schema), LockSegment::new);
	}

	private <T> SharedSegment value(SegmentSpec spec, SegmentSpec.Value<T> value, SegmentOwner owner) {
		T initial = value.initial();
		return value(spec, value.type(), owner, (memory) -> {
			if (initial != null) {
				new Elements<>(memory, ElementCodec.of(value.type()), null).write(0, initial);
			}
		});
	}

	private <T> DefaultSharedValue<T> value(SegmentSpec spec, ElementType<T> type, SegmentOwner owner,
			Consumer<Memory> initializer) {
		ElementCodec<T> codec = ElementCodec.of(type);
		return open(spec, owner, new SegmentImage(elements(SegmentKind.VALUE, codec, Shape.of(1)), initializer),
				(segment) -> new DefaultSharedValue<>(segment, owner, this, type,
						new Elements<>(segment.memory(), codec, segment.lock()), null));
	}

	private <T> SharedSegment array(SegmentSpec spec, SegmentSpec.Array<T> array, SegmentOwner owner) {
		InitialElements<T> initial = new InitialElements<>(spec, array);
		return array(spec, array.type(), initial.shape(), owner, initial);
	}

	private <T> DefaultSharedArray<T> array(SegmentSpec spec, ElementType<T> type, @Nullable Shape shape,
			SegmentOwner owner, Consumer<Memory> initializer) {
		ElementCodec<T> codec = ElementCodec.of(type);
		return open(spec, owner, new SegmentImage(elements(SegmentKind.ARRAY, codec, shape), initializer),
				(segment) -> DefaultSharedArray.of(segment, owner, this, type,
						new Elements<>(segment.memory(), codec, segment.lock()), null));
	}

	private static SegmentSchema elements(SegmentKind kind, ElementCodec<?> codec, @Nullable Shape shape) {
		long count = (shape != null) ? shape.length() : 0;
		long dataLength = (count > Long.MAX_VALUE / codec.size()) ? Long.MAX_VALUE : count * codec.size();
		return new SegmentSchema(kind, codec.code(), codec.size(), (shape != null) ? count : SegmentSchema.ANY,
				dataLength, codec.name(), (kind == SegmentKind.ARRAY) ? shape : null);
	}

	<T> DefaultSharedValue<T> copyValue(SegmentSpec spec, ElementType<T> type, SegmentOwner owner, Elements<T> source) {
		return value(spec, type, owner, source::copyTo);
	}

	<T> DefaultSharedArray<T> copyArray(SegmentSpec spec, ElementType<T> type, Shape shape, SegmentOwner owner,
			Elements<T> source) {
		return array(spec, type, shape, owner, source::copyTo);
	}

	private SharedSegment list(SegmentSpec spec, SegmentSpec.Items declared, SegmentOwner owner) {
		List<ListItem> items = (declared.items() != null) ? items(declared.items()) : null;
		long count = (items != null) ? items.size() : SegmentSchema.ANY;
		long length = (items != null) ? listSize(spec, items) : 0;
		SegmentSchema schema = new SegmentSchema(SegmentKind.LIST, 0, 0, count, length, "list");
		Consumer<Memory> initializer = (memory) -> {
			if (items != null) {
				ListCodec.encode(items, memory.slice(0, (int) length));
			}
		};
		return open(spec, owner, new SegmentImage(schema, initializer), (segment) -> list(segment, items));
	}

	static List<ListItem> items(List<SegmentSpec.Item> items) {
		return items.stream().map((item) -> ListItem.of(item.value(), item.capacity())).toList();
	}

	/**
	 * The size of a list, which must fit in one buffer.
	 */
	static long listSize(SegmentSpec spec, List<ListItem> items) {
		long size = ListCodec.encodedSize(items);
		if (size > Memory.LONGEST_WHOLE) {
			throw new InvalidOptionException("initial", "List '%s' needs %,d bytes, but a list has at most %,d"
				.formatted(spec.key(), size, Memory.LONGEST_WHOLE),
					"Declare fewer items or smaller capacities, or use several lists");
		}
		return size;
	}

	private static DefaultShareableList list(Segment segment, @Nullable List<ListItem> items) {
		Memory memory = segment.memory();
		if (memory.size() > Memory.LONGEST_WHOLE) {
			throw new SegmentMismatchException(
					"Segment '%s' was expected to be a list of at most 2 GiB, found %,d bytes".formatted(segment.name(),
							memory.size()),
					"Attach to it as a block, or use several lists");
		}
		ByteBuffer bytes = memory.slice(0, (int) memory.size());
		ListView view = open(segment.name(), bytes);
		if (items != null && items.size() != view.size()) {
			throw new SegmentMismatchException(
					"Segment '%s' was expected to be a list of %d items, found %d".formatted(segment.name(),
							items.size(), view.size()),
					"Declare as many items as are there, or stop its users and remove the file");
		}
		return new DefaultShareableList(segment, view);
	}

	private static ListView open(String name, ByteBuffer bytes) {
		try {
			return ListCodec.open(bytes);
		}
		catch (InvalidSegmentException ex) {
			throw ex.inSegment(name);
		}
	}

	private <S extends SharedSegment> S open(SegmentSpec spec, SegmentOwner owner, SegmentImage image,
			Function<Segment, S> constructor) {
		owner.opening(spec);
		Segment segment = Segment.open(spec, image, owner.application());
		return segment.openOrClose(() -> {
			S object = constructor.apply(segment);
			segment.object(object, () -> owner.closed(spec, object));
			owner.opened(spec, object);
			segment.handOver();
			return object;
		});
	}

}
