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

package io.github.shmbeans.internal.control;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import io.github.shmbeans.Attachment;
import io.github.shmbeans.error.AttachmentLimitException;
import io.github.shmbeans.internal.posix.FileDescriptor;
import io.github.shmbeans.internal.posix.FileLocks;
import io.github.shmbeans.internal.posix.MappedRange;
import org.jspecify.annotations.Nullable;

/**
 * Who is attached to a segment, and whether they live. Each attachment holds an exclusive
 * lock on the byte of its slot and a shared lock on the presence byte, both far behind
 * the end of the file; the kernel frees them when its process ends. Safe for use by
 * several threads.
 */
public final class Attachments {

	/** The byte of slot 0. */
	public static final long SLOT_BYTES = 1L << 62;

	/** The byte that every attachment shares and that the last one takes exclusively. */
	public static final long PRESENCE_BYTE = SLOT_BYTES + (1L << 20);

	/** The byte of slot 0 that is locked while the slot is being taken. */
	public static final long JOINING_BYTES = SLOT_BYTES + (1L << 19);

	/** The bits of a word of the lock that name an attachment. */
	private static final long IDENTITY = 0xffffffff_000000ffL;

	private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

	private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private final String name;

	private final FileDescriptor file;

	private final FileLocks locks;

	private final long fileSize;

	/**
	 * The control block once more, so that a close that has discarded the segment's
	 * mapping needs no other.
	 */
	private final MappedRange range;

	private final ByteBuffer bytes;

	private final ControlBlock control;

	private int slot = -1;

	private int epoch;

	private boolean left;

	private Attachments(String name, FileDescriptor file, long fileSize, boolean writable) {
		this.name = name;
		this.file = file;
		this.locks = new FileLocks(file);
		this.fileSize = fileSize;
		this.range = MappedRange.map(file, fileSize - ControlLayout.LENGTH, ControlLayout.LENGTH, writable);
		this.bytes = this.range.buffer(0, ControlLayout.LENGTH);
		this.control = new ControlBlock(name, this.bytes);
	}

	/**
	 * Share the presence byte and take a slot.
	 * @param name the segment name
	 * @param file the file, opened for this alone; leaving closes it
	 * @param fileSize its size in bytes
	 * @param self who attaches
	 * @return the attachments, or {@code null} if the name is just being removed; the
	 * file is then open
	 */
	public static @Nullable Attachments join(String name, FileDescriptor file, long fileSize, ProcessInfo self) {
		Attachments attachments = new Attachments(name, file, fileSize, true);
		return Failures.openOrUndo(() -> {
			if (!attachments.locks.tryShared(PRESENCE_BYTE)) {
				return null;
			}
			attachments.takeAny(self);
			return attachments;
		}, attachments.range::discard);
	}

	private void takeAny(ProcessInfo self) {
		for (int i = 0; i < ControlLayout.SLOTS_VALUE; i++) {
			if (tryTake(i, self)) {
				return;
			}
		}
		throw new AttachmentLimitException(
				"Segment '%s' was expected to have a free slot, found %d live attachments".formatted(this.name,
						ControlLayout.SLOTS_VALUE),
				"Close attachments that are no longer needed, or share through fewer processes");
	}

	/**
	 * Look on without a slot, for a process that may not write to the file: it is not
	 * counted. It takes no lock, not even for a moment, in which the last attachment
	 * could take it for another one.
	 * @param name the segment name
	 * @param file the file, opened for this alone; leaving closes it
	 * @param fileSize its size in bytes
	 * @return the attachments, or {@code null} if the name is just being removed; the
	 * file is then open
	 */
	public static @Nullable Attachments observe(String name, FileDescriptor file, long fileSize) {
		boolean removing = new FileLocks(file).findLocked(PRESENCE_BYTE, 1) >= 0;
		return removing ? null : new Attachments(name, file, fileSize, false);
	}

