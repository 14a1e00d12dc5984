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
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.shmbeans.AccessMode;
import io.github.shmbeans.Attachment;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.RecoveryHandler;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.SegmentSpec.Locking;
import io.github.shmbeans.SegmentStatus;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.engine.SegmentEngine;
import io.github.shmbeans.internal.control.Attachments;
import io.github.shmbeans.internal.control.ControlLayout;
import io.github.shmbeans.internal.control.Failures;
import io.github.shmbeans.internal.control.SegmentSchema;
import io.github.shmbeans.internal.lock.AbstractSharedLock;
import io.github.shmbeans.internal.lock.FutexLock;
import io.github.shmbeans.internal.lock.LockSettings;
import io.github.shmbeans.internal.lock.SemaphoreLock;
import io.github.shmbeans.internal.posix.FileStatus;
import io.github.shmbeans.internal.posix.MappedRange;
import io.github.shmbeans.internal.posix.NativeLibrary;
import org.jspecify.annotations.Nullable;

/**
 * An open segment with the lock that guards it: its own, that of another segment, or
 * none. Safe for use by several threads.
 */
public final class Segment implements AutoCloseable {

	private final SegmentSpec spec;

	private final SegmentSchema schema;

	private final Presence presence;

	private final MappedRange range;

	private final Memory memory;

	private final @Nullable ByteBuffer control;

	private final @Nullable Attachments attachments;

	/** Locks of other segments that steps on this one take. */
	private final Set<AbstractSharedLock> guards = ConcurrentHashMap.newKeySet();

	private final ReentrantLock closing = new ReentrantLock();

	/** Set once, before anybody else knows the segment. */
	private @Nullable AbstractSharedLock lock;

	/** Set once, before anybody else knows the segment. */
	private volatile @Nullable SharedSegment object;

	private Runnable afterClose = () -> {
	};

	private volatile boolean closed;

	Segment(SegmentSpec spec, SegmentSchema schema, FileStatus file, MappedRange range, @Nullable ByteBuffer control,
			@Nullable Attachments attachments, boolean created) {
		this.spec = spec;
		this.schema = schema;
		this.presence = new Presence(spec.requireSegmentName(), schema, file,
				spec.shutdownPolicy(attachments != null, created), attachments, created);
		this.range = range;
		this.memory = new Memory(spec.requireSegmentName(), range, schema.dataLength(),
				spec.access() == AccessMode.READ_WRITE);
		this.control = control;
		this.attachments = attachments;
	}

	/**
	 * Open a segment. Until {@link #handOver} is called, closing undoes the opening. One
	 * that is not closed ends when neither it nor a buffer over its memory is reachable
	 * any more.
	 * @param spec what to open
	 * @param image the bytes that it is to have
	 * @param application the name under which others see this attachment
	 * @return the open segment
	 * @throws io.github.shmbeans.error.SharedMemoryException if it cannot be opened so;
	 * nothing is left behind
	 */
	public static Segment open(SegmentSpec spec, SegmentImage image, String application) {
		NativeLibrary.require();
		AbstractSharedLock guard = (spec.guard() != null) ? AbstractSharedLock.require(spec.guard()) : null;
		boolean joins = image.schema().isSemaphore() && spec.mode() == OpenMode.ATTACH;
		SegmentOpener opener = new SegmentOpener(spec, image, application);
		Segment segment = opener.open(joins ? OpenMode.CREATE_OR_ATTACH : spec.mode());
		segment.range.whenUnreachable(segment.presence::endUnreachable);
		return segment.openOrClose(() -> {
			segment.lock = segment.openLock(guard);
			return segment;
		});
	}

	/**
	 * Do what is left of an opening; if it fails, close.
	 * @param <T> what is opened
	 * @param opening what is left to do
	 * @return what was opened
	 */
	public <T> T openOrClose(Supplier<T> opening) {
		return Objects.requireNonNull(Failures.openOrUndo(opening, this::close));
	}

	private @Nullable AbstractSharedLock openLock(@Nullable AbstractSharedLock guard) {
		boolean lockable = this.attachments != null && this.attachments.slot() >= 0;
		if (this.spec.locking() == Locking.NONE || (this.spec.locking() == Locking.IF_POSSIBLE && !lockable)) {
			return null;
		}
		if (guard != null) {
			this.guards.add(guard);
			return guard;
		}
		Runnable recovery = (this.spec.recoveryHandler() != null) ? this::recover : null;
		LockSettings settings = new LockSettings(this.spec.lockTimeout(), this.spec.onOwnerDeath(), recovery);
		ByteBuffer block = requireControl(this.control);
		Attachments attached = requireControl(this.attachments);
		if (this.schema.isSemaphore()) {
			return new SemaphoreLock(name(), new SemaphoreFile(this.spec).open(this.memory), block, attached, settings);
		}
		return new FutexLock(name(), block, this.range.address(controlOffset() + ControlLayout.OWNER), attached,
				settings);
	}

	private long controlOffset() {
		return fileSize() - ControlLayout.LENGTH;
	}

