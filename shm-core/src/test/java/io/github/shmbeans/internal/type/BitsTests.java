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

package io.github.shmbeans.internal.type;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class BitsTests {

	private static final long PATTERN = 0xf1e2d3c4b5a69788L;

	private final ByteBuffer bytes = ByteBuffer.allocateDirect(16).order(ByteOrder.LITTLE_ENDIAN);

	static Stream<Arguments> places() {
		return Stream.of(1, 2, 4, 8)
			.flatMap((size) -> IntStream.iterate(0, (at) -> at < 16, (at) -> at + size)
				.mapToObj((at) -> Arguments.of(size, at)));
	}

	@ParameterizedTest
	@MethodSource("places")
	void elementIsReadExtendedByZeros(int size, int at) {
		fill((byte) 0xa5);
		Bits.set(this.bytes, at, size, PATTERN);
		assertThat(Bits.get(this.bytes, at, size)).isEqualTo(PATTERN & mask(size));
		assertThat(Bits.getVolatile(this.bytes, at, size)).isEqualTo(PATTERN & mask(size));
		assertOthersAre((byte) 0xa5, size, at);
	}

	@ParameterizedTest
	@MethodSource("places")
	void volatileWriteTouchesNoNeighbour(int size, int at) {
		fill((byte) 0x5a);
		Bits.setVolatile(this.bytes, at, size, PATTERN);
		assertThat(Bits.get(this.bytes, at, size)).isEqualTo(PATTERN & mask(size));
		assertOthersAre((byte) 0x5a, size, at);
	}

	@ParameterizedTest
	@MethodSource("places")
	void compareAndSetReplacesTheExpectedElementAlone(int size, int at) {
		fill((byte) 0xff);
		assertThat(Bits.compareAndSet(this.bytes, at, size, PATTERN, 0)).isFalse();
		assertThat(Bits.get(this.bytes, at, size)).isEqualTo(mask(size));
		assertThat(Bits.compareAndSet(this.bytes, at, size, -1, PATTERN)).isTrue();
		assertThat(Bits.get(this.bytes, at, size)).isEqualTo(PATTERN & mask(size));
		assertOthersAre((byte) 0xff, size, at);
		assertThat(Bits.compareAndSet(this.bytes, at, size, PATTERN & mask(size), 0)).isTrue();
		assertThat(Bits.get(this.bytes, at, size)).isZero();
		assertOthersAre((byte) 0xff, size, at);
	}

	@Test
	void getAndAddWraps() {
		Bits.set(this.bytes, 8, 8, Long.MAX_VALUE);
		assertThat(Bits.getAndAdd(this.bytes, 8, 1)).isEqualTo(Long.MAX_VALUE);
		assertThat(Bits.get(this.bytes, 8, 8)).isEqualTo(Long.MIN_VALUE);
	}

	@Test
	void neighboursInOneWordAreIncrementedByFourThreadsWithoutLoss() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(4);
		try {
			List<Future<?>> threads = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				int at = i;
				threads.add(executor.submit(() -> increment(at, 200_000)));
			}
			for (Future<?> thread : threads) {
				thread.get();
			}
		}
		finally {
			executor.shutdown();
		}
		for (int i = 0; i < 4; i++) {
			assertThat(Bits.get(this.bytes, i, 1)).isEqualTo(200_000 & 0xff);
		}
	}

	private void increment(int at, int times) {
		for (int done = 0; done < times;) {
			long found = Bits.getVolatile(this.bytes, at, 1);
			if (Bits.compareAndSet(this.bytes, at, 1, found, found + 1)) {
				done++;
			}
		}
	}

	private void fill(byte value) {
		for (int i = 0; i < 16; i++) {
			this.bytes.put(i, value);
		}
	}

	private void assertOthersAre(byte value, int size, int at) {
		for (int i = 0; i < 16; i++) {
			if (i < at || i >= at + size) {
				assertThat(this.bytes.get(i)).isEqualTo(value);
			}
		}
	}

	private static long mask(int size) {
		return -1L >>> (64 - 8 * size);
	}

}
