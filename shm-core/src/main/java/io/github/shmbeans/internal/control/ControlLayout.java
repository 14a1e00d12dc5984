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

package io.github.shmbeans.internal.control;

/**
 * Where the fields of the control block are, in bytes from its beginning; little-endian.
 * {@code docs/layout.md} is the specification.
 */
public final class ControlLayout {

	/** Length of the control block, the tail of the file. */
	public static final int LENGTH = 12288;

	/** The file size is a multiple of this. */
	public static final int ALIGNMENT = 4096;

	/** Behind it are the bytes that attachments lock. */
	public static final long MAX_DATA_LENGTH = 1L << 61;

	static final long MAGIC_VALUE = 0x534e4145424d4853L;

	static final int MAJOR_VALUE = 1;

	static final int MINOR_VALUE = 0;

	static final int MAGIC = 0;

	static final int MAJOR = 8;

	static final int MINOR = 10;

	static final int CONTROL_LENGTH = 12;

	static final int INCOMPATIBLE_FEATURES = 16;

	static final int COMPATIBLE_FEATURES = 20;

	static final int KIND = 24;

	static final int TYPE_CODE = 28;

	static final int ELEMENT_SIZE = 32;

	static final int COUNT = 40;

	static final int DATA_LENGTH = 48;

	static final int SCHEMA_HASH = 56;

	static final int CREATED_MILLIS = 64;

	static final int CREATOR_PID = 72;

	static final int CREATOR_NAME = 80;

	static final int CREATOR_NAME_LENGTH = 40;

	static final int SLOT_COUNT = 120;

	static final int SCHEMA_LENGTH = 124;

	static final int DIMENSIONS = 128;

	static final int EXTENTS = 136;

	/** Lock: 64-bit owner word. */
	public static final int OWNER = 256;

	/** Lock: 64-bit word of the waiter that is to get the lock next. */
	public static final int SUCCESSOR = 264;

	/** Lock: 32-bit count of threads that may sleep on the owner word. */
	public static final int SLEEPERS = 272;

	/** Lock: 32-bit mark, 1 after a holder died and before the data was repaired. */
	public static final int INCONSISTENT = 276;

	/** Counter of acquisitions by all processes, 64 bits. */
	public static final int ACQUISITIONS = 320;

	/** Counter of acquisitions that had to wait, 64 bits. */
	public static final int CONTENDED = 328;

	/** Sum of the waits in nanoseconds, 64 bits. */
	public static final int WAIT_NANOS = 336;

	/** Counter of waits that ended without the lock, 64 bits. */
	public static final int TIMEOUTS = 344;

	/** Counter of takeovers from dead owners, 64 bits. */
	public static final int RECOVERIES = 352;

	/** Counter of forced unlocks, 64 bits. */
	public static final int FORCED_UNLOCKS = 360;

	static final int REMOVAL = 448;

	/** Nobody asked for the removal of the name. */
	public static final int REMOVAL_NONE = 0;

	/** The last attachment removes the name. */
	public static final int REMOVAL_BY_LAST = 1;

	/**
	 * The last attachment was of a user who may not remove the name: the owner's next
	 * opening does.
	 */
	public static final int REMOVAL_BY_OWNER = 2;

	static final int SCHEMA = 512;

	static final int SCHEMA_CAPACITY = 3584;

	static final int SLOTS = 4096;

	static final int SLOT_LENGTH = 64;

	static final int SLOT_EPOCH = 0;

	static final int SLOT_WAITING = 4;

	static final int SLOT_PID = 8;

	static final int SLOT_START_MILLIS = 16;

	static final int SLOT_NAME = 24;

	static final int SLOT_NAME_LENGTH = 40;

	/** The number of attachment slots. */
	public static final int SLOTS_VALUE = 128;

	private ControlLayout() {
	}

	static int slot(int slot, int field) {
		return SLOTS + slot * SLOT_LENGTH + field;
	}

	/**
	 * The size of a file.
	 * @param dataLength the length of the data in bytes
	 * @return the data, padded to {@link #ALIGNMENT}, and the control block
	 */
	public static long fileSize(long dataLength) {
		return (dataLength > MAX_DATA_LENGTH) ? Long.MAX_VALUE
				: (dataLength + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT + LENGTH;
	}

}
