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

	private final Presence presence;

	private final MappedRange range;

	private final Memory memory;

	private final @Nullable ByteBuffer control;

	private final @Nullable Attachments attachments;

	private volatile LastLook lastLook = (control, ownerAddress) -> {
	};

	Segment(SegmentRequest request, SegmentSchema schema, FileStatus file, MappedRange range,
			@Nullable ByteBuffer control, @Nullable Attachments attachments, boolean created) {
		this.name = request.name();
		this.schema = schema;
		this.presence = new Presence(this.name, schema, file, request.shutdownPolicy(attachments != null), attachments,
				created);
		this.range = range;
		this.memory = new Memory(this.name, range, schema.dataLength(), request.access() == AccessMode.READ_WRITE);
		this.control = control;
		this.attachments = attachments;
	}

	/**
	 * Open a segment as the request says. One that is not closed ends when neither it nor
	 * a buffer over its memory is reachable any more.
	 * @param request the request
	 * @return the open segment
	 * @throws io.github.shmbeans.error.SharedMemoryException if it cannot be opened so;
	 * nothing is left behind
	 */
	public static Segment open(SegmentRequest request) {
		Segment segment = new SegmentOpener(request).open();
		segment.range.whenUnreachable(segment.presence::endUnreachable);
		return segment;
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
		return this.presence.file().size();
	}

	/**
	 * What closing does to the name.
	 * @return the policy
	 */
	public ShutdownPolicy policy() {
		return this.presence.policy();
	}

	/**
	 * Whether the segment has a control block.
	 * @return {@code false} for a segment that others made
	 */
	public boolean isManaged() {
		return this.attachments != null;
	}

	/**
	 * Whether this process can take the lock of the segment.
	 * @return {@code false} if there is no control block, or this user may only read it
	 */
	public boolean isLockable() {
		return this.attachments != null && this.attachments.slot() >= 0;
	}

	/**
	 * The bytes of the control block, see {@link ControlLayout}.
	 * @return the bytes; zeros that lead nowhere after closing
	 * @throws IllegalStateException if there is none
	 */
	public ByteBuffer control() {
		return requireControl(this.control);
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
		return requireControl(this.attachments);
	}

	private <C> C requireControl(@Nullable C part) {
		if (part == null) {
			throw new IllegalStateException(
					"Expected segment '%s' to have a control block, found none. Others made it: use it with 'lock: false' or with a lock of its own segment"
						.formatted(this.name));
		}
		return part;
	}

	/**
	 * Whether the name leads to this segment.
	 * @return {@code false} if it was removed or replaced
	 */
	public boolean isLinked() {
		return this.presence.isLinked();
	}

	/**
	 * Remove the name, if it leads to this segment. Allowed after closing too.
	 * @throws io.github.shmbeans.error.SegmentAccessException if this user may not remove
	 * it
	 */
	public void unlink() {
		this.presence.unlink();
	}

	/**
	 * Let the shutdown policy come into force: nothing can fail any more. Without this
	 * call, closing removes a segment that this opening has made, and leaves one that was
	 * there as it was.
	 */
	public void settle() {
		this.presence.settle();
	}

	/**
	 * Replace the memory by zeros if another program has truncated the file, so that
	 * nothing faults from here on; accesses then find it closed.
	 * @return {@code true} if it was truncated
	 */
	public boolean discardIfTruncated() {
		if (this.attachments == null || !this.attachments.isTruncated()) {
			return false;
		}
		this.memory.close();
		this.attachments.discard();
		this.range.discard();
		return true;
	}

	/**
	 * Whether the segment was closed.
	 * @return {@code true} after {@link #close()}
	 */
	public boolean isClosed() {
		return this.presence.hasEnded();
	}

	/**
	 * Refuse accesses from here on. One that is under way may be left half-done: wait for
	 * steps before.
	 */
	public void refuse() {
		if (!discardIfTruncated()) {
			this.memory.close();
		}
	}

	/**
	 * Close: refuse accesses, do to the name what the policy says, give the memory back,
	 * look at the lock once more, leave. Each step runs though an earlier one failed; but
	 * an attachment whose memory could not be taken from the threads of this process does
	 * not leave, for the others would take it for dead while it can still write.
	 */
	@Override
	public void close() {
		if (!this.presence.beginEnd()) {
			return;
		}
		Failures failures = new Failures();
		failures.attempt(this::refuse);
		failures.attempt(this.presence::removeName);
		if (failures.attempt(this.range::discard)) {
			failures.attempt(this::lookOnceMore);
			failures.attempt(this.presence::leave);
		}
		failures.rethrow();
	}

	private void lookOnceMore() {
		if (this.attachments != null) {
			this.lastLook.look(this.attachments.control(), this.attachments.ownerAddress());
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

}
