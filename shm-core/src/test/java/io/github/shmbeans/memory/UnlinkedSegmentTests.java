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

import java.io.IOException;
import java.nio.file.Path;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.ValueBuilder;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import io.github.shmbeans.testing.ValuePeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stranger removes the file of a segment that is in use.
 */
class UnlinkedSegmentTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	private final SharedMemoryManager manager = SharedMemoryManager.create();

	private SharedValue<Long> value;

	@BeforeEach
	void openAndRemove() throws IOException, InterruptedException {
		this.value = value("v").initial(5L).open();
		remove(this.names.path("v"));
	}

	@AfterEach
	void close() {
		this.manager.close();
	}

	static void remove(Path file) throws IOException, InterruptedException {
		assertThat(new ProcessBuilder("rm", file.toString()).inheritIO().start().waitFor()).isZero();
	}

	@Test
	void statusTellsThatTheNameIsGone() {
		assertThat(this.value.status().linked()).isFalse();
		assertThat(this.value.status().closed()).isFalse();
	}

	@Test
	void dataAndLockAreUsableAsBefore() {
		assertThat(this.value.get()).isEqualTo(5);
		this.value.update((value) -> value + 1);
		assertThat(this.value.get()).isEqualTo(6);
		assertThat(this.value.status().attachments()).hasSize(1);
	}

	@Test
	void processesThatWereAttachedStillShareIt() throws IOException, InterruptedException {
		SharedValue<Long> shared = value("w").open();
		Peer peer = this.peers.java(ValuePeer.class, this.names.name("w"));
		peer.expect("open");
		remove(this.names.path("w"));
		peer.ask("increment 1000");
		shared.update((value) -> value + 1);
		assertThat(peer.ask("get")).isEqualTo("1001");
		assertThat(peer.ask("attachments")).isEqualTo("2");
		assertThat(peer.ask("close")).isEqualTo("closed");
		assertThat(shared.status().attachments()).hasSize(1);
	}

	@Test
	void segmentCreatedUnderTheNameIsAnotherOne() {
		Peer peer = this.peers.java(ValuePeer.class, this.names.name("v"), "initial=7");
		peer.expect("open");
		assertThat(peer.ask("attachments")).isEqualTo("1");
		this.value.set(9L);
		assertThat(peer.ask("get")).isEqualTo("7");
		assertThat(this.value.status().linked()).isFalse();
		assertThat(peer.ask("close")).isEqualTo("closed");
	}

	@Test
	void closingAndUnlinkingLeaveTheNewSegmentAlone() {
		SharedValue<Long> next = value("next").segmentName(this.names.name("v")).mode(OpenMode.CREATE).open();
		this.value.unlink();
		assertThat(next.status().linked()).isTrue();
		this.value.close();
		assertThat(next.status().linked()).isTrue();
		assertThat(next.status().attachments()).hasSize(1);
		next.close();
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void closingIsHarmless() {
		this.value.close();
		assertThat(this.value.isClosed()).isTrue();
		assertThat(this.manager.segments()).isEmpty();
	}

	private ValueBuilder<Long> value(String suffix) {
		return this.manager.value(this.names.name(suffix), ElementType.INT64);
	}

}
