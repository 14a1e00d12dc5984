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

import java.util.ArrayList;
import java.util.List;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.error.AttachmentLimitException;
import io.github.shmbeans.testing.ProcessResources;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AttachmentLimitTests {

	private static final int SLOTS = 128;

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.create();

	private final List<SharedValue<Long>> attached = new ArrayList<>();

	@BeforeEach
	void attachToEverySlot() {
		for (int i = 0; i < SLOTS; i++) {
			this.attached.add(attach("attachment-" + i));
		}
	}

	@AfterEach
	void close() {
		this.manager.close();
	}

	@Test
	void everySlotCanBeAttachedToFromOneProcess() {
		this.attached.forEach((value) -> value.update((before) -> before + 1));
		assertThat(this.attached).allMatch((value) -> value.get() == SLOTS);
		assertThat(this.attached.get(0).status().attachments()).hasSize(SLOTS);
	}

	@Test
	void oneAttachmentMoreIsRefusedWithTheLimit() {
		int files = openFiles();
		assertThatExceptionOfType(AttachmentLimitException.class).isThrownBy(() -> attach("one-more"))
			.withMessageContaining(this.names.name("v"))
			.withMessageContaining("128");
		assertThat(openFiles()).isEqualTo(files);
		assertThat(this.manager.segments()).hasSize(SLOTS).doesNotContainKey("one-more");
		assertThat(this.attached.get(0).status().attachments()).hasSize(SLOTS);
	}

	@Test
	void closingAnyAttachmentMakesRoomForOne() {
		this.attached.get(77).close();
		SharedValue<Long> next = attach("one-more");
		next.set(3L);
		assertThat(this.attached.get(0).get()).isEqualTo(3);
		assertThat(next.status().attachments()).hasSize(SLOTS);
		assertThatExceptionOfType(AttachmentLimitException.class).isThrownBy(() -> attach("too-many"));
	}

	@Test
	void lastOfAllAttachmentsRemovesTheSegment() {
		this.attached.subList(1, SLOTS).forEach(SharedValue::close);
		assertThat(this.names.existing()).hasSize(1);
		this.attached.get(0).close();
		assertThat(this.names.existing()).isEmpty();
	}

	private int openFiles() {
		return ProcessResources.openFiles();
	}

	private SharedValue<Long> attach(String key) {
		return this.manager.value(key, ElementType.INT64).segmentName(this.names.name("v")).open();
	}

}
