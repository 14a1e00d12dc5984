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

package io.github.shmbeans.internal.type;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bits of naturally aligned elements of 1, 2, 4 or 8 bytes in a little-endian buffer,
 * extended by zeros to 64 bits.
 */
public final class Bits {

	private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

	private static final VarHandle SHORT = MethodHandles.byteBufferViewVarHandle(short[].class,
			ByteOrder.LITTLE_ENDIAN);

	private Bits() {
	}

	/**
	 * Read, plain.
	 * @param bytes the buffer
	 * @param at the position of the element
	 * @param size its size in bytes: 1, 2, 4 or 8
	 * @return the bits
	 */
	public static long get(ByteBuffer bytes, int at, int size) {
		return switch (size) {
			case 1 -> bytes.get(at) & 0xffL;
			case 2 -> bytes.getShort(at) & 0xffffL;
			case 4 -> bytes.getInt(at) & 0xffffffffL;
			default -> bytes.getLong(at);
		};
	}

	/**
	 * Write, plain.
	 * @param bytes the buffer
	 * @param at the position of the element
	 * @param size its size in bytes: 1, 2, 4 or 8
	 * @param bits the bits; those above the size are ignored
	 */
	public static void set(ByteBuffer bytes, int at, int size, long bits) {
		switch (size) {
			case 1 -> bytes.put(at, (byte) bits);
			case 2 -> bytes.putShort(at, (short) bits);
			case 4 -> bytes.putInt(at, (int) bits);
			default -> bytes.putLong(at, bits);
		}
	}

	/**
	 * Read with the memory effects of {@code volatile}.
	 * @param bytes the buffer
	 * @param at the position of the element
	 * @param size its size in bytes: 1, 2, 4 or 8
	 * @return the bits
	 */
	public static long getVolatile(ByteBuffer bytes, int at, int size) {
		return switch (size) {
			case 1 -> ((int) INT.getVolatile(bytes, at & ~3) >>> ((at & 3) << 3)) & 0xffL;
			case 2 -> (short) SHORT.getVolatile(bytes, at) & 0xffffL;
			case 4 -> (int) INT.getVolatile(bytes, at) & 0xffffffffL;
			default -> (long) LONG.getVolatile(bytes, at);
		};
	}

	/**
	 * Write with the memory effects of {@code volatile}.
	 * @param bytes the buffer
	 * @param at the position of the element
	 * @param size its size in bytes: 1, 2, 4 or 8
	 * @param bits the bits; those above the size are ignored
	 */
	public static void setVolatile(ByteBuffer bytes, int at, int size, long bits) {
		VarHandle.fullFence();
		set(bytes, at, size, bits);
		VarHandle.fullFence();
	}

	/**
	 * Compare and set with the memory effects of {@code volatile}. An element of 1 or 2
	 * bytes is exchanged within its aligned 32-bit word.
	 * @param bytes the buffer
	 * @param at the position of the element
	 * @param size its size in bytes: 1, 2, 4 or 8
	 * @param expected the expected bits
	 * @param bits the new bits
	 * @return {@code true} if the element had the expected bits
	 */
	public static boolean compareAndSet(ByteBuffer bytes, int at, int size, long expected, long bits) {
		return switch (size) {
			case 1, 2 -> compareAndSetWithin(bytes, at, (size == 1) ? 0xff : 0xffff, (int) expected, (int) bits);
			case 4 -> INT.compareAndSet(bytes, at, (int) expected, (int) bits);
			default -> LONG.compareAndSet(bytes, at, expected, bits);
		};
	}

	private static boolean compareAndSetWithin(ByteBuffer bytes, int at, int mask, int expected, int bits) {
		int word = at & ~3;
		int shift = (at & 3) << 3;
		while (true) {
			int found = (int) INT.getVolatile(bytes, word);
			if (((found >>> shift) & mask) != (expected & mask)) {
				return false;
			}
			int next = (found & ~(mask << shift)) | ((bits & mask) << shift);
			if (INT.compareAndSet(bytes, word, found, next)) {
				return true;
			}
		}
	}

	/**
	 * Add to a 64-bit element with the memory effects of {@code volatile}, wrapping.
	 * @param bytes the buffer
	 * @param at the position of the element
	 * @param delta the number to add
	 * @return the element before
	 */
	public static long getAndAdd(ByteBuffer bytes, int at, long delta) {
		return (long) LONG.getAndAdd(bytes, at, delta);
	}

}
