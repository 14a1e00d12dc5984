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

import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes that the system allows less than others.
 */
class ProcessLimitTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	private Peer limited(String limit) {
		List<String> command = new ArrayList<>(List.of("sh", "-c", limit + " && exec \"$@\"", "sh"));
		command.addAll(Peers.javaCommand(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
				"-XX:CompressedClassSpaceSize=64m", "-XX:ReservedCodeCacheSize=32m"), MemoryPeer.class));
		Peer peer = this.peers.start(command);
		peer.expect("ready");
		return peer;
	}

	@Test
	void processWithoutAddressesLeftClosesAllTheSame() {
		Peer peer = limited("ulimit -v 4000000");
		assertThat(peer.ask("exhaust " + this.names.name("block") + " " + (64 << 20))).startsWith("exhausted")
			.contains("ENOMEM");
		assertThat(peer.ask("close-all")).isEqualTo("closed");
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void processWithoutFilesLeftRemovesItsNamesAllTheSame() {
		Peer peer = limited("ulimit -n 256");
		assertThat(peer.ask("value " + this.names.name("one"))).startsWith("opened");
		assertThat(peer.ask("value " + this.names.name("other"))).startsWith("opened");
		assertThat(peer.ask("close " + this.names.name("one"))).isEqualTo("closed");
		assertThat(peer.ask("use-up-files")).isEqualTo("used up");
		assertThat(peer.ask("close-all")).isEqualTo("closed");
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void limitOfFileSizesIsNotTakenForMissingMemory() {
		Peer peer = limited("ulimit -f 8000");
		assertThat(peer.ask("block " + this.names.name("block") + " " + (64 << 20)))
			.startsWith("SegmentAccessException")
			.contains("more than this process may make", "ulimit -f");
		assertThat(this.names.existing()).isEmpty();
	}

}
