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

package io.github.shmbeans.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Changes inputs at random, the same way for the same seed.
 */
final class Mutator {

	private static final long[] INTERESTING = { 0, 1, 2, 7, 8, 127, 128, 255, 256, 4095, 4096, 4097, 12288,
			Short.MAX_VALUE, 65_536, Integer.MAX_VALUE, 1L << 31, 0xffff_ffffL, 1L << 32, 1L << 62, Long.MAX_VALUE,
			Long.MIN_VALUE, -1, -8, -4096 };

	private static final int MOST_CHANGES = 6;

	/** The words of the control block up to the end of the lock. */
	private static final int FIELDS = 36;

	private final List<byte[]> seeds;

	private final Random random;

	Mutator(List<byte[]> seeds, long seed) {
		this.seeds = seeds;
		this.random = new Random(seed);
	}

	byte[] next() {
		byte[] bytes = seed().clone();
		int changes = 1 + this.random.nextInt(MOST_CHANGES);
		for (int i = 0; i < changes && bytes.length > 0; i++) {
			bytes = change(bytes);
		}
		return bytes;
	}

	private byte[] seed() {
		return this.seeds.get(this.random.nextInt(this.seeds.size()));
	}

	private byte[] change(byte[] bytes) {
		int at = this.random.nextInt(bytes.length);
		switch (this.random.nextInt(8)) {
			case 0:
				bytes[at] ^= (byte) (1 << this.random.nextInt(Byte.SIZE));
				break;
			case 1:
				bytes[at] = (byte) this.random.nextInt();
				break;
			case 2, 3:
				putNumber(bytes, at);
				break;
			case 4:
				putField(bytes);
				break;
			case 5:
				bytes[this.random.nextInt(Math.min(3, bytes.length))] = (byte) this.random.nextInt();
				break;
			case 6:
				splice(bytes, at);
				break;
			default:
				return resize(bytes, at);
		}
		return bytes;
	}

	/**
	 * Put a number of 1, 2, 4 or 8 bytes there, as far as there is room.
	 */
	private void putNumber(byte[] bytes, int at) {
		byte[] encoded = new byte[Long.BYTES];
		littleEndian(encoded).putLong(interesting());
		int width = Math.min(1 << this.random.nextInt(4), bytes.length - at);
		if (width > 0) {
			System.arraycopy(encoded, 0, bytes, at, width);
		}
	}

	/**
	 * Put a number of 8 bytes into a field of the control block, which follows the first
	 * bytes of an input.
	 */
	private void putField(byte[] bytes) {
		int at = FuzzInput.PREFIX + Long.BYTES * this.random.nextInt(FIELDS);
		if (at + Long.BYTES <= bytes.length) {
			littleEndian(bytes).putLong(at, interesting());
		}
	}

	private void splice(byte[] bytes, int at) {
		byte[] other = seed();
		if (at < other.length) {
			int length = Math.min(1 + this.random.nextInt(64), Math.min(bytes.length, other.length) - at);
			System.arraycopy(other, at, bytes, at, length);
		}
	}

	private long interesting() {
		return INTERESTING[this.random.nextInt(INTERESTING.length)];
	}

	private static ByteBuffer littleEndian(byte[] bytes) {
		return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
	}

	private byte[] resize(byte[] bytes, int at) {
		return this.random.nextBoolean() ? Arrays.copyOf(bytes, at) : Arrays.copyOf(bytes, bytes.length + 1 + at % 64);
	}

}
