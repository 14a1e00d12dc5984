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
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.List;

import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A compiled loop keeps the address of a mapping in a register. The addresses must stay
 * reserved as long as the loop can come back to the array, though the array was closed
 * and the collector ran.
 */
@Tag("slow")
class CollectedMappingTests {

	/** As many that several collections fall into a pass, and that a pass is short. */
	private static final int LENGTH = 3_000_000;

	private static final int ROUNDS = Integer.getInteger("collection.rounds", 10);

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	@BeforeEach
	void makeFileOfOthers() throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(this.names.path("foreign").toFile(), "rw")) {
			file.setLength((long) LENGTH * Double.BYTES);
		}
	}

	@AfterEach
	void removeFile() throws IOException {
		Files.deleteIfExists(this.names.path("foreign"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "double", "long" })
	void arrayWithoutControlBlockIsClosedAndCollectedUnderALoopThatReadsIt(String type) {
		Peer peer = this.peers.start(Peers.javaCommand(List.of("-Xmx256m"), CollectedMappingPeer.class,
				this.names.name("foreign"), type, String.valueOf(ROUNDS)));
		peer.expect("read " + ROUNDS + " times");
		assertThat(peer.waitFor()).isZero();
	}

}