	/**
	 * A process that takes a slot locks a byte for that first. So nobody else can take
	 * the slot between the look whether it is free and the lock on its byte, and the
	 * epoch is raised before: a process that is stopped in between does not make the
	 * attachment that had the slot before look alive.
	 */
	private boolean tryTake(int free, ProcessInfo self) {
		if (!this.locks.tryExclusive(JOINING_BYTES + free)) {
			return false;
		}
		try {
			if (this.locks.findLocked(SLOT_BYTES + free, 1) >= 0) {
				return false;
			}
			take(free, self);
			return this.locks.tryExclusive(SLOT_BYTES + free);
		}
		finally {
			this.locks.unlock(JOINING_BYTES + free);
		}
	}

	/**
	 * The owner word of a damaged lock may name this attachment, which is new: with that
	 * epoch, everybody would wait for it.
	 */
	private void take(int free, ProcessInfo self) {
		this.slot = free;
		INT.setVolatile(this.bytes, ControlLayout.slot(free, ControlLayout.SLOT_WAITING), 0);
		this.control.describeSlot(free, self);
		do {
			this.epoch = (int) INT.getAndAdd(this.bytes, ControlLayout.slot(free, ControlLayout.SLOT_EPOCH), 1) + 1;
		}
		while (identity((long) LONG.getVolatile(this.bytes, ControlLayout.OWNER)) == identity());
	}

	/**
	 * The name of the segment.
	 * @return the name
	 */
	public String segment() {
		return this.name;
	}

	/**
	 * The slot of this attachment.
	 * @return the slot, from 0; negative without one
	 */
	public int slot() {
		return this.slot;
	}

	/**
	 * How the words of the lock name this attachment: slot + 1 in the lowest byte, and in
	 * the high half the epoch, which tells it from earlier ones of the same slot.
	 * @return the identity
	 */
	public long identity() {
		return ((long) this.epoch << Integer.SIZE) | (this.slot + 1);
	}

	/**
	 * The attachment that a word of the lock names.
	 * @param word the word
	 * @return the identity
	 */
	public static long identity(long word) {
		return word & IDENTITY;
	}

	private static int epoch(long identity) {
		return (int) (identity >>> Integer.SIZE);
	}

	private static int slot(long identity) {
		return (int) (identity & 0xff) - 1;
	}

	/**
	 * Whether an attachment lives: its process holds the byte of its slot, and no other
	 * has taken the slot since.
	 * @param identity its identity; one that does not exist counts as dead
	 * @return {@code true} if it lives
	 */
	public synchronized boolean isAlive(long identity) {
		int slot = slot(identity);
		int epoch = epoch(identity);
		if (slot < 0 || slot >= ControlLayout.SLOTS_VALUE) {
			return false;
		}
		return isCurrent(slot, epoch) && (slot == this.slot || (isLocked(slot) && isCurrent(slot, epoch)));
	}

	/**
	 * Read before the look at the byte, which costs more, and after it: another
	 * attachment may have taken the slot in between, and raises the epoch first.
	 */
	private boolean isCurrent(int slot, int epoch) {
		return epoch == (int) INT.getVolatile(this.bytes, ControlLayout.slot(slot, ControlLayout.SLOT_EPOCH));
	}

	private boolean isLocked(int slot) {
		return !this.left && this.locks.findLocked(SLOT_BYTES + slot, 1) >= 0;
	}

	/**
	 * The live attachments, this one included.
	 * @return a snapshot, by slot; empty if the file was truncated
	 */
	public synchronized List<Attachment> list() {
		if (this.left || isTruncated()) {
			return List.of();
		}
		BitSet live = new BitSet(ControlLayout.SLOTS_VALUE);
		findLocked(0, ControlLayout.SLOTS_VALUE, live);
		if (this.slot >= 0) {
			live.set(this.slot);
		}
		return live.stream().mapToObj(this.control::attachment).toList();
	}

	/**
	 * The kernel names any locked byte of a range, not the first: halve around it.
	 */
	private void findLocked(int from, int to, BitSet found) {
		long locked = (from < to) ? this.locks.findLocked(SLOT_BYTES + from, to - from) : -1;
		if (locked >= 0) {
			int at = (int) (locked - SLOT_BYTES);
			found.set(at);
			findLocked(from, at, found);
			findLocked(at + 1, to, found);
		}
	}

