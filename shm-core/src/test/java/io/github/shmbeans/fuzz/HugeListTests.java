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
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A file that takes no memory and claims to be a list of more items than the heap of the
 * reader, 64 MB, has room for.
 */
class HugeListTests {

	private static final int ITEMS = 17_000_000;

	private static final long SIZE_PER_ITEM = 17;

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	@Test
	void listOfManyItemsIsRead() throws IOException {
		Path file = list(1_000);
		this.peers.java(AttachingPeer.class, this.names.name("l")).expect("1000 items");
		Files.delete(file);
	}

	@Test
	void listThatWouldExhaustTheHeapIsRefused() throws IOException {
		Path file = list(ITEMS);
		this.peers.java(AttachingPeer.class, this.names.name("l")).expect("InvalidSegmentException");
		Files.delete(file);
	}

	/**
	 * All offsets are 0: every slot is 0 bytes wide.
	 */
	private Path list(int items) throws IOException {
		Path file = this.names.path("l");
		Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		try (RandomAccessFile list = new RandomAccessFile(file.toFile(), "rw")) {
			list.setLength(Long.BYTES + Long.BYTES + items * SIZE_PER_ITEM);
			list.writeLong(Long.reverseBytes(items));
		}
		return file;
	}

}
