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

package io.github.shmbeans.internal.posix;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.jna.Pointer;

/**
 * A shared mapping of a file, seen through windows of at most 2 GiB that begin at every
 * multiple of {@link #WINDOW_STEP}. Any run of up to 1 GiB lies within the window of its
 * first byte.
 * <p>
 * {@link #discard()} replaces the memory by private zeros, so that no thread that is
 * still inside ever faults. The addresses themselves are freed when neither this object
 * nor a buffer over them is reachable, which a garbage collection finds out. Compiled
 * code may keep an address in a register after it has read the buffer from a field:
 * whoever hands out access must keep this object in a field that is never cleared. For
 * the same reason, methods that give an address to the system keep this object reachable
 * until the call has returned.
 */
public final class MappedRange {

	/** The distance between the beginnings of two windows: 1 GiB. */
	public static final long WINDOW_STEP = 1L << 30;

	private static final int PAGE = 4096;

	private static final int PROT_READ = 1;

	private static final int PROT_WRITE = 2;

	private static final int MAP_SHARED = 0x1;

	private static final int MAP_PRIVATE = 0x2;

	private static final int MAP_FIXED = 0x10;

	private static final int MAP_ANONYMOUS = 0x20;

	private static final int MAP_NORESERVE = 0x4000;

	private static final long MAP_FAILED = -1;

	private static final Cleaner CLEANER = Cleaner.create();

	static final DiscardedRanges DISCARDED = new DiscardedRanges();

	static {
		BufferSession.load();
	}

	private final Range range;

	private MappedRange(Range range) {
		this.range = range;
		range.retain(this);
	}

	/**
	 * Map a whole file.
	 * @param file the file; it may be closed afterwards
	 * @param size its size in bytes
	 * @param writable whether to map it for writing too
	 * @return the mapping
	 */
	public static MappedRange map(FileDescriptor file, long size, boolean writable) {
		return map(file, 0, size, writable);
	}

	/**
	 * Map a part of a file.
	 * @param file the file; it may be closed afterwards
	 * @param offset where the part begins, a multiple of the page size
	 * @param size its size in bytes
	 * @param writable whether to map it for writing too
	 * @return the mapping
	 */
	public static MappedRange map(FileDescriptor file, long offset, long size, boolean writable) {
		DISCARDED.collectIfTooMany();
		int protection = writable ? (PROT_READ | PROT_WRITE) : PROT_READ;
		long address = LibC.mmap(0, size, protection, MAP_SHARED, file.number(), offset);
		if (address == MAP_FAILED) {
			throw new PosixException("mmap of " + size + " bytes", file.toString(), LibC.errno());
		}
		return new MappedRange(new Range(address, size));
	}

	/**
	 * Set what to do when nobody can reach the mapping any more, before its addresses are
	 * freed.
	 * @param action what to do; it must not refer to this object or a buffer over it
	 */
	public void whenUnreachable(Runnable action) {
		this.range.action = action;
	}

	/**
	 * Make a buffer over a part of the mapping, in little-endian order. It may go beyond
	 * the size of the file up to the end of its last page, where nothing is stored. The
	 * addresses stay reserved as long as the buffer or a view of it is reachable.
	 * @param offset where it begins
	 * @param length how long it is, in bytes
	 * @return the buffer
	 */
	public ByteBuffer buffer(long offset, int length) {
		if (offset < 0 || length < 0 || offset > this.range.mapped() - length) {
			throw new IndexOutOfBoundsException(
					"Expected a part of %d bytes, found %d bytes at %d".formatted(this.range.size, length, offset));
		}
		try {
			ByteBuffer buffer = new Pointer(this.range.address).getByteBuffer(offset, length)
				.order(ByteOrder.LITTLE_ENDIAN);
			this.range.retain(buffer);
			return buffer;
		}
		finally {
			Reference.reachabilityFence(this);
		}
	}

	/**
	 * The address of a byte, for system calls.
	 * @param offset the offset of the byte
	 * @return its address, valid while a buffer over it is reachable
	 */
	public long address(long offset) {
		return this.range.address + offset;
	}

	/**
	 * Give the memory back to the system at once: every byte is zero from here on, and
	 * what is written goes nowhere.
	 */
	public void discard() {
		try {
			long found = LibC.mmap(this.range.address, this.range.size, PROT_READ | PROT_WRITE,
					MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0);
			if (found == MAP_FAILED) {
				throw new PosixException("mmap of private zeros", "a closed mapping", LibC.errno());
			}
			this.range.discarded();
		}
		finally {
			Reference.reachabilityFence(this);
		}
	}

	/**
	 * Counts who refers to the addresses: the mapping and each buffer.
	 */
	private static final class Range implements Runnable {

		private final long address;

		private final long size;

		private final AtomicInteger references = new AtomicInteger();

		private final AtomicBoolean discarded = new AtomicBoolean();

		private volatile Runnable action = () -> {
		};

		Range(long address, long size) {
			this.address = address;
			this.size = size;
		}

		/**
		 * The kernel maps whole pages, of at least 4096 bytes.
		 */
		long mapped() {
			return (this.size + PAGE - 1) / PAGE * PAGE;
		}

		void discarded() {
			if (this.discarded.compareAndSet(false, true)) {
				DISCARDED.add();
			}
		}

		void retain(Object referrer) {
			this.references.incrementAndGet();
			CLEANER.register(referrer, this);
		}

		@Override
		public void run() {
			if (this.references.decrementAndGet() == 0) {
				try {
					this.action.run();
				}
				finally {
					LibC.munmap(this.address, this.size);
					if (this.discarded.get()) {
						DISCARDED.remove();
					}
				}
			}
		}

	}

}
