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

import java.util.Iterator;
import java.util.List;

import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SharedArraySliceTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	private SharedArray<Short> open(boolean locked) {
		SharedArray<Short> array = this.manager.array("array", ElementType.UINT8)
			.initial(List.of((short) 1, (short) 2, (short) 3, (short) 4))
			.open();
		return locked ? array : array.raw();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void sliceIsACopyThatCannotBeChanged(boolean locked) {
		SharedArray<Short> array = open(locked);
		List<Short> slice = array.slice(1, 3);
		array.set(1, (short) 9);
		assertThat(slice).containsExactly((short) 2, (short) 3);
		assertThat(array.slice(0, 0)).isEmpty();
		assertThat(array.slice(4, 4)).isEmpty();
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> slice.set(0, (short) 0));
	}

	@ParameterizedTest
	@CsvSource({ "-1, 1", "0, 5", "3, 2", "5, 5", "4, 9223372036854775807", "-9223372036854775808, 9223372036854775807",
			"9223372036854775807, -9223372036854775808" })
	void sliceOutsideTheArrayIsRefused(long from, long to) {
		SharedArray<Short> array = open(true);
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.slice(from, to))
			.withMessageStartingWith("Expected a range within [0, 4), found ");
		assertThat(array.lock().isLocked()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void setSliceWritesItsElementsAlone(boolean locked) {
		SharedArray<Short> array = open(locked);
		array.setSlice(1, List.of((short) 8, (short) 9));
		assertThat(array.slice(0, 4)).containsExactly((short) 1, (short) 8, (short) 9, (short) 4);
		array.setSlice(4, List.of());
		assertThat(array.slice(0, 4)).containsExactly((short) 1, (short) 8, (short) 9, (short) 4);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void setSliceWritesNothingIfOneElementIsRefused(boolean locked) {
		SharedArray<Short> array = open(locked);
		assertThatExceptionOfType(ValueOutOfRangeException.class)
			.isThrownBy(() -> array.setSlice(0, List.of((short) 8, (short) 9, (short) 256)));
		assertThat(array.slice(0, 4)).containsExactly((short) 1, (short) 2, (short) 3, (short) 4);
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 3, 4, Long.MAX_VALUE, Long.MIN_VALUE })
	void setSliceOutsideTheArrayIsRefusedAndNothingWritten(long from) {
		SharedArray<Short> array = open(true);
		assertThatExceptionOfType(IndexOutOfBoundsException.class)
			.isThrownBy(() -> array.setSlice(from, List.of((short) 8, (short) 9)))
			.withMessage("Expected a range within [0, 4), found 2 elements from %d. Check the length first", from);
		assertThat(array.slice(0, 4)).containsExactly((short) 1, (short) 2, (short) 3, (short) 4);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void fillWritesEveryElement(boolean locked) {
		SharedArray<Short> array = open(locked);
		array.fill((short) 7);
		assertThat(array.slice(0, 4)).containsOnly((short) 7);
		assertThat(SegmentFile.of(this.names, "array").hex(6)).isEqualTo("070707070000");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void streamReadsEachElementWhenItGetsThere(boolean locked) {
		SharedArray<Short> array = open(locked);
		assertThat(array.stream()).containsExactly((short) 1, (short) 2, (short) 3, (short) 4);
		Iterator<Short> iterator = array.stream().iterator();
		assertThat(iterator.next()).isEqualTo((short) 1);
		array.set(3, (short) 40);
		assertThat(iterator).toIterable().contains((short) 40);
		assertThat(array.stream().isParallel()).isFalse();
	}

	@Test
	void stepsOfManyElementsAreTakenUnderTheLock() {
		SharedArray<Short> array = open(true);
		long before = array.lock().statistics().acquisitions();
		array.slice(0, 4);
		array.setSlice(0, List.of((short) 1, (short) 2));
		array.fill((short) 3);
		array.read(0, new byte[4], 0, 4);
		array.write(0, new byte[4], 0, 4);
		assertThat(array.lock().statistics().acquisitions() - before).isEqualTo(5);
		array.raw().slice(0, 4);
		array.raw().fill((short) 3);
		assertThat(array.lock().statistics().acquisitions() - before).isEqualTo(5);
		assertThat(array.stream().count()).isEqualTo(4);
	}

}
