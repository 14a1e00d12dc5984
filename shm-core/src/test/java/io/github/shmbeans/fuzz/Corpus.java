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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.internal.list.ListCodec;
import io.github.shmbeans.internal.list.ListItem;

/**
 * What mutations begin with: files that this library makes, and lists as CPython makes
 * them.
 */
public final class Corpus {

	/** Offsets in the control block, see {@code docs/layout.md}. */
	private static final int CREATED_MILLIS = 64;

	private static final int CREATOR_PID = 72;

	private static final int OWNER = 256;

	private static final int SLOT_EPOCH = 4096;

	private static final int SLOT_PID = 4104;

	private Corpus() {
	}

	/**
	 * Write the corpora for Jazzer. Arguments: the directory for segments, that for
	 * lists.
	 */
	public static void main(String[] arguments) throws IOException {
		write(Path.of(arguments[0]), segments());
		write(Path.of(arguments[1]), lists());
	}

	private static void write(Path directory, List<byte[]> inputs) throws IOException {
		Files.createDirectories(directory);
		for (int i = 0; i < inputs.size(); i++) {
			Files.write(directory.resolve("seed-" + i), inputs.get(i));
		}
	}

	/**
	 * An input for each subject as it is created, as it is left by a holder of its lock
	 * that died, and as a program makes it that knows no control block.
	 */
	static List<byte[]> segments() {
		List<byte[]> inputs = new ArrayList<>();
		for (Subject subject : Subject.values()) {
			byte[] file = file(subject);
			inputs.add(FuzzInput.encode(subject, Opening.DEFAULT, file));
			inputs.add(FuzzInput.encode(subject, Opening.attach(), leftByADeadHolder(file)));
			byte[] data = Arrays.copyOf(file, file.length - FuzzInput.CONTROL);
			inputs.add(FuzzInput.encodeVerbatim(subject, Opening.attachWithoutLock(), Arrays.copyOf(data, 256)));
		}
		return inputs;
	}

	private static byte[] leftByADeadHolder(byte[] file) {
		byte[] left = file.clone();
		ByteBuffer control = control(left);
		control.putLong(OWNER, (long) control.getInt(SLOT_EPOCH) << Integer.SIZE | 1);
		return left;
	}

	private static ByteBuffer control(byte[] file) {
		return ByteBuffer.wrap(file, file.length - FuzzInput.CONTROL, FuzzInput.CONTROL)
			.slice()
			.order(ByteOrder.LITTLE_ENDIAN);
	}

	/**
	 * The bytes of the file while it is open, the same each time.
	 */
	static byte[] file(Subject subject) {
		try (SharedMemoryManager manager = SharedMemoryManager.builder()
			.application("corpus")
			.closeOnExit(false)
			.build()) {
			subject.open(manager, Opening.DEFAULT);
			byte[] file = Files.readAllBytes(Path.of("/dev/shm", SegmentFuzzer.NAME));
			control(file).putLong(CREATED_MILLIS, 1).putLong(CREATOR_PID, 2).putLong(SLOT_PID, 2);
			return file;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static List<byte[]> lists() {
		List<byte[]> lists = new ArrayList<>();
		lists.add(list());
		lists.add(list(ListItem.of(42)));
		lists.add(list(ListItem.of("howdy"), ListItem.of(new byte[] { 1, 2 }), ListItem.of(-273.154), ListItem.of(100),
				ListItem.of(null), ListItem.of(true), ListItem.of("x", 100)));
		return lists;
	}

	private static byte[] list(ListItem... items) {
		byte[] bytes = new byte[(int) ListCodec.encodedSize(List.of(items))];
		ListCodec.encode(List.of(items), ByteBuffer.wrap(bytes));
		return bytes;
	}

}
