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

import io.github.shmbeans.error.InvalidOptionException;
import io.github.shmbeans.error.SegmentMismatchException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Arrays of several dimensions, and of no elements.
 */
class ArrayShapeTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	private ArrayBuilder<Short> other(String key) {
		return this.manager.array(key, ElementType.UINT8).segmentName(this.names.name("pixels"));
	}

	@Test
	void elementsAreFoundByTheirIndices() {
		SharedArray<Short> pixels = this.manager.array("pixels", ElementType.UINT8).shape(4, 5, 3).open();
		pixels.setInt(pixels.index(3, 4, 2), 200);
		assertThat(pixels.length()).isEqualTo(60);
		assertThat(pixels.getInt(59)).isEqualTo(200);
		assertThat(pixels.status().shape()).isEqualTo(Shape.of(4, 5, 3));
		assertThat(pixels).hasToString("SharedArray[name=%s, type=uint8, length=4 × 5 × 3]".formatted(pixels.name()));
	}

	@Test
	void arrayWithoutShapeHasOneDimension() {
		SharedArray<Short> array = this.manager.array("array", ElementType.UINT8).length(7).open();
		assertThat(array.shape()).isEqualTo(Shape.of(7));
		assertThat(array.index(6)).isEqualTo(6);
		assertThat(this.manager.value("value", ElementType.UINT8).open().status().shape()).isNull();
	}

	@Test
	void attachmentFindsTheShape() {
		this.manager.array("pixels", ElementType.UINT8).shape(4, 5, 3).open();
		assertThat(other("same").shape(4, 5, 3).open().shape()).isEqualTo(Shape.of(4, 5, 3));
		assertThat(other("any").mode(OpenMode.ATTACH).open().shape()).isEqualTo(Shape.of(4, 5, 3));
		assertThat(other("length").length(60).open().shape()).isEqualTo(Shape.of(4, 5, 3));
		assertThatExceptionOfType(SegmentMismatchException.class).isThrownBy(() -> other("other").shape(5, 4, 3).open())
			.withMessageContaining("was expected to be array of 5 × 4 × 3 uint8, found array of 4 × 5 × 3 uint8");
		assertThatExceptionOfType(SegmentMismatchException.class).isThrownBy(() -> other("longer").length(61).open());
	}

	@Test
	void arrayOfOneDimensionIsNoneOfSeveral() {
		this.manager.array("pixels", ElementType.UINT8).length(60).open();
		assertThatExceptionOfType(SegmentMismatchException.class).isThrownBy(() -> other("other").shape(4, 5, 3).open())
			.withMessageContaining("was expected to be array of 4 × 5 × 3 uint8, found array of 60 uint8");
	}

	@Test
	void fileOfOthersHasTheShapeThatIsDeclared() {
		SegmentFile.write(this.names, "pixels", new byte[] { 1, 2, 3, 4, 5, 6 });
		SharedArray<Short> pixels = other("pixels").shape(2, 3).locked(false).open();
		assertThat(pixels.get(pixels.index(1, 0))).isEqualTo((short) 4);
		pixels.unlink();
	}

	@Test
	void initialElementsFillTheShape() {
		SharedArray<Short> pixels = this.manager.array("pixels", ElementType.UINT8)
			.shape(2, 2)
			.initial(List.of((short) 1, (short) 2, (short) 3, (short) 4))
			.open();
		assertThat(pixels.get(pixels.index(1, 0))).isEqualTo((short) 3);
		assertThatExceptionOfType(InvalidOptionException.class)
			.isThrownBy(() -> other("other").shape(2, 3).initial(List.of((short) 1)).spec())
			.withMessage("Expected 2 × 3 elements for the initial data of array 'other', found 1. "
					+ "Make shape and initial agree, or leave one out")
			.satisfies((ex) -> assertThat(ex.option()).isEqualTo("shape"));
	}

	@Test
	void copyHasTheShape() {
		SharedArray<Short> pixels = this.manager.array("pixels", ElementType.UINT8).shape(2, 3).open();
		try (SharedArray<Short> copy = pixels.copy(this.names.name("copy"))) {
			assertThat(copy.shape()).isEqualTo(Shape.of(2, 3));
		}
	}

	@Test
	void arrayMayHaveNoElements() {
		for (boolean locked : new boolean[] { true, false }) {
			SharedArray<Long> empty = this.manager.array("empty" + locked, ElementType.INT64)
				.length(0)
				.locked(locked)
				.open();
			assertThat(empty.length()).isZero();
			assertThat(empty.dataSize()).isZero();
			assertThat(empty).isEmpty();
			assertThat(empty.slice(0, 0)).isEmpty();
			assertThat(empty.buffer().capacity()).isZero();
			empty.fill(5L);
			empty.read(0, new long[0], 0, 0);
			assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> empty.get(0));
		}
		assertThat(this.manager.array("other", ElementType.INT64)
			.segmentName(this.names.name("emptytrue"))
			.mode(OpenMode.ATTACH)
			.open()
			.length()).isZero();
	}

	@Test
	void emptyInitialDataMakesAnEmptyArray() {
		assertThat(this.manager.array("elements", ElementType.INT64).initial(List.of()).open().length()).isZero();
		assertThat(this.manager.array("text", ElementType.CHAR).initialText("").open().getText()).isEmpty();
		assertThat(this.manager.array("shape", ElementType.INT64).shape(3, 0).open().shape()).isEqualTo(Shape.of(3, 0));
	}

	@Test
	void emptyArrayIsNoArrayOfAnyOtherLength() {
		this.manager.array("pixels", ElementType.UINT8).length(0).open();
		assertThatExceptionOfType(SegmentMismatchException.class).isThrownBy(() -> other("other").length(1).open())
			.withMessageContaining("was expected to be array of 1 uint8, found array of 0 uint8");
		this.manager.array("one", ElementType.UINT8).length(1).open();
		assertThatExceptionOfType(SegmentMismatchException.class)
			.isThrownBy(() -> this.manager.array("none", ElementType.UINT8)
				.segmentName(this.names.name("one"))
				.length(0)
				.open())
			.withMessageContaining("was expected to be array of 0 uint8, found array of 1 uint8");
	}

}
