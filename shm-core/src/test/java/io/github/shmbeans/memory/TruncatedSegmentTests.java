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
import java.nio.file.Files;
import java.util.List;

import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stranger truncates the file of a segment that is in use. Its pages are gone: an
 * access faults. The JVM turns the fault of a load or a store into an
 * {@link InternalError}; a compare-and-set that is not compiled yet ends the process,
 * which is why nothing is said here of locked accesses.
 */
class TruncatedSegmentTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	private Peer peer;

	@BeforeEach
	void openAndTruncate() throws IOException, InterruptedException {
		this.peer = this.peers.java(TruncatedPeer.class, this.names.name("truncated"), this.names.name("sound"));
		this.peer.expect("open");
		String file = this.names.path("truncated").toString();
		assertThat(new ProcessBuilder("truncate", "-s", "0", file).inheritIO().start().waitFor()).isZero();
	}

	@AfterEach
	void endAndRemove() throws IOException {
		this.peer.kill();
		for (String suffix : List.of("truncated", "sound")) {
			Files.deleteIfExists(this.names.path(suffix));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "read", "write", "read many", "write many", "read buffer" })
	void unlockedAccessRaisesAnErrorAndTheProcessGoesOn(String access) {
		assertThat(this.peer.ask(access)).isEqualTo("InternalError");
		assertThat(this.peer.ask("live")).isEqualTo("alive");
	}

	@Test
	void closingTheTruncatedSegmentIsHarmlessAndClosesTheOthersToo() {
		assertThat(this.peer.ask("close")).isEqualTo("closed");
		assertThat(this.peer.ask("live")).isEqualTo("alive");
		assertThat(this.names.existing()).doesNotContain(this.names.name("sound"), this.names.name("truncated"));
	}

	@Test
	void lookingAtTheStatusIsHarmless() {
		assertThat(this.peer.ask("status")).startsWith("linked ");
		assertThat(this.peer.ask("live")).isEqualTo("alive");
	}

}
