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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;

import io.github.shmbeans.testing.SegmentNames;

/**
 * The file of a segment as programs see it that know nothing of this library.
 */
final class SegmentFile {

	private static final int CONTROL_LENGTH = 12288;

	private final Path path;

	private SegmentFile(Path path) {
		this.path = path;
	}

	static SegmentFile of(SegmentNames names, String suffix) {
		return new SegmentFile(names.path(suffix));
	}

	/**
	 * Make a file of these bytes that only this user can use, as CPython does.
	 */
	static SegmentFile write(SegmentNames names, String suffix, byte... bytes) {
		SegmentFile file = of(names, suffix);
		try {
			Files.write(file.path, bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return file;
	}

	/**
	 * Copy the bytes to a new name. Nobody is attached to the copy: it is what processes
	 * leave behind that were killed.
	 */
	SegmentFile copy(SegmentNames names, String suffix) {
		return write(names, suffix, bytes());
	}

	Path path() {
		return this.path;
	}

	boolean exists() {
		return Files.exists(this.path);
	}

	void delete() {
		try {
			Files.deleteIfExists(this.path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	byte[] bytes() {
		try {
			return Files.readAllBytes(this.path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The first bytes in hexadecimal digits.
	 */
	String hex(int length) {
		return HexFormat.of().formatHex(bytes(), 0, length);
	}

	/**
	 * A copy of the control block.
	 */
	ByteBuffer control() {
		byte[] bytes = bytes();
		return ByteBuffer.wrap(bytes, bytes.length - CONTROL_LENGTH, CONTROL_LENGTH)
			.slice()
			.order(ByteOrder.LITTLE_ENDIAN);
	}

	SegmentFile put(int field, byte[] bytes) {
		try (FileChannel channel = FileChannel.open(this.path, StandardOpenOption.WRITE)) {
			channel.write(ByteBuffer.wrap(bytes), channel.size() - CONTROL_LENGTH + field);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return this;
	}

	SegmentFile putShort(int field, int value) {
		return put(field, little(2).putShort(0, (short) value).array());
	}

	SegmentFile putInt(int field, int value) {
		return put(field, little(4).putInt(0, value).array());
	}

	SegmentFile putLong(int field, long value) {
		return put(field, little(8).putLong(0, value).array());
	}

	SegmentFile truncate(long size) {
		try (FileChannel channel = FileChannel.open(this.path, StandardOpenOption.WRITE)) {
			channel.truncate(size);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return this;
	}

	private static ByteBuffer little(int size) {
		return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
	}

}
