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

package io.github.shmbeans.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.shmbeans.error.InsufficientMemoryException;
import io.github.shmbeans.posix.Errno;
import io.github.shmbeans.posix.FileDescriptor;
import io.github.shmbeans.posix.FileLocks;
import io.github.shmbeans.posix.FileStatus;
import io.github.shmbeans.posix.MappedRange;
import io.github.shmbeans.posix.PosixException;
import org.jspecify.annotations.Nullable;

/**
 * Creates a segment: builds it whole in a file without a name, then gives it the name.
 */
final class SegmentCreator {

	private final SegmentRequest request;

	SegmentCreator(SegmentRequest request) {
		this.request = request;
	}

	/**
	 * Create the segment.
	 * @return the open segment, or {@code null} if the name is taken
	 */
	@Nullable Segment tryCreate() {
		FileDescriptor file = FileDescriptor.unnamed(SegmentName.DIRECTORY, this.request.permissions());
		boolean published = false;
		try {
			long size = ControlLayout.fileSize(this.request.schema().dataLength());
			allocate(file, this.request.name(), size);
			MappedRange range = MappedRange.map(file, size, true);
			try {
				Segment segment = build(file, range, size);
				published = file.link(this.request.path());
				return published ? segment : null;
			}
			finally {
				if (!published) {
					range.discard();
					range.release();
				}
			}
		}
		finally {
			if (!published) {
				file.close();
			}
		}
	}

	/**
	 * The file stays open: its open file description, which nobody else has, carries the
	 * locks that tell that this attachment is alive.
	 */
	private Segment build(FileDescriptor file, MappedRange range, long size) {
		ByteBuffer control = range.buffer(size - ControlLayout.LENGTH, ControlLayout.LENGTH);
		ControlBlock block = new ControlBlock(this.request.name(), control);
		Participant self = Participant.of(this.request.application());
		block.write(this.request.schema(), self);
		if (this.request.shutdownPolicy(true) == ShutdownPolicy.UNLINK_IF_LAST) {
			block.setUnlinkIfLast();
		}
		this.request.initializer()
			.accept(new Memory(this.request.name(), range, this.request.schema().dataLength(), true));
		FileLocks locks = new FileLocks(file);
		locks.tryShared(Attachments.PRESENCE_BYTE);
		Attachments attachments = Attachments.join(this.request.name(), file, locks, control, self);
		return new Segment(this.request, this.request.schema(), file.status(), range, control, attachments, true);
	}

	/**
	 * Reserve memory for every byte of a file.
	 */
	static void allocate(FileDescriptor file, String name, long size) {
		if (size == Long.MAX_VALUE) {
			throw new InsufficientMemoryException(name, size, free());
		}
		try {
			file.allocate(size);
		}
		catch (PosixException ex) {
			if (ex.errno() == Errno.ENOSPC || ex.errno() == Errno.EFBIG || ex.errno() == Errno.ENOMEM) {
				throw new InsufficientMemoryException(name, size, free());
			}
			throw ex;
		}
	}

	/**
	 * Give every byte of a file that others made its memory. One that may not be written
	 * is refused if there is not enough: to read a hole takes memory too.
	 */
	static void requireMemory(ExistingFile existing, String name) {
		FileStatus status = existing.status();
		if (!status.isSparse()) {
			return;
		}
		if (existing.writable()) {
			allocate(existing.file(), name, status.size());
		}
		else if (status.missing() > free()) {
			throw new InsufficientMemoryException(name, status.missing(), free());
		}
	}

	private static long free() {
		try {
			return Files.getFileStore(Path.of(SegmentName.DIRECTORY)).getUsableSpace();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
