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
import java.nio.charset.StandardCharsets;

import io.github.shmbeans.error.SegmentNotFoundException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
