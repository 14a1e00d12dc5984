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

package io.github.shmbeans.memory;

import java.util.concurrent.CompletableFuture;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.ProcessResources;
import io.github.shmbeans.testing.SegmentNames;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two that open and close the same segment against each other, so that each cycle
 * attaches, or creates, and may be the last one out.
 */
@Tag("slow")
class AttachmentCycleTests {

	private static final int CYCLES = 10_000;

	private static final int LENGTH = 32 * 1024;

	/**
	 * A tenth of what leaked mappings, or leaked attachments at 400 bytes, would take.
	 */
	private static final long ADDRESS_TOLERANCE = (long) CYCLES * LENGTH * Long.BYTES / 10;

	private static final long HEAP_TOLERANCE = CYCLES * 400L;

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	private int openFiles;

	private long mappedSegments;

	private int mappings;

	private long addressSpace;

	private long heap;

	@BeforeEach
	void measureAfterWarmUp() {
		cycle(this.names.name("warm-up"), 300);
		this.openFiles = ProcessResources.openFiles();
		this.mappedSegments = ProcessResources.mappedSegments();
		this.heap = ProcessResources.reachableHeap();
		this.mappings = ProcessResources.mappings();
		this.addressSpace = ProcessResources.addressSpace();
	}

	@Test
	void cyclesOfTwoThreadsLeaveNothingOpen() {
		String name = this.names.name("a");
		CompletableFuture<Integer> other = CompletableFuture.supplyAsync(() -> cycle(name, CYCLES));
		assertThat(cycle(name, CYCLES)).isEqualTo(CYCLES);
		assertThat(other.join()).isEqualTo(CYCLES);
		assertNothingLeft();
	}

	@Test
	void cyclesOfTwoProcessesLeaveNothingOpen() {
		String name = this.names.name("a");
		Peer other = this.peers.java(CyclingPeer.class, name, String.valueOf(CYCLES));
		other.expect("ready");
		assertThat(cycle(name, CYCLES)).isEqualTo(CYCLES);
		other.expect(CYCLES + " sound, nothing left");
		assertThat(other.waitFor()).isZero();
		assertNothingLeft();
	}

	private void assertNothingLeft() {
		assertThat(this.names.existing()).isEmpty();
		assertThat(ProcessResources.openFiles()).as("open files").isEqualTo(this.openFiles);
		assertThat(ProcessResources.mappedSegments()).as("mapped segments").isEqualTo(this.mappedSegments);
		Awaitility.await().untilAsserted(() -> {
			assertThat(ProcessResources.reachableHeap()).as("heap").isLessThan(this.heap + HEAP_TOLERANCE);
			assertThat(ProcessResources.addressSpace()).as("addresses")
				.isLessThan(this.addressSpace + ADDRESS_TOLERANCE);
			assertThat(ProcessResources.mappings()).as("mappings").isLessThan(this.mappings + CYCLES / 10);
		});
	}

	/**
	 * Open, use and close an array again and again.
	 * @return how often it was found as a live segment must be
	 */
	static int cycle(String name, int cycles) {
		int sound = 0;
		for (int i = 0; i < cycles; i++) {
			try (SharedMemoryManager manager = SharedMemoryManager.builder().closeOnExit(false).build()) {
				SharedArray<Long> array = manager.array(name, ElementType.INT64).length(LENGTH).open();
				array.getAndAddLong(LENGTH - 1, 1);
				if (array.status().linked() && array.getLong(0) == 0) {
					sound++;
				}
			}
		}
		return sound;
	}

}