	private void recover() {
		RecoveryHandler handler = this.spec.recoveryHandler();
		if (handler != null) {
			handler.recover(Objects.requireNonNull(this.object, "object"));
		}
	}

	/**
	 * Set the object over this segment. Before anybody else knows either of them.
	 * @param object the object, which a recovery handler is given
	 * @param afterClose what to do once the segment is closed
	 */
	public void object(SharedSegment object, Runnable afterClose) {
		this.object = object;
		this.afterClose = afterClose;
	}

	/**
	 * Give the segment to its user: the opening cannot fail any more, and the shutdown
	 * policy comes into force.
	 */
	public void handOver() {
		SegmentLog.opened(this.spec, this.schema, this.presence.isCreated());
		this.presence.settle();
	}

	/**
	 * The name.
	 * @return the name
	 */
	public String name() {
		return this.spec.requireSegmentName();
	}

	/**
	 * What was asked for.
	 * @return the spec
	 */
	public SegmentSpec spec() {
		return this.spec;
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
	 * The lock that guards the data.
	 * @return the lock, or {@code null} without one
	 */
	public @Nullable AbstractSharedLock lock() {
		return this.lock;
	}

	/**
	 * The lock that guards the data.
	 * @return the lock
	 * @throws IllegalStateException if there is none
	 */
	public AbstractSharedLock requireLock() {
		if (this.lock == null) {
			throw new IllegalStateException(
					"Expected segment '%s' to have a lock, found it opened without. Open it with 'lock: true' or the key of a lock"
						.formatted(name()));
		}
		return this.lock;
	}

	/**
	 * Let {@link #close()} wait for the steps that take a lock of another segment.
	 * @param guard the lock
	 */
	public void guard(AbstractSharedLock guard) {
		if (guard != this.lock || this.spec.guard() != null) {
			this.guards.add(guard);
		}
	}

	private <C> C requireControl(@Nullable C part) {
		if (part == null) {
			throw new IllegalStateException(
					"Expected segment '%s' to have a control block, found none. Others made it: use it with 'lock: false' or with a lock of its own segment"
						.formatted(name()));
		}
		return part;
	}

	/**
	 * The live attachments of all processes.
	 * @return the attachments; empty once closed, or without a control block
	 */
	public List<Attachment> attachments() {
		return (!isClosed() && this.attachments != null) ? this.attachments.list() : List.of();
	}

	/**
	 * A snapshot for operators.
	 * @return the status
	 */
	public SegmentStatus status() {
		boolean open = !isClosed();
		boolean truncated = open && discardIfTruncated();
		String type = (this.schema.typeCode() != 0) ? this.schema.text() : null;
		return new SegmentStatus(name(), SegmentEngine.SHARED_MEMORY, this.schema.kind(), type, this.schema.count(),
				this.schema.shape(), fileSize(), this.spec.mode(), this.spec.access(), this.presence.policy(), !open,
				open && this.presence.isLinked(), attachments(),
				(open && this.lock != null) ? this.lock.status() : null,
				new SegmentStatus.FileStatus(this.presence.file().permissions(), truncated, this.attachments != null));
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
	 * Replace the memory by zeros if another program has truncated the file, so that
	 * nothing faults from here on; accesses then find it closed.
	 * @return {@code true} if it was truncated
	 */
	private boolean discardIfTruncated() {
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
		return this.closed;
	}

	/**
	 * Close in five steps: stop the lock, refuse accesses, remove the name if the policy
	 * says so, give the memory back, leave. Each step runs even if an earlier one failed;
	 * but an attachment whose memory could not be taken from the threads of this process
	 * does not leave, for the others would take it for dead while it can still write.
	 * Idempotent; a concurrent call returns when the segment is closed.
	 */
	@Override
	public void close() {
		this.closed = true;
		Failures failures = new Failures();
		failures.attempt(this::discardIfTruncated);
		failures.attempt(this::stopLock);
		boolean ends = false;
		this.closing.lock();
		try {
			ends = this.presence.beginEnd();
			if (ends) {
				failures.attempt(this::refuseAccesses);
				failures.attempt(this.presence::removeName);
				if (failures.attempt(this.range::discard)) {
					failures.attempt(this::freeLock);
					failures.attempt(this.presence::leave);
				}
			}
		}
		finally {
			this.closing.unlock();
		}
		if (ends) {
			failures.attempt(this.afterClose);
		}
		failures.rethrow();
	}

	/**
	 * Locked steps under way end, no other begins.
	 */
	private void stopLock() {
		if (this.lock != null && this.spec.guard() == null) {
			this.lock.close();
		}
	}

	/**
	 * Not within a step that takes the lock of another segment.
	 */
	private void refuseAccesses() {
		AbstractSharedLock.betweenOwnSteps(this.guards, () -> {
			this.memory.close();
			discardIfTruncated();
		});
	}

	/**
	 * No thread can change the control block any more, and nobody takes this attachment
	 * for dead yet.
	 */
	private void freeLock() {
		if (this.attachments != null && this.lock instanceof FutexLock futex && this.spec.guard() == null) {
			futex.freeAfterClose(this.attachments.control(), this.attachments.ownerAddress());
		}
	}

}
