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

package io.github.shmbeans.manager;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FrameDecoder}.
 */
@Tag("any-jdk")
class FrameDecoderTests {

	private static final int LIMIT = 100;

	private final FrameDecoder decoder = new FrameDecoder(LIMIT);

	@Test
	void messageOfAnEncodedFrameIsRead() throws ProtocolException {
		assertThat(this.decoder.decode(FrameDecoder.encode(new byte[] { 1, 2, 3 }))).containsExactly(1, 2, 3);
		assertThat(this.decoder.isInside()).isFalse();
	}

	@Test
	void emptyMessageIsAMessage() throws ProtocolException {
		assertThat(this.decoder.decode(ByteBuffer.allocate(4))).isEmpty();
	}

	@Test
	void longFormOfTheLengthIsRead() throws ProtocolException {
		ByteBuffer frame = ByteBuffer.allocate(14).putInt(-1).putLong(2).put(new byte[] { 7, 8 }).flip();
		assertThat(this.decoder.decode(frame)).containsExactly(7, 8);
	}

	@Test
	void messageIsInsideUntilItsEnd() throws ProtocolException {
		ByteBuffer frame = FrameDecoder.encode(new byte[] { 1, 2, 3 });
		while (frame.remaining() > 1) {
			assertThat(this.decoder.decode(ByteBuffer.wrap(new byte[] { frame.get() }))).isNull();
			assertThat(this.decoder.isInside()).isTrue();
		}
		assertThat(this.decoder.decode(frame)).containsExactly(1, 2, 3);
	}

	@Test
	void whatBelongsToTheNextMessageStays() throws ProtocolException {
		ByteBuffer input = ByteBuffer.allocate(20)
			.put(FrameDecoder.encode(new byte[] { 1 }))
			.put(FrameDecoder.encode(new byte[] { 2 }))
			.flip();
		assertThat(this.decoder.decode(input)).containsExactly(1);
		assertThat(input.remaining()).isEqualTo(5);
		assertThat(this.decoder.decode(input)).containsExactly(2);
	}

	@Test
	void longestMessageIsReadAndOneMoreByteRefused() throws ProtocolException {
		assertThat(this.decoder.decode(FrameDecoder.encode(new byte[LIMIT]))).hasSize(LIMIT);
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> this.decoder.decode(FrameDecoder.encode(new byte[LIMIT + 1])))
			.withMessage("Expected a message of at most 100 bytes, found the length 101");
	}

	@Test
	void limitCanBeRaised() throws ProtocolException {
		this.decoder.limit(LIMIT + 1);
		assertThat(this.decoder.decode(FrameDecoder.encode(new byte[LIMIT + 1]))).hasSize(LIMIT + 1);
	}

	@ParameterizedTest
	@ValueSource(ints = { -2, Integer.MIN_VALUE, Integer.MAX_VALUE })
	void lengthOutOfRangeIsRefusedBeforeTheMessageArrives(int length) {
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> this.decoder.decode(ByteBuffer.allocate(4).putInt(length).flip()));
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, Long.MIN_VALUE, Long.MAX_VALUE, LIMIT + 1 })
	void longFormOutOfRangeIsRefused(long length) {
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> this.decoder.decode(ByteBuffer.allocate(12).putInt(-1).putLong(length).flip()));
	}

	@Test
	void messagesAreTheSameHoweverTheirBytesArrive() throws ProtocolException {
		Random random = new Random(7);
		List<byte[]> messages = new ArrayList<>();
		ByteArrayOutputStream sent = new ByteArrayOutputStream();
		for (int i = 0; i < 1000; i++) {
			byte[] message = new byte[random.nextInt(LIMIT + 1)];
			random.nextBytes(message);
			messages.add(message);
			sent.writeBytes(FrameDecoder.encode(message).array());
		}
		List<byte[]> received = new ArrayList<>();
		ByteBuffer all = ByteBuffer.wrap(sent.toByteArray());
		while (all.hasRemaining()) {
			ByteBuffer part = all.slice(all.position(), Math.min(1 + random.nextInt(50), all.remaining()));
			all.position(all.position() + part.remaining());
			byte[] message = this.decoder.decode(part);
			while (message != null) {
				received.add(message);
				message = this.decoder.decode(part);
			}
		}
		assertThat(received).usingRecursiveComparison().isEqualTo(messages);
	}

}
