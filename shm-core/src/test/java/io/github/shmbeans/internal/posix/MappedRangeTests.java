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

package io.github.shmbeans.internal.posix;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MappedRangeTests {

	private static final int SIZE = 4096;

	@BeforeEach
	void collectWhatOtherTestsHaveLeft() {
		Awaitility.await().until(() -> {
			System.gc();
			return MappedRange.DISCARDED.count() < DiscardedRanges.LIMIT / 2;
		});
	}

	@Test
	void closedRangesAreCollectedBeforeTheKernelRunsOutOfMappings() {
		int before = MappedRange.DISCARDED.count();
		int most = 0;
		try (FileDescriptor file = file()) {
			for (int i = 0; i < 2 * DiscardedRanges.LIMIT; i++) {
				MappedRange.map(file, SIZE, true).discard();
				most = Math.max(most, MappedRange.DISCARDED.count());
			}
		}
		assertThat(most).isLessThanOrEqualTo(before + DiscardedRanges.LIMIT + 1);
	}

	@Test
	void rangesThatCannotBeCollectedDoNotCauseACollectionEachTime() {
		long before = collections();
		List<MappedRange> kept = new ArrayList<>();
		try (FileDescriptor file = file()) {
			for (int i = 0; i < 2 * DiscardedRanges.LIMIT; i++) {
				MappedRange range = MappedRange.map(file, SIZE, true);
				range.discard();
				kept.add(range);
			}
		}
		assertThat(collections() - before).isLessThan(100);
		Reference.reachabilityFence(kept);
	}

	private static long collections() {
		return ManagementFactory.getGarbageCollectorMXBeans()
			.stream()
			.mapToLong(GarbageCollectorMXBean::getCollectionCount)
			.sum();
	}

	private static FileDescriptor file() {
		FileDescriptor file = FileDescriptor.unnamed("/dev/shm", 0600);
		file.allocate(SIZE);
		return file;
	}

}
