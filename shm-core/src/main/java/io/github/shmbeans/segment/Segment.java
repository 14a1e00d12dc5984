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

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.shmbeans.posix.FileDescriptor;
import io.github.shmbeans.posix.FileStatus;
import io.github.shmbeans.posix.MappedRange;
import org.jspecify.annotations.Nullable;

/**
 * An open segment. Safe for use by several threads.
 */
public final class Segment implements AutoCloseable {

	private final String name;

	private final SegmentSchema schema;

	private final FileStatus file;

	private final ShutdownPolicy policy;

	private final MappedRange range;

	private final Memory memory;

	private final @Nullable Control control;

	private volatile Runnable beforeUnlink = () -> {
	};

	private final AtomicBoolean closed = new AtomicBoolean();

	private final boolean created;

	private volatile boolean settled;

	private volatile LastLook lastLook = (control, ownerAddress) -> {
	};

	Segment(SegmentRequest request, SegmentSchema schema, FileStatus file, MappedRange range,
			@Nullable ByteBuffer control, @Nullable Attachments attachments, boolean created) {
		this.name = request.name();
		this.created = created;
		this.schema = schema;
		this.file = file;
		this.policy = request.shutdownPolicy(attachments != null);
		this.range = range;
		this.memory = new Memory(this.name, range, schema.dataLength(), request.access() == AccessMode.READ_WRITE);
		this.control = (control != null && attachments != null) ? new Control(control, attachments) : null;
	}

	/**
	 * Open a segment as the request says.
	 * @param request the request
	 * @return the open segment
	 * @throws io.github.shmbeans.error.SharedMemoryException if it cannot be opened so;
	 * nothing is left behind
	 */
	public static Segment open(SegmentRequest request) {
		return new SegmentOpener(request).open();
	}

	/**
	 * Make room for segments that are going to be opened, each of which keeps its file
	 * open.
	 * @param count how many
	 */
	public static void reserve(int count) {
		FileDescriptor.reserve(count);
	}

	/**
	 * The name.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * What the segment holds.
	 * @return its schema
	 */
	public SegmentSchema schema() {
		return this.schema;
	}

	/**
	 * The data.
	 * @return the data
	 */
	public Memory memory() {
		return this.memory;
	}

	/**
	 * The size of the file.
	 * @return the size in bytes
	 */
	public long fileSize() {
		return this.file.size();
	}

	/**
	 * What closing does to the name.
	 * @return the policy
	 */
	public ShutdownPolicy policy() {
		return this.policy;
	}

	/**
	 * Whether the segment has a control block.
	 * @return {@code false} for a segment that others made
	 */
	public boolean isManaged() {
		return this.control != null;
	}

	/**
	 * The bytes of the control block, see {@link ControlLayout}.
	 * @return the bytes; zeros that lead nowhere after closing
	 * @throws IllegalStateException if there is none
	 */
	public ByteBuffer control() {
		return requireControl().bytes();
	}

	/**
	 * The address of a field of the control block, for system calls.
	 * @param field the offset of the field, see {@link ControlLayout}
	 * @return the address, valid while {@link #control()} is reachable
	 */
	public long controlAddress(int field) {
		return this.range.address(fileSize() - ControlLayout.LENGTH + field);
	}

	/**
	 * Who is attached.
	 * @return the attachments
	 * @throws IllegalStateException if the segment has no control block
	 */
	public Attachments attachments() {
		return requireControl().attachments();
	}

	private Control requireControl() {
		if (this.control == null) {
			throw new IllegalStateException(
					"Expected segment '%s' to have a control block, found none. Others made it: use it with 'lock: false' or with a lock of its own segment"
						.formatted(this.name));
		}
		return this.control;
	}

	/**
	 * Set what is to be removed together with the name.
	 * @param beforeUnlink runs before the name is removed, while, if this is the last
	 * attachment, nobody can attach
	 */
	public void beforeUnlink(Runnable beforeUnlink) {
		this.beforeUnlink = beforeUnlink;
	}

	/**
	 * Whether the name leads to this segment.
	 * @return {@code false} if it was removed or replaced
	 */
	public boolean isLinked() {
		FileStatus found = FileDescriptor.status(SegmentName.path(this.name));
		return found != null && found.sameFile(this.file);
	}

	/**
	 * Remove the name, if it leads to this segment. Allowed after closing too.
	 */
	public void unlink() {
		if (isLinked()) {
			this.beforeUnlink.run();
			FileDescriptor.unlink(SegmentName.path(this.name));
		}
	}

	/**
	 * Let the shutdown policy come into force: nothing can fail any more. Without this
	 * call, closing removes a segment that this opening has made, and leaves one that was
	 * there as it was.
	 */
	public void settle() {
		this.settled = true;
		if (this.policy == ShutdownPolicy.UNLINK_IF_LAST && this.control != null
				&& this.control.attachments().slot() >= 0) {
			new ControlBlock(this.name, this.control.bytes()).setUnlinkIfLast();
		}
	}

	/**
	 * Replace the memory by zeros if another program has truncated the file, so that
	 * nothing faults from here on; accesses then find it closed.
	 * @return {@code true} if it was truncated
	 */
	public boolean discardIfTruncated() {
		if (this.control == null || this.control.attachments().fileSize() >= fileSize()) {
			return false;
		}
		this.memory.close();
		this.range.discard();
		return true;
	}

	/**
	 * Whether the segment was closed.
	 * @return {@code true} after {@link #close()}
	 */
	public boolean isClosed() {
		return this.closed.get();
	}

	@Override
	public void close() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		this.memory.close();
		try {
			if (this.settled && this.policy == ShutdownPolicy.UNLINK) {
				unlink();
			}
			if (this.control != null) {
				ControlBlock block = new ControlBlock(this.name, this.control.bytes());
				this.control.attachments().leave(() -> {
					if (block.isUnlinkIfLast() || (this.created && !this.settled)) {
						unlink();
					}
				}, this::discardAndLook);
			}
		}
		finally {
			this.range.discard();
			this.range.release();
		}
	}

	/**
	 * The others must not find this attachment dead while a thread of this process can
	 * still write.
	 */
	private void discardAndLook() {
		if (discardIfTruncated()) {
			return;
		}
		MappedRange again = attachments().map(fileSize());
		try {
			this.range.discard();
			long offset = fileSize() - ControlLayout.LENGTH;
			this.lastLook.look(again.buffer(offset, ControlLayout.LENGTH).order(ByteOrder.LITTLE_ENDIAN),
					again.address(offset + ControlLayout.OWNER));
		}
		finally {
			again.discard();
			again.release();
		}
	}

	/**
	 * Set what looks at the control block when no thread can change it any more and
	 * nobody takes this attachment for dead yet.
	 * @param lastLook what to do
	 */
	public void lastLook(LastLook lastLook) {
		this.lastLook = lastLook;
	}

	/**
	 * A look at the control block through a mapping of its own.
	 */
	@FunctionalInterface
	public interface LastLook {

		/**
		 * Look.
		 * @param control the control block, valid during the call only
		 * @param ownerAddress the address of the owner word
		 */
		void look(ByteBuffer control, long ownerAddress);

	}

	/**
	 * The control block of a segment that this library made.
	 */
	private record Control(ByteBuffer bytes, Attachments attachments) {
	}

}
