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

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.lock.InterprocessLock;
import io.github.shmbeans.segment.Attachment;
import io.github.shmbeans.segment.Failures;
import io.github.shmbeans.segment.Segment;
import io.github.shmbeans.segment.SegmentKind;
import io.github.shmbeans.segment.SegmentSchema;
import org.jspecify.annotations.Nullable;

/**
 * An open segment with the lock that guards it: what all kinds of shared objects delegate
 * to. The lock is its own, that of another segment, or none.
 */
final class SegmentHandle {

	/** One close at a time looks for a moment between steps: locks may guard many. */
	private static final ReentrantLock PASSING = new ReentrantLock();

	private final Segment segment;

	private final OpenOptions options;

	private final @Nullable DefaultSharedLock lock;

	private final boolean ownLock;

	/** Locks of other segments that steps on this one take. */
	private final Set<InterprocessLock> guards = ConcurrentHashMap.newKeySet();

	private final ReentrantLock closing = new ReentrantLock();

	private volatile boolean closed;

	private Runnable afterClose = () -> {
	};

	SegmentHandle(Segment segment, OpenOptions options, @Nullable DefaultSharedLock lock, boolean ownLock) {
		this.segment = segment;
		this.options = options;
		this.lock = lock;
		this.ownLock = ownLock;
		if (lock != null && !ownLock) {
			guard(lock);
		}
	}

	/**
	 * Set what runs once the segment is closed.
	 */
	void afterClose(Runnable afterClose) {
		this.afterClose = afterClose;
	}

	/**
	 * Let {@link #close()} wait for the steps that take a lock of another segment.
	 */
	void guard(DefaultSharedLock guard) {
		if (!this.ownLock || guard != this.lock) {
			this.guards.add(guard.delegate());
		}
	}

	Segment segment() {
		return this.segment;
	}

	String name() {
		return this.segment.name();
	}

	SegmentKind kind() {
		return this.segment.schema().kind();
	}

	long dataSize() {
		return this.segment.schema().dataLength();
	}

	long fileSize() {
		return this.segment.fileSize();
	}

	/**
	 * How it was opened.
	 */
	OpenOptions options() {
		return this.options;
	}

	boolean isLocked() {
		return this.lock != null;
	}

	boolean isClosed() {
		return this.closed;
	}

	@Nullable InterprocessLock interprocessLock() {
		return (this.lock != null) ? this.lock.delegate() : null;
	}

	SharedLock lock() {
		if (this.lock == null) {
			throw new IllegalStateException(
					"Expected segment '%s' to have a lock, found it opened without. Open it with 'lock: true' or the key of a lock"
						.formatted(name()));
		}
		return this.lock;
	}

	void unlink() {
		this.segment.unlink();
	}

	SegmentStatus status() {
		SegmentSchema schema = this.segment.schema();
		boolean open = !isClosed();
		String type = (schema.typeCode() != 0) ? schema.text() : null;
		boolean managed = this.segment.isManaged();
		boolean truncated = open && this.segment.discardIfTruncated();
		boolean linked = open && this.segment.isLinked();
		List<Attachment> attachments = (open && managed) ? this.segment.attachments().list() : List.of();
		return new SegmentStatus(name(), kind(), type, schema.count(), fileSize(), this.segment.policy(), !open, linked,
				truncated, managed, attachments, (open && this.lock != null) ? this.lock.status() : null);
	}

	/**
	 * The exception for an access to a closed segment.
	 */
	SegmentClosedException closedException() {
		return new SegmentClosedException(name());
	}

	/**
	 * Close once; a concurrent call returns when the segment is closed, so that nothing
	 * is left to do when the last of them has returned.
	 */
	void close() {
		this.closed = true;
		this.segment.discardIfTruncated();
		Failures failures = new Failures();
		if (this.lock != null && this.ownLock) {
			failures.attempt(this.lock.delegate()::close);
		}
		this.closing.lock();
		try {
			if (!this.segment.isClosed()) {
				failures.attempt(this::refuseBetweenSteps);
				failures.attempt(this.segment::close);
				failures.attempt(this.afterClose);
			}
		}
		finally {
			this.closing.unlock();
		}
		failures.rethrow();
	}

	/**
	 * Steps that take a lock of another segment are over before.
	 */
	private void refuseBetweenSteps() {
		Runnable refuse = this.segment::refuse;
		for (InterprocessLock guard : this.guards) {
			Runnable next = refuse;
			refuse = () -> guard.betweenOwnSteps(next);
		}
		PASSING.lock();
		try {
			refuse.run();
		}
		finally {
			PASSING.unlock();
		}
	}

}
