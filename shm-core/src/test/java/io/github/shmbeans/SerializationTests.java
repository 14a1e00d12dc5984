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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.shmbeans.error.LockTimeoutException;
import io.github.shmbeans.error.SegmentNotFoundException;
import io.github.shmbeans.testing.SegmentNames;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SerializationTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	private static byte[] serialize(Object object) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
			output.writeObject(object);
		}
		return bytes.toByteArray();
	}

	private static Object deserialize(byte[] bytes) throws IOException, ClassNotFoundException {
		try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
			return input.readObject();
		}
	}

	@Test
	void blockTravelsByName() throws Exception {
		SharedMemory memory = this.manager.block("block").size(8).open();
		memory.buffer().putLong(0, 0x6564634962615468L);
		byte[] bytes = serialize(memory);
		assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains(memory.name()).doesNotContain("hTabIcde");
		try (SharedMemory same = (SharedMemory) deserialize(bytes)) {
			same.buffer().put(0, (byte) 1);
			assertThat(memory.buffer().get(0)).isOne();
			assertThat(same.name()).isEqualTo(memory.name());
			assertThat(same).isNotSameAs(memory);
		}
		assertThat(memory.isClosed()).isFalse();
	}

	@Test
	void listTravelsByName() throws Exception {
		ShareableList list = this.manager.list("list").initial("first", 2).open();
		byte[] bytes = serialize(list);
		assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains(list.name()).doesNotContain("first");
		try (ShareableList same = (ShareableList) deserialize(bytes)) {
			assertThat(same).containsExactly("first", 2L);
			same.set(1, 3);
			assertThat(list.get(1)).isEqualTo(3L);
		}
	}

	@Test
	void lockTravelsWithTheName() throws Exception {
		ShareableList list = this.manager.list("list").initial(1).lockTimeout(Duration.ofMillis(20)).open();
		try (ShareableList same = (ShareableList) deserialize(serialize(list))) {
			ExecutorService holder = Executors.newSingleThreadExecutor();
			try {
				holder.submit(list.lock()::lock).get();
				assertThatExceptionOfType(LockTimeoutException.class).isThrownBy(() -> same.get(0));
				holder.submit(list.lock()::unlock).get();
				assertThat(same.get(0)).isEqualTo(1L);
			}
			finally {
				holder.shutdownNow();
			}
		}
	}

	@Test
	void whatWasOpenedWithoutALockComesBackWithoutOne() throws Exception {
		ShareableList list = this.manager.list("list").initial(1).locked(false).open();
		try (ShareableList same = (ShareableList) deserialize(serialize(list))) {
			assertThatIllegalStateException().isThrownBy(same::lock);
		}
	}

	@Test
	void accessTravelsWithTheName() throws Exception {
		this.manager.list("list").initial(1).open();
		ShareableList list = this.manager.list("reader")
			.segmentName(this.names.name("list"))
			.mode(OpenMode.ATTACH)
			.access(AccessMode.READ_ONLY)
			.open();
		try (ShareableList same = (ShareableList) deserialize(serialize(list))) {
			assertThat(same.get(0)).isEqualTo(1L);
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> same.set(0, 2));
		}
	}

	@Test
	void permissionsTravelWithTheName() throws Exception {
		SharedMemory memory = this.manager.block("block").size(8).permissions(0660).open();
		try (SharedMemory same = (SharedMemory) deserialize(serialize(memory))) {
			assertThat(same.size()).isEqualTo(8);
		}
	}

	@Test
	void ownerDeathPolicyTravelsWithTheName() throws Exception {
		ShareableList list = this.manager.list("list").initial(1).onOwnerDeath(OwnerDeathPolicy.IGNORE).open();
		try (ShareableList same = (ShareableList) deserialize(serialize(list))) {
			list.lock().lock();
			assertThat(list.lock().forceUnlock()).isTrue();
			assertThat(same.get(0)).isEqualTo(1L);
		}
	}

	@Test
	void listWithTheLockOfAnotherSegmentDoesNotTravel() {
		ShareableList list = this.manager.list("list").initial(1).lock(this.manager.lock("ledger").open()).open();
		assertThatExceptionOfType(NotSerializableException.class).isThrownBy(() -> serialize(list))
			.withMessageContaining("Send both names and open them there");
	}

	@Test
	void whatNobodyCanReachAnyMoreIsClosed() throws Exception {
		SharedMemory memory = this.manager.block("block").size(8).open();
		byte[] bytes = serialize(memory);
		ByteBuffer buffer = ((SharedMemory) deserialize(bytes)).buffer();
		for (int i = 0; i < 10; i++) {
			deserialize(bytes);
		}
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(memory.status().attachments()).hasSize(2);
		});
		buffer.put(0, (byte) 7);
		assertThat(memory.buffer().get(0)).isEqualTo((byte) 7);
		buffer = null;
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(memory.status().attachments()).hasSize(1);
		});
	}

	@Test
	void lastOneThatNobodyCanReachAnyMoreRemovesTheName() throws Exception {
		SharedMemory memory = this.manager.block("block").size(8).open();
		deserialize(serialize(memory));
		memory.close();
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(this.names.existing()).isEmpty();
		});
	}

	@Test
	void nameOfASegmentThatIsGoneIsNotFound() throws Exception {
		SharedMemory memory = this.manager.block("block").size(8).open();
		ShareableList list = this.manager.list("list").initial(1).open();
		byte[] blockBytes = serialize(memory);
		byte[] listBytes = serialize(list);
		memory.close();
		list.close();
		assertThatExceptionOfType(SegmentNotFoundException.class).isThrownBy(() -> deserialize(blockBytes));
		assertThatExceptionOfType(SegmentNotFoundException.class).isThrownBy(() -> deserialize(listBytes));
	}

	@Test
	void valuesAndArraysDoNotTravel() {
		assertThatExceptionOfType(NotSerializableException.class)
			.isThrownBy(() -> serialize(this.manager.value("value", ElementType.INT64).open()));
		assertThatExceptionOfType(NotSerializableException.class)
			.isThrownBy(() -> serialize(this.manager.array("array", ElementType.INT64).length(1).open()));
	}

}
