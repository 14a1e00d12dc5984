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

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.error.SegmentExistsException;
import io.github.shmbeans.error.SegmentNotFoundException;
import io.github.shmbeans.internal.control.Failures;
import io.github.shmbeans.internal.posix.FileDescriptor;
import io.github.shmbeans.internal.posix.MappedRange;
import io.github.shmbeans.internal.posix.MappedSemaphore;
import org.jspecify.annotations.Nullable;

/**
 * The file of a named semaphore, where glibc's {@code sem_open} has it. It is opened and
 * checked as that of a segment, and what was checked is mapped: {@code sem_open} would
 * believe whatever the name leads to.
 */
final class SemaphoreFile {

	/** {@code sem_open} gives the name by a second link and removes the first. */
	private static final long LINKING_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final SegmentSpec spec;

	private final String name;

	private final ExistingFile.Request request;

	/**
	 * Open a semaphore later.
	 * @param spec the spec of its lock
	 */
	SemaphoreFile(SegmentSpec spec) {
		this.spec = spec;
		this.name = spec.requireSegmentName();
		this.request = new ExistingFile.Request("Semaphore '%s'".formatted(this.name),
				SegmentName.semaphorePath(this.name), spec.permissions(), spec.foreignOwner(), false, false);
	}

	/**
	 * Open the semaphore as the spec says. To attach is to join one that CPython may have
	 * made without a segment that counts its users.
	 * @param data the data of the segment that counts who uses it: its first 64-bit word
	 * becomes 1 if the semaphore goes with the segment
	 */
	MappedSemaphore open(Memory data) {
		MappedSemaphore semaphore = switch (this.spec.mode()) {
			case CREATE -> create();
			case CREATE_OR_ATTACH -> openOrCreate();
			case ATTACH -> await(this.spec.attachTimeout());
		};
		if (this.spec.mode() != OpenMode.ATTACH) {
			data.slice(0, Long.BYTES).putLong(0, 1);
		}
		return semaphore;
	}

	/**
	 * Create the semaphore with the value 1.
	 * @return the semaphore
	 * @throws SegmentExistsException if there is one
	 */
	MappedSemaphore create() {
		MappedSemaphore semaphore = tryCreate();
		if (semaphore == null) {
			throw new SegmentExistsException("Semaphore '%s' was expected not to exist, found one".formatted(this.name),
					"Use mode create-or-attach or attach, choose another name, or remove %s if nobody needs it"
						.formatted(this.request.path()));
		}
		return semaphore;
	}

	/**
	 * Open the semaphore; create it with the value 1 if there is none.
	 * @return the semaphore
	 * @throws io.github.shmbeans.error.SharedMemoryException if it is not to be trusted
	 * or is no semaphore
	 */
	MappedSemaphore openOrCreate() {
		while (true) {
			MappedSemaphore semaphore = tryOpen();
			semaphore = (semaphore != null) ? semaphore : tryCreate();
			if (semaphore != null) {
				return semaphore;
			}
		}
	}

	/**
	 * Open the semaphore once it is there.
	 * @param timeout how long to wait for it
	 * @return the semaphore
	 * @throws io.github.shmbeans.error.SharedMemoryException if it is not there in time,
	 * is not to be trusted or is no semaphore
	 */
	MappedSemaphore await(Duration timeout) {
		long start = System.nanoTime();
		while (true) {
			MappedSemaphore semaphore = tryOpen();
			if (semaphore != null) {
				return semaphore;
			}
			if (System.nanoTime() - start >= timeout.toNanos()) {
				throw new SegmentNotFoundException(
						"Semaphore '%s' was expected to exist, found none after %d ms".formatted(this.name,
								timeout.toMillis()),
						"Start the process that creates it first, raise attach-timeout, or use mode create-or-attach");
			}
			Pause.interruptibly(this.request.subject());
		}
	}

	private @Nullable MappedSemaphore tryOpen() {
		long start = System.nanoTime();
		while (true) {
			try (ExistingFile existing = ExistingFile.open(this.request)) {
				if (existing == null) {
					return null;
				}
				requireSize(existing.status().size());
				if (existing.status().links() <= 1) {
					return new MappedSemaphore(MappedRange.map(existing.file(), MappedSemaphore.SIZE, true));
				}
				if (System.nanoTime() - start >= LINKING_NANOS) {
					existing.requireOneName();
				}
			}
			Pause.interruptibly(this.request.subject());
		}
	}

	private void requireSize(long size) {
		if (size != MappedSemaphore.SIZE) {
			throw new InvalidSegmentException("Semaphore '%s' was expected to have %d bytes, found a file of %d bytes"
				.formatted(this.name, MappedSemaphore.SIZE, size));
		}
	}

	/**
	 * Create it whole, as a segment.
	 */
	private @Nullable MappedSemaphore tryCreate() {
		try (FileDescriptor file = FileDescriptor.unnamed(SegmentName.DIRECTORY, this.spec.permissions())) {
			SegmentCreator.allocate(file, this.name, MappedSemaphore.SIZE);
			MappedRange range = MappedRange.map(file, MappedSemaphore.SIZE, true);
			return Failures.openOrUndo(() -> {
				MappedSemaphore semaphore = new MappedSemaphore(range);
				semaphore.initialize(1);
				return file.link(this.request.path()) ? semaphore : null;
			}, range::discard);
		}
	}

}