	/**
	 * An attachment, as it described itself.
	 * @param identity its identity
	 * @return the attachment, alive or not; empty if another one has taken its slot since
	 */
	public Optional<Attachment> find(long identity) {
		int slot = slot(identity);
		boolean exists = slot >= 0 && slot < ControlLayout.SLOTS_VALUE && isCurrent(slot, epoch(identity));
		return exists ? Optional.of(this.control.attachment(slot)) : Optional.empty();
	}

	/**
	 * The threads of live attachments that wait for the lock.
	 * @return their number
	 */
	public int waiting() {
		return (int) Math.min(Integer.MAX_VALUE, list().stream().mapToLong(Attachment::waiting).sum());
	}

	/**
	 * Count a thread of this attachment that begins or ends to wait.
	 * @param change 1 or -1
	 */
	public void addWaiting(int change) {
		INT.getAndAdd(this.bytes, ControlLayout.slot(this.slot, ControlLayout.SLOT_WAITING), change);
	}

	/**
	 * Ask for the removal of the name by the last attachment.
	 */
	public void requestRemoval() {
		if (this.slot >= 0) {
			this.control.setRemoval(ControlLayout.REMOVAL_BY_LAST);
		}
	}

	/**
	 * Whether the last attachment is to remove the name.
	 * @return {@code true} if so
	 */
	public boolean isRemovalRequested() {
		return this.control.isRemovalRequested();
	}

	/**
	 * Leave the removal of the name to the owner of the file.
	 */
	public void abandon() {
		this.control.setRemoval(ControlLayout.REMOVAL_BY_OWNER);
	}

	/**
	 * Give up the share of the presence byte and find out whether this was the last
	 * attachment: then the action runs while nobody can attach. The last one never lets
	 * go of the byte before. If another one is there, it does: of several that leave at
	 * the same time, the last finds nobody.
	 * @param action what to do
	 */
	public synchronized void ifLast(Runnable action) {
		boolean last = this.slot >= 0 && this.locks.tryExclusive(PRESENCE_BYTE);
		if (!last) {
			this.locks.unlock(PRESENCE_BYTE);
			last = this.slot >= 0 && this.locks.tryExclusive(PRESENCE_BYTE);
		}
		if (last) {
			try {
				action.run();
			}
			finally {
				this.locks.unlock(PRESENCE_BYTE);
			}
		}
	}

	/**
	 * The file that this attachment keeps open.
	 * @return the file, open until {@link #leave()}
	 */
	public FileDescriptor file() {
		return this.file;
	}

	/**
	 * The control block in a mapping that {@link #leave()} discards.
	 * @return the control block
	 */
	public ByteBuffer control() {
		return this.bytes;
	}

	/**
	 * The address of the owner word in that mapping.
	 * @return the address
	 */
	public long ownerAddress() {
		return this.range.address(ControlLayout.OWNER);
	}

	/**
	 * Give the slot up and close the file.
	 */
	public synchronized void leave() {
		this.left = true;
		Failures failures = new Failures();
		if (failures.attempt(this.range::discard)) {
			failures.attempt(this::freeSlot);
			failures.attempt(this.file::close);
		}
		failures.rethrow();
	}

	/**
	 * Explicitly: a child process may have the descriptor still.
	 */
	private void freeSlot() {
		if (this.slot >= 0) {
			this.locks.unlock(SLOT_BYTES + this.slot);
		}
	}

	/**
	 * Whether another program has truncated the file: then nothing of it may be touched.
	 * @return {@code true} if so
	 */
	public synchronized boolean isTruncated() {
		return !this.left && this.file.status().size() < this.fileSize;
	}

	/**
	 * Replace the control block by zeros.
	 */
	public void discard() {
		this.range.discard();
	}

	@Override
	public String toString() {
		return "attachments of " + this.name;
	}

}
