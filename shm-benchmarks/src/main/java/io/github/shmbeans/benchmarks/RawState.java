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

package io.github.shmbeans.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemoryManager;
import net.openhft.chronicle.bytes.BytesStore;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The same elements in the heap, in a segment and in the peers' buffers.
 */
@State(Scope.Thread)
public class RawState extends Turns {

	static final int LENGTH = 65_536;

	private static final int WARM_CALLS = 40_000;

	private static final List<ElementType<? extends Number>> TYPES = List.of(ElementType.INT8, ElementType.INT16,
			ElementType.INT32, ElementType.INT64, ElementType.FLOAT32, ElementType.FLOAT64);

	/** How many element types this JVM has used before. */
	@Param("1")
	int types;

	long number;

	long[] heapLongs = new long[LENGTH];

	double[] heapDoubles = new double[LENGTH];

	SharedArray<Long> longs;

	SharedArray<Double> doubles;

	ByteBuffer buffer;

	UnsafeBuffer agrona;

	BytesStore<?, ?> chronicle;

	private SharedMemoryManager manager;

	@Setup
	public void open() throws IOException {
		this.manager = Segments.manager();
		if (this.types > 1) {
			useAllTypes();
		}
		this.longs = this.manager.array("longs", ElementType.INT64).length(LENGTH).open().raw();
		this.doubles = this.manager.array("doubles", ElementType.FLOAT64).length(LENGTH).open().raw();
		this.buffer = mapped(LENGTH);
		this.agrona = new UnsafeBuffer(mapped(LENGTH));
		this.chronicle = BytesStore.wrap(mapped(LENGTH));
	}

	static ByteBuffer mapped(int length) throws IOException {
		Path file = Files.createTempFile(Path.of("/dev/shm"), "shmbench-", "");
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			return channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) length * Long.BYTES)
				.order(ByteOrder.LITTLE_ENDIAN);
		}
		finally {
			Files.delete(file);
		}
	}

	/**
	 * What the compiler learns about the accessors here is what it knows of an
	 * application with many types, with and without locks.
	 */
	private void useAllTypes() {
		List<SharedArray<?>> arrays = new ArrayList<>();
		for (ElementType<? extends Number> type : TYPES) {
			SharedArray<?> array = this.manager.array("types-" + type.name(), type).length(LENGTH).open();
			arrays.add(array);
			arrays.add(array.raw());
		}
		for (int i = 0; i < WARM_CALLS; i++) {
			for (SharedArray<?> array : arrays) {
				use(array, i % 64);
			}
		}
		arrays.forEach(SharedArray::close);
	}

	private static void use(SharedArray<?> array, int index) {
		double before = array.getDouble(index);
		if (array.elementType().name().startsWith("float")) {
			array.setDouble(index, before);
		}
		else {
			array.setLong(index, array.getLong(index));
		}
	}

	@TearDown
	public void close() {
		this.manager.close();
	}

}
