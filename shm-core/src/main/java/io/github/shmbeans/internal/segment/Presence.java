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

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.shmbeans.ShutdownPolicy;
import io.github.shmbeans.error.SegmentAccessException;
import io.github.shmbeans.internal.control.Attachments;
import io.github.shmbeans.internal.control.Failures;
import io.github.shmbeans.internal.control.SegmentSchema;
import io.github.shmbeans.internal.posix.FileDescriptor;
import io.github.shmbeans.internal.posix.FileStatus;
import org.jspecify.annotations.Nullable;

/**
 * That this process uses a segment: the attachment, and the name with what closing does
 * to it. It refers to nothing that keeps the data reachable, so that it can end when
 * nobody can reach the data any more.
 */
final class Presence {

	private final String name;

	private final FileStatus file;

	private final ShutdownPolicy policy;

	private final @Nullable Attachments attachments;

	private final NameRemoval removal;

	private final boolean created;

	private volatile boolean settled;

	/** As far as it was known before the control block was lost to a truncation. */
	private volatile boolean asked;

	private final AtomicBoolean ended = new AtomicBoolean();

	Presence(String name, SegmentSchema schema, FileStatus file, ShutdownPolicy policy,
			@Nullable Attachments attachments, boolean created) {
		this.name = name;
		this.file = file;
		this.policy = policy;
		this.attachments = attachments;
		this.removal = new NameRemoval(name, file, schema.isSemaphore());
		this.created = created;
		this.asked = attachments != null && attachments.isRemovalRequested();
	}

	ShutdownPolicy policy() {
		return this.policy;
	}

	boolean isCreated() {
		return this.created;
	}

	FileStatus file() {
		return this.file;
	}

	/**
	 * Let the shutdown policy come into force.
	 */
	void settle() {
		this.settled = true;
		if (this.policy == ShutdownPolicy.UNLINK_IF_LAST && this.attachments != null) {
			this.attachments.requestRemoval();
			this.asked = true;
		}
	}

	boolean isLinked() {
		return this.removal.isLinked();
	}

	/**
	 * Remove the name if it leads to the segment.
	 */
	void unlink() {
		if (!this.removal.run()) {
			throw new SegmentAccessException(
					"Could not remove '%s': it belongs to user id %d, and this process runs as user id %d"
						.formatted(this.name, this.file.uid(), FileDescriptor.effectiveUser()),
					"Remove it as that user; its next opening after the last attachment is gone does so too");
		}
	}

	/**
	 * Begin to end.
	 * @return {@code false} if it has begun already
	 */
	boolean beginEnd() {
		return this.ended.compareAndSet(false, true);
	}

	/**
	 * Do to the name what closing does to it. A user who may not remove it leaves that to
	 * the owner's next opening.
	 */
	void removeName() {
		boolean now = this.settled && this.policy == ShutdownPolicy.UNLINK;
		Attachments attachments = this.attachments;
		if (attachments == null) {
			if (now) {
				unlink();
			}
			return;
		}
		Failures failures = new Failures();
		if (now) {
			failures.attempt(() -> removeAtOnce(attachments));
		}
		failures.attempt(() -> attachments.ifLast(() -> removeAsLast(attachments)));
		failures.rethrow();
	}

	private void removeAtOnce(Attachments attachments) {
		if (!this.removal.run(attachments.file())) {
			attachments.requestRemoval();
		}
	}

	/**
	 * Nobody can attach meanwhile. What was created and never given to anybody goes too.
	 */
	private void removeAsLast(Attachments attachments) {
		boolean remove = attachments.isRemovalRequested() || (attachments.isTruncated() && this.asked)
				|| (this.created && !this.settled);
		if (remove && !this.removal.run(attachments.file())) {
			attachments.abandon();
		}
	}

	/**
	 * Free the slot. Nothing of this process may be able to write to the segment any
	 * more.
	 */
	void leave() {
		if (this.attachments != null) {
			this.attachments.leave();
		}
	}

	/**
	 * End without a close: nobody can reach the data any more.
	 */
	void endUnreachable() {
		if (beginEnd()) {
			Failures failures = new Failures();
			failures.attempt(this::removeName);
			failures.attempt(this::leave);
			failures.rethrow();
		}
	}

}
