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

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import io.github.shmbeans.error.AttachmentLimitException;
import io.github.shmbeans.posix.FileDescriptor;
import io.github.shmbeans.posix.FileLocks;
import io.github.shmbeans.posix.MappedRange;

/**
 * Who is attached to a segment, and whether they live. Each attachment holds an exclusive
 * lock on the byte of its slot and a shared lock on the presence byte, both far behind
 * the end of the file; the kernel frees them when its process ends. Safe for use by
 * several threads.
 */
public final class Attachments {

	/** The byte of slot 0. */
	static final long SLOT_BYTES = 1L << 62;

	/** The byte that every attachment shares and that the last one takes exclusively. */
	static final long PRESENCE_BYTE = SLOT_BYTES + (1L << 20);

	private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

	private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private final String name;

	private final FileDescriptor file;

	private final FileLocks locks;

	private final ByteBuffer bytes;

	private final ControlBlock control;

	private int slot = -1;

	private int epoch;

	private boolean left;

	private Attachments(String name, FileDescriptor file, FileLocks locks, ByteBuffer bytes) {
		this.name = name;
		this.file = file;
		this.locks = locks;
		this.bytes = bytes;
		this.control = new ControlBlock(name, bytes);
	}

	/**
	 * Take a slot. The presence byte must be shared already.
	 */
	static Attachments join(String name, FileDescriptor file, FileLocks locks, ByteBuffer control, Participant self) {
		Attachments attachments = observe(name, file, locks, control);
		for (int i = 0; i < ControlLayout.SLOTS_VALUE; i++) {
			if (locks.tryExclusive(SLOT_BYTES + i)) {
				attachments.take(i, self);
				return attachments;
			}
		}
		throw new AttachmentLimitException(
				"Segment '%s' was expected to have a free slot, found %d live attachments".formatted(name,
						ControlLayout.SLOTS_VALUE),
				"Close attachments that are no longer needed, or share through fewer processes");
	}

	/**
	 * Be present without a slot, for a process that may not write to the file.
	 */
	static Attachments observe(String name, FileDescriptor file, FileLocks locks, ByteBuffer control) {
		return new Attachments(name, file, locks, control);
	}

	private void take(int free, Participant self) {
		this.slot = free;
		INT.setVolatile(this.bytes, ControlLayout.slot(free, ControlLayout.SLOT_WAITING), 0);
		this.control.describeSlot(free, self);
		do {
			this.epoch = (int) INT.getAndAdd(this.bytes, ControlLayout.slot(free, ControlLayout.SLOT_EPOCH), 1) + 1;
		}
		while (isNamedByLock());
	}

	/**
	 * Whether a damaged lock says that this attachment, which is new, holds it: it would
	 * wait for itself.
	 */
	private boolean isNamedByLock() {
		long owner = (long) LONG.getVolatile(this.bytes, ControlLayout.OWNER);
		return (owner & 0xff) == this.slot + 1 && (int) (owner >>> Integer.SIZE) == this.epoch;
	}

	/**
	 * The slot of this attachment.
	 * @return the slot, from 0
	 */
	public int slot() {
		return this.slot;
	}

	/**
	 * The epoch of this attachment: it tells it from earlier ones of the same slot.
	 * @return the epoch, any 32-bit number
	 */
	public int epoch() {
		return this.epoch;
	}

	/**
	 * Whether an attachment lives: its process holds the byte of its slot, and no other
	 * has taken the slot since.
	 * @param slot its slot; one that does not exist counts as dead
	 * @param epoch its epoch
	 * @return {@code true} if it lives
	 */
	public synchronized boolean isAlive(int slot, int epoch) {
		if (slot < 0 || slot >= ControlLayout.SLOTS_VALUE) {
			return false;
		}
		boolean current = epoch == (int) INT.getVolatile(this.bytes,
				ControlLayout.slot(slot, ControlLayout.SLOT_EPOCH));
		return current && (slot == this.slot || isLocked(slot));
	}

	private boolean isLocked(int slot) {
		return !this.left && this.locks.findLocked(SLOT_BYTES + slot, 1) >= 0;
	}

	/**
	 * The live attachments, this one included.
	 * @return a snapshot, by slot
	 */
	public synchronized List<Attachment> list() {
		BitSet live = new BitSet(ControlLayout.SLOTS_VALUE);
		if (!this.left) {
			findLocked(0, ControlLayout.SLOTS_VALUE, live);
			if (this.slot >= 0) {
				live.set(this.slot);
			}
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
	 * The attachment of a slot, as it described itself.
	 * @param slot the slot
	 * @return the attachment, alive or not; empty if there is no such slot
	 */
	public Optional<Attachment> find(int slot) {
		boolean exists = slot >= 0 && slot < ControlLayout.SLOTS_VALUE;
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
	 * Map the file again.
	 */
	MappedRange map(long size) {
		return MappedRange.map(this.file, size, true);
	}

	/**
	 * Give the slot up and, if asked, find out whether this was the last attachment: then
	 * the first action runs while nobody can attach. The second one runs before others
	 * can find this attachment dead.
	 */
	synchronized void leave(Runnable ifLast, Runnable beforeDeath) {
		try {
			this.locks.unlock(PRESENCE_BYTE);
			if (this.slot >= 0) {
				if (this.locks.tryExclusive(PRESENCE_BYTE)) {
					ifLast.run();
					this.locks.unlock(PRESENCE_BYTE);
				}
				beforeDeath.run();
				this.locks.unlock(SLOT_BYTES + this.slot);
			}
		}
		finally {
			this.left = true;
			this.file.close();
		}
	}

	/**
	 * The size of the file now.
	 */
	synchronized long fileSize() {
		return this.left ? Long.MAX_VALUE : this.file.status().size();
	}

	@Override
	public String toString() {
		return "attachments of " + this.name;
	}

}
