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

import java.time.Duration;

import io.github.shmbeans.SegmentSpec.Content;
import io.github.shmbeans.SegmentSpec.Locking;
import org.jspecify.annotations.Nullable;

/**
 * What all segments have in common when they are opened. Not safe for use by several
 * threads; every option has a default.
 *
 * @param <B> the builder's own type
 */
public abstract sealed class SegmentBuilder<B extends SegmentBuilder<B>>
		permits ValueBuilder, ArrayBuilder, ListBuilder, BlockBuilder, LockBuilder {

	private final @Nullable SharedMemoryManager manager;

	private final String key;

	private @Nullable String segmentName;

	private OpenMode mode = OpenMode.CREATE_OR_ATTACH;

	private @Nullable ShutdownPolicy onShutdown;

	private MismatchPolicy onMismatch = MismatchPolicy.FAIL;

	private Duration attachTimeout = Duration.ZERO;

	private boolean locked = true;

	private @Nullable SharedLock lock;

	private @Nullable Duration lockTimeout;

	private OwnerDeathPolicy onOwnerDeath = OwnerDeathPolicy.REPORT;

	private @Nullable RecoveryHandler recoveryHandler;

	private int permissions = 0600;

	private AccessMode access = AccessMode.READ_WRITE;

	private boolean foreignOwner;

	SegmentBuilder(@Nullable SharedMemoryManager manager, String key) {
		this.manager = manager;
		this.key = key;
	}

	abstract B self();

	/**
	 * Set the name of the segment.
	 * @param segmentName the name: 1 to 250 of {@code A-Z a-z 0-9 . _ -}, no leading dot;
	 * by default the namespace of the manager that opens it, and the key
	 * @return this builder
	 */
	public B segmentName(String segmentName) {
		this.segmentName = segmentName;
		return self();
	}

	/**
	 * Set how the segment is opened.
	 * @param mode the mode, {@link OpenMode#CREATE_OR_ATTACH} by default
	 * @return this builder
	 */
	public B mode(OpenMode mode) {
		this.mode = mode;
		return self();
	}

	/**
	 * Set what closing does to the name.
	 * @param onShutdown the policy; by default {@link ShutdownPolicy#CLOSE} for
	 * {@link OpenMode#ATTACH}, for read-only access and for segments without a control
	 * block, else {@link ShutdownPolicy#UNLINK_IF_LAST}
	 * @return this builder
	 */
	public B onShutdown(ShutdownPolicy onShutdown) {
		this.onShutdown = onShutdown;
		return self();
	}

	/**
	 * Set what to do with a segment that does not fit.
	 * @param onMismatch the policy, {@link MismatchPolicy#FAIL} by default
	 * @return this builder
	 */
	public B onMismatch(MismatchPolicy onMismatch) {
		this.onMismatch = onMismatch;
		return self();
	}

	/**
	 * Set how long {@link OpenMode#ATTACH} or read-only access waits for a segment that
	 * is not there yet.
	 * @param attachTimeout the time, zero by default
	 * @return this builder
	 */
	public B attachTimeout(Duration attachTimeout) {
		this.attachTimeout = attachTimeout;
		return self();
	}

	/**
	 * Set whether accesses take the segment's own lock.
	 * @param locked {@code true}, the default, or {@code false} for the raw form
	 * @return this builder
	 */
	public B locked(boolean locked) {
		this.locked = locked;
		this.lock = null;
		return self();
	}

	/**
	 * Guard the segment with a lock of another segment, as CPython's {@code lock=}
	 * argument. Its timeout, its policy for a death and its recovery handler are those it
	 * was opened with.
	 * @param lock a lock that a manager of this library has opened
	 * @return this builder
	 */
	public B lock(SharedLock lock) {
		this.lock = lock;
		this.locked = true;
		return self();
	}

	/**
	 * Set how long an access waits for the lock before it fails with a
	 * {@link io.github.shmbeans.error.LockTimeoutException}.
	 * @param lockTimeout the time, greater than zero; no limit by default
	 * @return this builder
	 */
	public B lockTimeout(Duration lockTimeout) {
		this.lockTimeout = lockTimeout;
		return self();
	}

	/**
	 * Set what an acquisition does after a holder died.
	 * @param onOwnerDeath the policy, {@link OwnerDeathPolicy#REPORT} by default
	 * @return this builder
	 */
	public B onOwnerDeath(OwnerDeathPolicy onOwnerDeath) {
		this.onOwnerDeath = onOwnerDeath;
		return self();
	}

	/**
	 * Set who repairs the data after a holder died.
	 * @param recoveryHandler the handler, none by default
	 * @return this builder
	 */
	public B recoveryHandler(RecoveryHandler recoveryHandler) {
		this.recoveryHandler = recoveryHandler;
		return self();
	}

	/**
	 * Set the permission bits of a new segment. Attaching fails if the file gives group
	 * or others more write permission than this.
	 * @param permissions the bits, {@code 0600} by default; the owner must be able to
	 * read and write
	 * @return this builder
	 */
	public B permissions(int permissions) {
		this.permissions = permissions;
		return self();
	}

	/**
	 * Set whether the data may be written.
	 * @param access the access, {@link AccessMode#READ_WRITE} by default
	 * @return this builder
	 */
	public B access(AccessMode access) {
		this.access = access;
		return self();
	}

	/**
	 * Set whether to attach to a segment that another user owns.
	 * @param foreignOwner {@code false}, the default, to refuse it
	 * @return this builder
	 */
	public B foreignOwner(boolean foreignOwner) {
		this.foreignOwner = foreignOwner;
		return self();
	}

	/**
	 * Check the options without opening anything.
	 * @return what {@link SharedMemoryManager#open(SegmentSpec)} takes
	 * @throws io.github.shmbeans.error.InvalidOptionException if an option is out of
	 * range or contradicts another
	 * @throws IllegalArgumentException if the initial data does not fit its type
	 */
	public SegmentSpec spec() {
		SegmentSpec spec = new SegmentSpec(this.key, this.segmentName, content(), this.mode, this.onShutdown,
				this.onMismatch, this.attachTimeout, this.locked ? Locking.REQUIRED : Locking.NONE, this.lock,
				this.lockTimeout, this.onOwnerDeath, this.recoveryHandler, this.permissions, this.access,
				this.foreignOwner);
		Providers.get().check(spec);
		return spec;
	}

	abstract Content content();

	final SharedSegment openSegment() {
		if (this.manager == null) {
			throw new IllegalStateException(
					"Expected a manager to open '%s', found none. Use spec(), and open(…) of a manager"
						.formatted(this.key));
		}
		return this.manager.open(spec());
	}

}
