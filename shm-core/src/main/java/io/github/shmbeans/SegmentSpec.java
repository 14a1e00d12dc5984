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
import java.util.List;
import java.util.Locale;

import io.github.shmbeans.error.InvalidOptionException;
import org.jspecify.annotations.Nullable;

/**
 * A request to open a segment: what a builder collects, and what an engine is given. The
 * options are valid by themselves and agree. Whether the initial data fits its element
 * type is checked by {@link SegmentBuilder#spec()}, and the segment name when it is
 * known.
 *
 * @param key the key under which the manager keeps the segment
 * @param segmentName the segment name: 1 to 250 of {@code A-Z a-z 0-9 . _ -}, no leading
 * dot; {@code null} for the manager's namespace and the key
 * @param content what the segment is to hold
 * @param mode whether to create or to attach
 * @param onShutdown what closing does to the name; {@code null} for the default, see
 * {@link #shutdownPolicy}
 * @param onMismatch what to do with a segment that does not fit
 * @param attachTimeout how long to wait for a segment that is not there yet, 0 or more
 * @param locking whether accesses take a lock
 * @param guard the lock of another segment that accesses take; {@code null} for the
 * segment's own
 * @param lockTimeout how long an access waits for the lock, greater than 0; {@code null}
 * for no limit
 * @param onOwnerDeath what an acquisition does after a holder died
 * @param recoveryHandler who repairs the data after a holder died; {@code null} for
 * nobody
 * @param permissions the permission bits of a new segment, and the most write permissions
 * that an existing one may give to group and others
 * @param access whether the data may be written
 * @param foreignOwner whether another user may own the segment
 */
