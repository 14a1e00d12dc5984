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

import org.jspecify.annotations.Nullable;

/**
 * The frames of {@code multiprocessing.connection}: the length in 4 bytes, big-endian, or
 * -1 and the length in 8 bytes, then the message. Room is made as bytes arrive, never for
 * what a length promises.
 */
final class FrameDecoder {

	private static final int LONG_LENGTH = -1;

	private final ByteBuffer header = ByteBuffer.allocate(Integer.BYTES + Long.BYTES);

	private final ByteArrayOutputStream message = new ByteArrayOutputStream();

	private int limit;

	private long remaining;

	/**
	 * Create a decoder.
	 * @param limit the length of the longest message in bytes
	 */
	FrameDecoder(int limit) {
		this.limit = limit;
		reset();
	}

	/**
	 * Change the limit for the messages to come.
	 */
	void limit(int limit) {
		this.limit = limit;
	}

	/**
	 * Take bytes up to the end of a message.
	 * @param input what has arrived; what belongs to the next message stays in it
	 * @return the message, or {@code null} if there is more to come
	 * @throws ProtocolException if the length is negative or beyond the limit
	 */
	byte @Nullable [] decode(ByteBuffer input) throws ProtocolException {
		while (this.remaining < 0 && input.hasRemaining()) {
			this.header.put(input.get());
			if (!this.header.hasRemaining()) {
				readLength();
			}
		}
		if (this.remaining < 0) {
			return null;
		}
		int count = (int) Math.min(this.remaining, input.remaining());
		byte[] bytes = new byte[count];
		input.get(bytes);
		this.message.writeBytes(bytes);
		this.remaining -= count;
		return (this.remaining == 0) ? finish() : null;
	}

	/**
	 * Whether a message has begun and not ended.
	 */
	boolean isInside() {
		return this.remaining >= 0 || this.header.position() > 0;
	}

	private void readLength() throws ProtocolException {
		boolean isLong = this.header.position() > Integer.BYTES;
		long length = isLong ? this.header.getLong(Integer.BYTES) : this.header.getInt(0);
		if (length == LONG_LENGTH && !isLong) {
			this.header.limit(this.header.capacity());
		}
		else if (length < 0 || length > this.limit) {
			throw new ProtocolException("Expected a message of at most %d bytes, found the length %s"
				.formatted(this.limit, isLong ? Long.toUnsignedString(length) : String.valueOf(length)));
		}
		else {
			this.remaining = length;
		}
	}

	private byte[] finish() {
		byte[] bytes = this.message.toByteArray();
		reset();
		return bytes;
	}

	private void reset() {
		this.header.clear().limit(Integer.BYTES);
		this.message.reset();
		this.remaining = -1;
	}

	/**
	 * Put a message into a frame.
	 */
	static ByteBuffer encode(byte[] message) {
		return ByteBuffer.allocate(Integer.BYTES + message.length).putInt(message.length).put(message).flip();
	}

}
