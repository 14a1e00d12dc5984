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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random and mutated bytes: each input is a message or refused as one. Nothing else
 * escapes, nothing runs on, and nothing but plain data comes out.
 */
@Tag("any-jdk")
class FuzzTests {

	private static final int FEW = 50_000;

	private static final int MANY = 1_000_000;

	private static final int LIMIT = 1 << 12;

	/** Of a request, which CPython has pickled with protocols 4 and 5, and of others. */
	private static final List<byte[]> SEEDS = List.of(unhex(
			"8004952800000000000000284e8c0d747261636b5f7365676d656e74948c0c70736d5f61626364656667689485947d9474942e"),
			unhex("8005952600000000000000284e8c0f72656c656173655f7365676d656e74948c0870736d5f616263649485947d9474942e"),
			unhex("8002284e580500000064756d6d797100297d71017471022e"),
			unhex("80049534000000000000008c072352455455524e945d94288c016194473ff80000000000004d2c01430162944affffffff8a060000000000014e886586942e"),
			"cos\nsystem\n(S'true'\ntR.".getBytes(StandardCharsets.US_ASCII),
			"(ibuiltins\nlist\n.".getBytes(StandardCharsets.US_ASCII), Request.of("track_segment", "a").encode(),
			Answer.of(List.of("a", "b")).encode(),
			"#CHALLENGE#{sha256}0123456789012345678901234567890123456789".getBytes(StandardCharsets.US_ASCII),
			"#WELCOME#".getBytes(StandardCharsets.US_ASCII));

	private final Authentication authentication = new Authentication(new byte[] { 1 });

	private final byte[] challenge = this.authentication.challenge();

	@Test
	void inputsAreReadOrRefused() {
		run(new Random(16), FEW);
	}

	@Test
	@Tag("slow")
	void manyInputsAreReadOrRefused() {
		run(new Random(), MANY);
	}

	private void run(Random random, int count) {
		int read = 0;
		for (int i = 0; i < count; i++) {
			byte[] message = message(random);
			try {
				read += read(random, message) ? 1 : 0;
			}
			catch (RuntimeException | Error ex) {
				throw new AssertionError("Input: " + HexFormat.of().formatHex(message), ex);
			}
		}
		assertThat(read).as("messages that were read").isPositive().isLessThan(count);
	}

	/**
	 * Read the frame of a message, and then the message as whatever may be read.
	 */
	private boolean read(Random random, byte[] message) {
		boolean read = false;
		try {
			FrameDecoder decoder = new FrameDecoder(LIMIT);
			ByteBuffer frame = (random.nextInt(4) > 0) ? FrameDecoder.encode(message) : ByteBuffer.wrap(message);
			while (frame.hasRemaining()) {
				ByteBuffer part = frame.slice(frame.position(), Math.min(1 + random.nextInt(64), frame.remaining()));
				frame.position(frame.position() + part.remaining());
				byte[] decoded = decoder.decode(part);
				if (decoded != null) {
					assertThat(decoded.length).isLessThanOrEqualTo(LIMIT);
				}
			}
			assertThat(this.authentication.verify(this.challenge, message)).isFalse();
			assertPlain(Pickles.load(message));
			read = true;
			Request.decode(message);
		}
		catch (ProtocolException ex) {
			assertThat(ex).hasMessageStartingWith("Expected ");
		}
		try {
			Answer.decode(message).reason();
		}
		catch (ProtocolException ex) {
			assertThat(ex).hasMessageStartingWith("Expected ");
		}
		try {
			this.authentication.answer(message);
		}
		catch (ProtocolException ex) {
			assertThat(ex).hasMessageStartingWith("Expected ");
		}
		return read;
	}

	private static void assertPlain(Object object) {
		if (object != null && object.getClass() != Object.class) {
			assertThat(object).isInstanceOfAny(Boolean.class, Number.class, String.class, byte[].class, Object[].class,
					List.class, Map.class);
		}
	}

	private static byte[] message(Random random) {
		if (random.nextInt(4) == 0) {
			byte[] bytes = new byte[random.nextInt(64)];
			random.nextBytes(bytes);
			return bytes;
		}
		byte[] message = SEEDS.get(random.nextInt(SEEDS.size()));
		for (int i = random.nextInt(6); i > 0; i--) {
			message = mutate(random, message);
		}
		return message;
	}

	private static byte[] mutate(Random random, byte[] message) {
		int from = random.nextInt(message.length + 1);
		int to = from + random.nextInt(message.length - from + 1);
		ByteArrayOutputStream result = new ByteArrayOutputStream();
		result.write(message, 0, from);
		switch (random.nextInt(4)) {
			case 0 -> {
				byte[] inserted = new byte[1 + random.nextInt(8)];
				random.nextBytes(inserted);
				result.writeBytes(inserted);
				result.write(message, from, message.length - from);
			}
			case 1 -> result.write(message, to, message.length - to);
			case 2 -> {
				result.write(message, from, to - from);
				result.write(message, from, message.length - from);
			}
			default -> {
				byte[] changed = Arrays.copyOfRange(message, from, message.length);
				if (changed.length > 0) {
					changed[0] ^= (byte) (1 << random.nextInt(8));
				}
				result.writeBytes(changed);
			}
		}
		return result.toByteArray();
	}

	private static byte[] unhex(String text) {
		return HexFormat.of().parseHex(text);
	}

}