public record SegmentSpec(String key, @Nullable String segmentName, Content content, OpenMode mode,
		@Nullable ShutdownPolicy onShutdown, MismatchPolicy onMismatch, Duration attachTimeout, Locking locking,
		@Nullable SharedLock guard, @Nullable Duration lockTimeout, OwnerDeathPolicy onOwnerDeath,
		@Nullable RecoveryHandler recoveryHandler, int permissions, AccessMode access, boolean foreignOwner) {

	private static final int LONGEST_NAME = 250;

	/** About 292 years: longer timeouts are cut to it. */
	private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

	/**
	 * Check what can be checked without the codecs.
	 * @throws InvalidOptionException if an option is out of range, or contradicts another
	 */
	public SegmentSpec {
		attachTimeout = (attachTimeout.compareTo(LONGEST) > 0) ? LONGEST : attachTimeout;
		lockTimeout = (lockTimeout != null && lockTimeout.compareTo(LONGEST) > 0) ? LONGEST : lockTimeout;
		if (segmentName != null) {
			requireName(segmentName);
		}
		if (attachTimeout.isNegative()) {
			throw new InvalidOptionException("attach-timeout",
					"Expected an attach timeout of zero or more, found " + attachTimeout, "Use zero to fail at once");
		}
		if (lockTimeout != null && (lockTimeout.isNegative() || lockTimeout.isZero())) {
			throw new InvalidOptionException("lock-timeout",
					"Expected a lock timeout greater than zero, found " + lockTimeout,
					"Leave it out to wait without limit");
		}
		if (lockTimeout != null && locking == Locking.NONE) {
			throw new InvalidOptionException("lock-timeout",
					"Expected no lock timeout without a lock, found %s".formatted(lockTimeout),
					"Leave it out, or open the segment with a lock");
		}
		if (guard != null) {
			requireOptionsOfGuard(lockTimeout, onOwnerDeath, recoveryHandler);
		}
		if ((permissions & ~0666) != 0 || (permissions & 0600) != 0600) {
			throw new InvalidOptionException("permissions",
					"Expected permissions of 0600 to 0666 with read and write for the owner, found 0%o"
						.formatted(permissions),
					"Use 0600, 0660 or the like");
		}
		if (access == AccessMode.READ_ONLY && mode == OpenMode.CREATE) {
			throw new InvalidOptionException("mode", "Expected a mode that attaches for access read-only, found create",
					"Use mode attach, or access read-write");
		}
		if (access == AccessMode.READ_ONLY && content instanceof Lock) {
			throw new InvalidOptionException("access",
					"Expected access read-write for lock '%s', found read-only".formatted(key),
					"Leave access out: taking a lock writes to it");
		}
		if (onMismatch == MismatchPolicy.REPLACE_IF_UNUSED && !mayCreate(mode, access)) {
			throw new InvalidOptionException("on-mismatch",
					"Expected on-mismatch fail where the segment is not created, found replace-if-unused",
					"Leave on-mismatch out, or use a mode that creates and access read-write");
		}
		requireContent(key, content, mayCreate(mode, access));
		if (content instanceof Lock && (locking == Locking.NONE || guard != null)) {
			throw new InvalidOptionException("lock",
					"Expected lock '%s' to be a lock of its own, found it declared %s".formatted(key,
							(guard != null) ? "with the lock of another segment" : "without"),
					"Leave the option lock out");
		}
	}

	/**
	 * What happens to a lock of another segment is decided where that is opened.
	 */
	private static void requireOptionsOfGuard(@Nullable Duration lockTimeout, OwnerDeathPolicy onOwnerDeath,
			@Nullable RecoveryHandler recoveryHandler) {
		if (lockTimeout != null) {
			throw new InvalidOptionException("lock-timeout",
					"Expected no lock timeout with the lock of another segment, found %s".formatted(lockTimeout),
					"Set it where that lock is declared");
		}
		if (onOwnerDeath != OwnerDeathPolicy.REPORT) {
			throw new InvalidOptionException("on-owner-death",
					"Expected no policy for a death with the lock of another segment, found %s"
						.formatted(onOwnerDeath.name().toLowerCase(Locale.ROOT)),
					"Set it where that lock is declared");
		}
		if (recoveryHandler != null) {
			throw new InvalidOptionException("recovery-handler",
					"Expected no recovery handler with the lock of another segment, found one",
					"Set it where that lock is declared");
		}
	}

	private static void requireContent(String key, Content content, boolean mayCreate) {
		if (content instanceof Items list && list.items() == null && mayCreate) {
			throw new InvalidOptionException("initial", "Expected the items of list '%s', found none".formatted(key),
					"Set initial; only mode attach and read-only access go without");
		}
		if (content instanceof Block block && (block.size() < 0 || (block.size() == 0 && mayCreate))) {
			throw new InvalidOptionException("size",
					"Expected a size of at least 1 byte for block '%s', found %s".formatted(key,
							(block.size() == 0) ? "none" : String.valueOf(block.size())),
					"Declare how many bytes to share; only mode attach and read-only access go without");
		}
	}

	/**
	 * Hand-written instead of a pattern: it runs for thousands of segments during
	 * start-up, before JIT compilation.
	 */
	private static void requireName(String name) {
		boolean valid = !name.isEmpty() && name.length() <= LONGEST_NAME && name.charAt(0) != '.';
		for (int i = 0; valid && i < name.length(); i++) {
			valid = isAllowed(name.charAt(i));
		}
		if (!valid) {
			throw new InvalidOptionException("segment-name",
					"Expected a segment name of 1 to 250 characters A-Z a-z 0-9 . _ - without leading dot, found '%s' (%d characters)"
						.formatted(name, name.length()),
					"Choose another key, namespace or segment name");
		}
	}

	private static boolean isAllowed(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || character == '.' || character == '_' || character == '-';
	}

	/**
	 * Begin the spec of a value, for {@link SharedMemoryManager#open(SegmentSpec)}.
	 * @param <T> the Java type of the element type
	 * @param key the key
	 * @param type the element type
	 * @return a builder that ends with {@link SegmentBuilder#spec()}
	 */
	public static <T> ValueBuilder<T> value(String key, ElementType<T> type) {
		return new ValueBuilder<>(null, key, type);
	}

	/**
	 * Begin the spec of an array.
	 * @param <T> the Java type of the element type
	 * @param key the key
	 * @param type the element type
	 * @return a builder that ends with {@link SegmentBuilder#spec()}
	 */
	public static <T> ArrayBuilder<T> array(String key, ElementType<T> type) {
		return new ArrayBuilder<>(null, key, type);
	}

	/**
	 * Begin the spec of a list.
	 * @param key the key
	 * @return a builder that ends with {@link SegmentBuilder#spec()}
	 */
	public static ListBuilder list(String key) {
		return new ListBuilder(null, key);
	}

	/**
	 * Begin the spec of a block of bytes.
	 * @param key the key
	 * @return a builder that ends with {@link SegmentBuilder#spec()}
	 */
	public static BlockBuilder block(String key) {
		return new BlockBuilder(null, key);
	}

	/**
	 * Begin the spec of a lock that stands alone.
	 * @param key the key
	 * @return a builder that ends with {@link SegmentBuilder#spec()}
	 */
	public static LockBuilder lock(String key) {
		return new LockBuilder(null, key);
	}

	/**
	 * What closing does to the name.
	 * @param managed whether the segment has a control block
	 * @param created whether this opening has created it
	 * @return the policy; by default {@link ShutdownPolicy#CLOSE} for
	 * {@link OpenMode#ATTACH}, for read-only access and for segments that others made,
	 * else {@link ShutdownPolicy#UNLINK_IF_LAST}
	 */
	public ShutdownPolicy shutdownPolicy(boolean managed, boolean created) {
		if (this.onShutdown != null) {
			return this.onShutdown;
		}
		return (created || (managed && mayCreate())) ? ShutdownPolicy.UNLINK_IF_LAST : ShutdownPolicy.CLOSE;
	}

	/**
	 * Whether opening may create the segment.
	 * @return {@code false} for {@link OpenMode#ATTACH} and for read-only access
	 */
	public boolean mayCreate() {
		return mayCreate(this.mode, this.access);
	}

	private static boolean mayCreate(OpenMode mode, AccessMode access) {
		return mode != OpenMode.ATTACH && access == AccessMode.READ_WRITE;
	}

	/**
	 * Whether the segment itself must have a lock.
	 * @return {@code true} if accesses take the segment's own lock
	 */
	public boolean requiresOwnLock() {
		return this.locking == Locking.REQUIRED && this.guard == null;
	}

	/**
	 * Whether a new segment begins with given data.
	 * @return {@code false} if it begins with zeros
	 */
	public boolean hasInitialData() {
		if (this.content instanceof Value<?> value) {
			return value.initial() != null;
		}
		if (this.content instanceof Array<?> array) {
			return array.initial() != null || array.text() != null;
		}
		return this.content instanceof Items list && list.items() != null;
	}

	/**
	 * The name of the segment that is opened.
	 * @return the name
	 * @throws IllegalStateException if only a manager can tell it
	 */
	public String requireSegmentName() {
		if (this.segmentName == null) {
			throw new IllegalStateException(
					"Expected '%s' to have a segment name, found none. Use segmentName(…), or open it with a manager"
						.formatted(this.key));
		}
		return this.segmentName;
	}

	/**
	 * This spec with a segment name.
	 * @param namespace what comes before the key if there is no name
	 * @return a copy, or this spec if it has a name
	 * @throws InvalidOptionException if that is no segment name
	 */
	public SegmentSpec inNamespace(String namespace) {
		return (this.segmentName != null) ? this
				: copy(namespace + this.key, this.locking, this.guard, this.recoveryHandler);
	}

	/**
	 * This spec with another locking, of the segment's own lock.
	 * @param locking whether accesses take it
	 * @return a copy
	 */
	public SegmentSpec withLocking(Locking locking) {
		return copy(this.segmentName, locking, null, this.recoveryHandler);
	}

	/**
	 * This spec, guarded by the lock of another segment.
	 * @param guard the lock
	 * @return a copy
	 */
	public SegmentSpec withGuard(SharedLock guard) {
		return copy(this.segmentName, Locking.REQUIRED, guard, this.recoveryHandler);
	}

	/**
	 * This spec with a recovery handler.
	 * @param recoveryHandler the handler
	 * @return a copy
	 */
	public SegmentSpec withRecoveryHandler(RecoveryHandler recoveryHandler) {
		return copy(this.segmentName, this.locking, this.guard, recoveryHandler);
	}

	private SegmentSpec copy(@Nullable String segmentName, Locking locking, @Nullable SharedLock guard,
			@Nullable RecoveryHandler recoveryHandler) {
		return new SegmentSpec(this.key, segmentName, this.content, this.mode, this.onShutdown, this.onMismatch,
				this.attachTimeout, locking, guard, this.lockTimeout, this.onOwnerDeath, recoveryHandler,
				this.permissions, this.access, this.foreignOwner);
	}

	/**
	 * Whether accesses take a lock.
	 */
	public enum Locking {

		/** They do; a segment that has none is refused. */
		REQUIRED,

		/** They take the lock of the segment if it has one and this process can. */
		IF_POSSIBLE,

		/** They do not. */
		NONE

	}

	/**
	 * What a segment is to hold.
	 */
	public sealed interface Content permits Value, Array, Items, Block, Lock {

		/**
		 * What it is.
		 * @return the kind
		 */
		SegmentKind kind();

	}

	/**
	 * A value.
	 *
	 * @param <T> the Java type of the element type
	 * @param type the element type
	 * @param initial the value that a new segment begins with; {@code null} for zeros
	 */
	public record Value<T>(ElementType<T> type, @Nullable T initial) implements Content {

		@Override
		public SegmentKind kind() {
			return SegmentKind.VALUE;
		}

	}

	/**
	 * An array.
	 *
	 * @param <T> the Java type of the element type
	 * @param type the element type
	 * @param shape the number of elements, in one dimension or several; {@code null} for
	 * that of the initial data or, when attaching, of what is there
	 * @param initial the elements that a new segment begins with; {@code null} for none
	 * @param text the text that a new character array begins with; {@code null} for none
	 */
	public record Array<T>(ElementType<T> type, @Nullable Shape shape, @Nullable List<T> initial,
			@Nullable String text) implements Content {

		@Override
		public SegmentKind kind() {
			return SegmentKind.ARRAY;
		}

	}

	/**
	 * A list.
	 *
	 * @param items the items that a new segment begins with; {@code null} to take those
	 * that are there
	 */
	public record Items(@Nullable List<Item> items) implements Content {

		@Override
		public SegmentKind kind() {
			return SegmentKind.LIST;
		}

	}

	/**
	 * An item of a list.
	 *
	 * @param value the first value
	 * @param capacity the room for later values in bytes; 0 for what the first one needs
	 */
	public record Item(@Nullable Object value, int capacity) {
	}

	/**
	 * A block of bytes.
	 *
	 * @param size the size in bytes; 0 to take what is there
	 */
	public record Block(long size) implements Content {

		@Override
		public SegmentKind kind() {
			return SegmentKind.BLOCK;
		}

	}

	/**
	 * Nothing but a lock.
	 *
	 * @param lockKind the mechanism
	 */
	public record Lock(LockKind lockKind) implements Content {

		@Override
		public SegmentKind kind() {
			return SegmentKind.LOCK;
		}

	}

}
