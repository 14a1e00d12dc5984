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

import java.nio.ByteBuffer;

import io.github.shmbeans.MismatchPolicy;
import io.github.shmbeans.SegmentKind;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.Shape;
import io.github.shmbeans.error.SegmentMismatchException;
import io.github.shmbeans.internal.control.Attachments;
import io.github.shmbeans.internal.control.ControlBlock;
import io.github.shmbeans.internal.control.ControlLayout;
import io.github.shmbeans.internal.control.Failures;
import io.github.shmbeans.internal.control.ProcessInfo;
import io.github.shmbeans.internal.control.SchemaDifference;
import io.github.shmbeans.internal.control.SegmentSchema;
import io.github.shmbeans.internal.posix.FileDescriptor;
import io.github.shmbeans.internal.posix.FileLocks;
import io.github.shmbeans.internal.posix.FileStatus;
import io.github.shmbeans.internal.posix.MappedRange;
import org.jspecify.annotations.Nullable;

/**
 * Attaches to a segment that is there. Nothing in it is trusted before it is checked
 * against the file.
 */
final class SegmentAttacher {

	/** The size of the file of a list that just fits in one buffer. */
	private static final long LONGEST_LIST = ControlLayout.fileSize(Memory.LONGEST_WHOLE);

	private final SegmentSpec spec;

	private final String name;

	private final SegmentSchema schema;

	private final String application;

	SegmentAttacher(SegmentSpec spec, SegmentSchema schema, String application) {
		this.spec = spec;
		this.name = spec.requireSegmentName();
		this.schema = schema;
		this.application = application;
	}

	/**
	 * Attach to the segment.
	 * @return the open segment, or {@code null} if there is none, it has no size yet, or
	 * it is just being removed
	 */
	@Nullable Segment tryAttach() {
		try (ExistingFile existing = ExistingFile.open(ExistingFile.Request.of(this.spec))) {
			return (existing != null) ? attach(existing) : null;
		}
	}

	private @Nullable Segment attach(ExistingFile existing) {
		FileStatus status = existing.status();
		if (status.size() == 0) {
			return null;
		}
		existing.requireOneName();
		if (this.schema.kind() == SegmentKind.LIST && status.isSparse() && status.size() > LONGEST_LIST) {
			throw mismatch("a list of at most 2 GiB", "a file of %,d bytes".formatted(status.size()),
					"Attach to it as a block, or use several lists");
		}
		SegmentCreator.requireMemory(existing, this.name);
		MappedRange range = MappedRange.map(existing.file(), status.size(), existing.writable());
		return Failures.openOrUndo(() -> {
			ByteBuffer control = control(range, status.size());
			return (control != null) ? join(existing, range, control) : adopt(existing, range);
		}, range::discard);
	}

	private @Nullable ByteBuffer control(MappedRange range, long size) {
		if (size < ControlLayout.LENGTH || size % ControlLayout.ALIGNMENT != 0) {
			return null;
		}
		ByteBuffer control = range.buffer(size - ControlLayout.LENGTH, ControlLayout.LENGTH);
		return new ControlBlock(this.name, control).hasMagic() ? control : null;
	}

	private @Nullable Segment join(ExistingFile existing, MappedRange range, ByteBuffer control) {
		ControlBlock block = new ControlBlock(this.name, control);
		if (block.isAbandoned() && removeIfDead(existing, block)) {
			return null;
		}
		SegmentSchema found = block.schema(existing.status().size());
		if (!this.schema.accepts(found)) {
			if (this.spec.onMismatch() == MismatchPolicy.REPLACE_IF_UNUSED && removeIfDead(existing, block)) {
				return null;
			}
			throw mismatch(this.schema.describe(),
					found.describe() + SchemaDifference.describe(this.schema.text(), found.text()),
					"Declare what is there, set on-mismatch: replace-if-unused to replace it when nobody uses it any more, or stop its users and remove %s"
						.formatted(SegmentName.path(this.name)));
		}
		if (this.spec.requiresOwnLock() && !existing.writable()) {
			throw mismatch("a file that this user may write, as its lock needs", "one that it may only read",
					(this.spec.content().kind() == SegmentKind.LOCK)
							? "Have its owner create it with permissions for this user" : "Set 'lock: false'");
		}
		FileDescriptor file = existing.file().reopen(existing.writable());
		return Failures.openOrUndo(() -> {
			Attachments attachments = attachments(existing, file);
			return (attachments != null) ? Failures.openOrUndo(() -> (file.status().links() > 0)
					? new Segment(this.spec, found, existing.status(), range, control, attachments, false) : null,
					attachments::leave) : null;
		}, () -> giveUp(existing, file, block));
	}

