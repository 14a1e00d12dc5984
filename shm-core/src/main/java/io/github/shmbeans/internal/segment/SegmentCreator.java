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

package io.github.shmbeans.internal.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.ShutdownPolicy;
import io.github.shmbeans.error.InsufficientMemoryException;
import io.github.shmbeans.error.SegmentAccessException;
import io.github.shmbeans.internal.control.Attachments;
import io.github.shmbeans.internal.control.ControlBlock;
import io.github.shmbeans.internal.control.ControlLayout;
import io.github.shmbeans.internal.control.Failures;
import io.github.shmbeans.internal.control.ProcessInfo;
import io.github.shmbeans.internal.posix.Errno;
import io.github.shmbeans.internal.posix.FileDescriptor;
import io.github.shmbeans.internal.posix.FileStatus;
import io.github.shmbeans.internal.posix.MappedRange;
import io.github.shmbeans.internal.posix.PosixException;
import org.jspecify.annotations.Nullable;

/**
 * Creates a segment: builds it whole in a file without a name, then gives it the name.
 */
final class SegmentCreator {

	private final SegmentSpec spec;

	private final String name;

	private final SegmentImage image;

	private final String application;

	SegmentCreator(SegmentSpec spec, SegmentImage image, String application) {
		this.spec = spec;
		this.name = spec.requireSegmentName();
		this.image = image;
		this.application = application;
	}

	/**
	 * Create the segment.
	 * @return the open segment, or {@code null} if the name is taken
	 */
	@Nullable Segment tryCreate() {
		FileDescriptor file = FileDescriptor.unnamed(SegmentName.DIRECTORY, this.spec.permissions());
		return Failures.openOrUndo(() -> build(file), file::close);
	}

	private @Nullable Segment build(FileDescriptor file) {
		long size = ControlLayout.fileSize(this.image.schema().dataLength());
		allocate(file, this.name, size);
		MappedRange range = MappedRange.map(file, size, true);
		return Failures.openOrUndo(() -> {
			ByteBuffer control = range.buffer(size - ControlLayout.LENGTH, ControlLayout.LENGTH);
			write(range, control);
			Attachments attachments = Objects.requireNonNull(
					Attachments.join(this.name, file, size, ProcessInfo.of(this.application)),
					"nobody else knows the file");
			return Failures.openOrUndo(() -> publish(file, range, control, attachments), attachments::leave);
		}, range::discard);
	}

	private @Nullable Segment publish(FileDescriptor file, MappedRange range, ByteBuffer control,
			Attachments attachments) {
		Segment segment = new Segment(this.spec, this.image.schema(), file.status(), range, control, attachments, true);
		return file.link(SegmentName.path(this.name)) ? segment : null;
	}

	private void write(MappedRange range, ByteBuffer control) {
		ControlBlock block = new ControlBlock(this.name, control);
		block.write(this.image.schema(), ProcessInfo.of(this.application));
		if (this.spec.shutdownPolicy(true, true) == ShutdownPolicy.UNLINK_IF_LAST) {
			block.setRemoval(ControlLayout.REMOVAL_BY_LAST);
		}
		this.image.initializer().accept(new Memory(this.name, range, this.image.schema().dataLength(), true));
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
			if (ex.errno() == Errno.ENOSPC || ex.errno() == Errno.ENOMEM) {
				throw new InsufficientMemoryException(name, size, free());
			}
			if (ex.errno() == Errno.EFBIG) {
				throw new SegmentAccessException(
						"'%s' needs a file of %,d bytes, which is more than this process may make".formatted(name,
								size),
						"Raise the limit of file sizes (ulimit -f, LimitFSIZE in systemd), or declare less");
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

	/**
	 * Whether the filesystem could hold the segment if it were empty.
	 */
	boolean couldFit() {
		long size = ControlLayout.fileSize(this.image.schema().dataLength());
		return ask(FileStore::getTotalSpace) >= size;
	}

	private static long free() {
		return ask(FileStore::getUsableSpace);
	}

	private static long ask(SpaceQuery query) {
		try {
			return query.ask(Files.getFileStore(Path.of(SegmentName.DIRECTORY)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A question about a filesystem.
	 */
	private interface SpaceQuery {

		long ask(FileStore store) throws IOException;

	}

}
