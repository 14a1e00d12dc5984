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

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.shmbeans.AccessMode;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.error.InsufficientMemoryException;
import io.github.shmbeans.error.SegmentAccessException;
import io.github.shmbeans.error.SegmentExistsException;
import io.github.shmbeans.error.SegmentMismatchException;
import io.github.shmbeans.error.SegmentNotFoundException;
import io.github.shmbeans.internal.posix.FileDescriptor;
import io.github.shmbeans.internal.posix.FileStatus;
import org.jspecify.annotations.Nullable;

/**
 * Decides, as the mode says, between creating and attaching, and tries again when another
 * process got in between.
 */
final class SegmentOpener {

	/** For a creator between {@code shm_open} and {@code ftruncate}, however slow. */
	private static final long EMPTY_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long BUSY_NANOS = TimeUnit.SECONDS.toNanos(10);

	/** For another process that builds the same segment and has no name for it yet. */
	private static final long FULL_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final SegmentSpec spec;

	private final String name;

	private final SegmentAttacher attacher;

	private final SegmentCreator creator;

	private final long start = System.nanoTime();

	private long emptySince;

	private long fullSince;

	SegmentOpener(SegmentSpec spec, SegmentImage image, String application) {
		this.spec = spec;
		this.name = spec.requireSegmentName();
		this.attacher = new SegmentAttacher(spec, image.schema(), application);
		this.creator = new SegmentCreator(spec, image, application);
	}

	/**
	 * Open the segment.
	 * @param mode how: as the spec says, or to join a semaphore that may lack the segment
	 * that counts its users
	 */
	Segment open(OpenMode mode) {
		return switch (mode) {
			case CREATE_OR_ATTACH -> (this.spec.access() == AccessMode.READ_WRITE) ? createOrAttach() : attach();
			case CREATE -> create();
			case ATTACH -> attach();
		};
	}

	private Segment createOrAttach() {
		while (true) {
			Segment segment = exists() ? this.attacher.tryAttach() : tryCreateOrLookAgain();
			if (segment != null) {
				return segment;
			}
			pauseWhileThere(FileDescriptor.status(SegmentName.path(this.name)));
		}
	}

	/**
	 * Where there is too little memory for two, another process may be building the
	 * segment: it has taken the memory, but the name comes last.
	 */
	private @Nullable Segment tryCreateOrLookAgain() {
		try {
			return this.creator.tryCreate();
		}
		catch (InsufficientMemoryException ex) {
			long now = System.nanoTime();
			this.fullSince = (this.fullSince != 0) ? this.fullSince : now;
			if (!exists() && (!this.creator.couldFit() || now - this.fullSince >= FULL_NANOS)) {
				throw ex;
			}
			LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(FULL_NANOS / 20));
			return null;
		}
	}

	private Segment create() {
		while (true) {
			if (exists() && !this.attacher.removeDead()) {
				throw new SegmentExistsException(
						"Segment '%s' was expected not to exist, found %s".formatted(this.name,
								this.attacher.describeExisting()),
						"Use mode create-or-attach or attach, choose another name, or remove /dev/shm/%s if nobody needs it"
							.formatted(this.name));
			}
			Segment segment = this.creator.tryCreate();
			if (segment != null) {
				return segment;
			}
			pauseWhileBusy();
		}
	}

	private Segment attach() {
		while (true) {
			Segment segment = this.attacher.tryAttach();
			if (segment != null) {
				return segment;
			}
			FileStatus found = FileDescriptor.status(SegmentName.path(this.name));
			if (found != null) {
				pauseWhileThere(found);
			}
			else {
				pauseUntilTimeout();
			}
		}
	}

	private boolean exists() {
		return FileDescriptor.status(SegmentName.path(this.name)) != null;
	}

	private void pauseWhileThere(@Nullable FileStatus found) {
		if (found != null && found.isRegular() && found.size() == 0) {
			pauseWhileEmpty();
		}
		else {
			pauseWhileBusy();
		}
	}

	private void pauseWhileEmpty() {
		long now = System.nanoTime();
		this.emptySince = (this.emptySince != 0) ? this.emptySince : now;
		if (now - this.emptySince >= EMPTY_NANOS && now - this.start >= this.spec.attachTimeout().toNanos()) {
			throw new SegmentMismatchException(
					"Segment '%s' was expected to be a file with data, found an empty file after %d ms"
						.formatted(this.name, TimeUnit.NANOSECONDS.toMillis(now - this.start)),
					"Raise attach-timeout to wait for its creator to set its size, or remove it");
		}
		pause();
	}

	private void pauseUntilTimeout() {
		if (System.nanoTime() - this.start >= this.spec.attachTimeout().toNanos()) {
			throw new SegmentNotFoundException(
					"Segment '%s' was expected in %s, found nothing after %d ms".formatted(this.name,
							SegmentName.DIRECTORY, this.spec.attachTimeout().toMillis()),
					"Start the process that creates it first, raise attach-timeout, or "
							+ ((this.spec.access() == AccessMode.READ_ONLY)
									? "use mode create-or-attach with access read-write"
									: "use mode create-or-attach"));
		}
		pause();
	}

	private void pauseWhileBusy() {
		long limit = Math.max(BUSY_NANOS, this.spec.attachTimeout().toNanos());
		if (System.nanoTime() - this.start >= limit) {
			throw new SegmentAccessException(
					"Could not open '%s': it was repeatedly created and removed, or locked, for %d ms"
						.formatted(this.name, TimeUnit.NANOSECONDS.toMillis(limit)),
					"Look for a stopped process that was about to remove it, or for programs that remove files from /dev/shm");
		}
		pause();
	}

	private void pause() {
		Pause.interruptibly("Segment '%s'".formatted(this.name));
	}

}