	/**
	 * Whoever left meanwhile took this attachment for another one, and has left the name
	 * to it.
	 */
	private void giveUp(ExistingFile existing, FileDescriptor file, ControlBlock block) {
		file.close();
		removeIfDead(existing, block);
	}

	private @Nullable Attachments attachments(ExistingFile existing, FileDescriptor file) {
		long size = existing.status().size();
		return existing.writable() ? Attachments.join(this.name, file, size, ProcessInfo.of(this.application))
				: Attachments.observe(this.name, file, size);
	}

	/**
	 * Use a file without a control block as what the request declares.
	 */
	private Segment adopt(ExistingFile existing, MappedRange range) {
		if (this.spec.requiresOwnLock()) {
			throw mismatch("a segment with a control block, which its lock needs", "a file that others made",
					"Set 'lock: false', or name an entry of shm.locks");
		}
		SegmentSchema declared = this.schema;
		long size = existing.status().size();
		long elementSize = Math.max(1, declared.elementSize());
		boolean open = declared.count() == SegmentSchema.ANY || declared.kind() == SegmentKind.LIST;
		long length = open ? size / elementSize * elementSize : declared.dataLength();
		if (length > size || (open && length == 0)) {
			throw mismatch(
					declared.describe() + ", at least " + Math.max(elementSize, declared.dataLength()) + " bytes",
					"a file of " + size + " bytes", "Declare the length that its creator uses");
		}
		long count = (declared.kind() == SegmentKind.LIST) ? Math.max(0, declared.count()) : length / elementSize;
		Shape shape = (declared.kind() == SegmentKind.ARRAY && open) ? Shape.of(count) : declared.shape();
		SegmentSchema schema = new SegmentSchema(declared.kind(), declared.typeCode(), declared.elementSize(), count,
				length, declared.text(), shape);
		return new Segment(this.spec, schema, existing.status(), range, null, null, false);
	}

	private SegmentMismatchException mismatch(String expected, String found, String remedy) {
		return new SegmentMismatchException(
				"Segment '%s' was expected to be %s, found %s".formatted(this.name, expected, found), remedy);
	}

	/**
	 * Remove a segment that was to be unlinked by its last attachment and has no live
	 * one.
	 * @return {@code true} if the name is free now, as far as this process can tell
	 */
	boolean removeDead() {
		try (ExistingFile existing = ExistingFile.open(ExistingFile.Request.of(this.spec))) {
			return existing == null || (existing.writable() && existing.status().size() > 0 && removeDead(existing));
		}
	}

	private boolean removeDead(ExistingFile existing) {
		existing.requireOneName();
		MappedRange range = MappedRange.map(existing.file(), existing.status().size(), true);
		try {
			ByteBuffer control = control(range, existing.status().size());
			return control != null && removeIfDead(existing, new ControlBlock(this.name, control));
		}
		finally {
			range.discard();
		}
	}

	/**
	 * Nobody can attach between the look whether anybody lives and the removal. Who may
	 * not remove the name does not look: an attachment that leaves meanwhile would take
	 * the look for another attachment.
	 */
	private boolean removeIfDead(ExistingFile existing, ControlBlock block) {
		SegmentSchema schema = block.schema(existing.status().size());
		NameRemoval removal = new NameRemoval(this.name, existing.status(), schema.isSemaphore());
		if (!existing.writable() || !block.isRemovalRequested() || !removal.isAllowed()) {
			return false;
		}
		try (FileDescriptor presence = existing.file().reopen(true)) {
			return new FileLocks(presence).tryExclusive(Attachments.PRESENCE_BYTE) && removal.run();
		}
	}

	/**
	 * Describe the segment that is in the way, for a message.
	 */
	String describeExisting() {
		FileStatus status = FileDescriptor.status(SegmentName.path(this.name));
		if (status == null) {
			return "one that just went";
		}
		String owner = (status.uid() != FileDescriptor.effectiveUser()) ? " of user id " + status.uid() : "";
		return "a %s of %d bytes%s in use or to be kept".formatted(status.type(), status.size(), owner);
	}

}
