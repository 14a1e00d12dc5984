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

import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.internal.segment.Memory;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The classes for unlocked 64-bit numbers refuse what all arrays refuse.
 */
class RawArrayTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	private final SharedArray<Long> longs = this.manager.array("longs", ElementType.INT64).length(3).open();

	private final SharedArray<Double> doubles = this.manager.array("doubles", ElementType.FLOAT64).length(3).open();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	@Test
	void elementsAreThoseOfTheArray() {
		this.longs.raw().setLong(2, Long.MIN_VALUE);
		this.doubles.raw().setDouble(2, -0.0);
		assertThat(this.longs.getLong(2)).isEqualTo(Long.MIN_VALUE);
		assertThat(this.doubles.get(2)).isEqualTo(-0.0);
		assertThat(this.longs.raw().getAndAddLong(2, -1)).isEqualTo(Long.MIN_VALUE);
		assertThat(this.longs.raw().getLong(2)).isEqualTo(Long.MAX_VALUE);
		assertThat(this.doubles.raw().getDouble(2)).isEqualTo(-0.0);
		assertThat(this.longs.raw().length()).isEqualTo(3);
		assertThat(this.longs.raw().getDouble(2)).isEqualTo(0x1p63);
	}

	@ParameterizedTest
	@ValueSource(
			longs = { -1, 3, 1L << 29, Integer.MIN_VALUE, 1L << 32, (1L << 32) + 1, Long.MIN_VALUE, Long.MAX_VALUE })
	void anIndexThatDoesNotExistIsRefused(long index) {
		SharedArray<Long> rawLongs = this.longs.raw();
		SharedArray<Double> rawDoubles = this.doubles.raw();
		assertOutOfBounds(index, () -> rawLongs.getLong(index));
		assertOutOfBounds(index, () -> rawLongs.setLong(index, 1));
		assertOutOfBounds(index, () -> rawLongs.getAndAddLong(index, 1));
		assertOutOfBounds(index, () -> rawDoubles.getDouble(index));
		assertOutOfBounds(index, () -> rawDoubles.setDouble(index, 1));
		assertThat(this.longs.slice(0, 3)).containsOnly(0L);
		assertThat(this.doubles.slice(0, 3)).containsOnly(0.0);
	}

	private static void assertOutOfBounds(long index, Runnable access) {
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(access::run)
			.withMessage("Expected an index in [0, 3), found %d. Check the length first", index);
	}

	@Test
	void nothingIsAccessedOnceClosed() {
		SharedArray<Long> rawLongs = this.longs.raw();
		SharedArray<Double> rawDoubles = this.doubles.raw();
		this.longs.close();
		this.doubles.close();
		assertThatExceptionOfType(SegmentClosedException.class).isThrownBy(() -> rawLongs.getLong(0));
		assertThatExceptionOfType(SegmentClosedException.class).isThrownBy(() -> rawLongs.setLong(0, 1));
		assertThatExceptionOfType(SegmentClosedException.class).isThrownBy(() -> rawLongs.getAndAddLong(0, 1));
		assertThatExceptionOfType(SegmentClosedException.class).isThrownBy(() -> rawDoubles.getDouble(0));
		assertThatExceptionOfType(SegmentClosedException.class).isThrownBy(() -> rawDoubles.setDouble(0, 1));
	}

	@Test
	void theMaskOfTheLengthChangesNoLength() {
		assertThat(Integer.bitCount(Memory.MOST_LONGS + 1)).isOne();
	}

}
