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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import io.github.shmbeans.error.OwnerDiedException;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import io.github.shmbeans.testing.ValuePeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LoggingTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	private final Logger logger = Logger.getLogger("io.github.shmbeans");

	private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

	private final Handler handler = new Handler() {

		@Override
		public void publish(LogRecord record) {
			if (record.getMessage().contains(LoggingTests.this.names.prefix())) {
				LoggingTests.this.lines
					.add(record.getLevel() + " " + record.getMessage().replace(LoggingTests.this.names.prefix(), ""));
			}
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
		}

	};

	@BeforeEach
	void listen() {
		this.logger.setLevel(Level.FINE);
		this.logger.addHandler(this.handler);
	}

	@AfterEach
	void leave() {
		this.logger.removeHandler(this.handler);
		this.logger.setLevel(null);
	}

	@Test
	void lifeOfASegmentIsToldInOneLineForEachStep() {
		try (SharedMemoryManager one = SharedMemoryManager.builder().namespace(this.names.prefix()).build();
				SharedMemoryManager other = SharedMemoryManager.builder().namespace(this.names.prefix()).build()) {
			one.array("a", ElementType.INT64).length(8).open();
			other.array("a", ElementType.INT64).length(8).open().fill(1L);
		}
		assertThat(this.lines).containsExactly("FINE Created segment 'a': array of 8 int64",
				"FINE Attached to segment 'a': array of 8 int64", "FINE Removed segment 'a'");
	}

	@Test
	void takeoverFromADeadHolderIsTold() {
		Peer holder = this.peers.java(ValuePeer.class, this.names.name("v"));
		holder.expect("open");
		try (SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build()) {
			SharedValue<Long> value = manager.value("v", ElementType.INT64).open();
			assertThat(holder.ask("lock")).isEqualTo("locked");
			holder.kill();
			assertThatExceptionOfType(OwnerDiedException.class).isThrownBy(value::get);
		}
		assertThat(this.lines).anySatisfy((line) -> assertThat(line)
			.startsWith(
					"INFO Took over the lock of segment 'v' from dead Attachment[slot=0, pid=" + holder.process().pid())
			.endsWith("its data may be half-written"));
	}

	@Test
	void initialDataThatIsNotUsedIsTold() {
		try (SharedMemoryManager one = SharedMemoryManager.builder().namespace(this.names.prefix()).build();
				SharedMemoryManager other = SharedMemoryManager.builder().namespace(this.names.prefix()).build()) {
			one.value("v", ElementType.INT64).initial(1L).open();
			other.value("v", ElementType.INT64).initial(2L).open();
		}
		assertThat(this.lines).contains("FINE Segment 'v' was there: it keeps its data, the initial data is not used");
	}

}
