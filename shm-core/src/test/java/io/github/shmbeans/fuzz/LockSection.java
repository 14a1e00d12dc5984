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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The lock of a segment as a program sees it that writes to the file what it likes. See
 * {@code docs/layout.md}.
 */
final class LockSection {

	static final int OWNER = 256;

	static final int SUCCESSOR = 264;

	static final int SLEEPERS = 272;

	static final int INCONSISTENT = 276;

	static final int LENGTH = 64;

	private static final int SLOTS = 4096;

	private static final int SLOT_LENGTH = 64;

	private static final int SLOT_WAITING = 4;

	private final Path file;

	LockSection(Path file) {
		this.file = file;
	}

	void putInt(int field, int value) {
		put(field, little(Integer.BYTES).putInt(0, value).array());
	}

	void putLong(int field, long value) {
		put(field, little(Long.BYTES).putLong(0, value).array());
	}

	long getLong(int field) {
		try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.READ)) {
			ByteBuffer bytes = little(Long.BYTES);
			channel.read(bytes, channel.size() - FuzzInput.CONTROL + field);
			return bytes.getLong(0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void putEpoch(int slot, int epoch) {
		putInt(SLOTS + slot * SLOT_LENGTH, epoch);
	}

	void putWaiting(int slot, int waiting) {
		putInt(SLOTS + slot * SLOT_LENGTH + SLOT_WAITING, waiting);
	}

	void put(int field, byte[] bytes) {
		try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.WRITE)) {
			channel.write(ByteBuffer.wrap(bytes), channel.size() - FuzzInput.CONTROL + field);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static ByteBuffer little(int size) {
		return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
	}

}
