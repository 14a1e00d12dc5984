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

/**
 * A segment of shared memory that is open in this process.
 * <p>
 * All methods may be called from any thread. After {@link #close()} every access to the
 * data throws {@link io.github.shmbeans.error.SegmentClosedException}; the methods of
 * this interface stay callable.
 */
public interface SharedSegment extends AutoCloseable {

	/**
	 * The name of the segment, the same in every process: the file name under
	 * {@code /dev/shm}.
	 * @return the segment name
	 */
	String name();

	/**
	 * What the segment holds.
	 * @return the kind
	 */
	SegmentKind kind();

	/**
	 * The size of the data, without padding and control block.
	 * @return the size in bytes
	 */
	long dataSize();

	/**
	 * The size of the whole file: data, padding and control block.
	 * @return the size in bytes
	 */
	long fileSize();

	/**
	 * Whether accesses take a lock.
	 * @return {@code false} if it was opened without one
	 */
	boolean hasLock();

	/**
	 * The lock that guards the data: the segment's own, or the one that was given. A lock
	 * that stands alone is that lock.
	 * @return the lock
	 * @throws IllegalStateException if it was opened without one, see {@link #hasLock()}
	 */
	SharedLock lock();

	/**
	 * Whether this process has closed the segment.
	 * @return {@code true} after {@link #close()}
	 */
	boolean isClosed();

	/**
	 * The live attachments of all processes: a snapshot.
	 * @return the attachments, this one included; empty if this process has closed the
	 * segment, if another program has truncated its file, or if it has no control block
	 */
	List<Attachment> attachments();

	/**
	 * A snapshot for operators: attachments, lock, counters.
	 * @return the status
	 */
	SegmentStatus status();

	/**
	 * Remove the name at once. This and other open attachments keep their memory; a new
	 * process no longer finds it. Does nothing if the name is gone or belongs to another
	 * segment by now. Allowed after {@link #close()} too.
	 * @throws io.github.shmbeans.error.SegmentAccessException if this user may not remove
	 * it
	 */
	void unlink();

	/**
	 * Close this attachment: send waiters away and wait, at most 5 seconds, for locked
	 * accesses of this process that are under way; refuse accesses; remove the name as
	 * the shutdown policy says; give the memory back; leave. Idempotent. A thread that is
	 * inside an unlocked access reads zeros or gets a
	 * {@link io.github.shmbeans.error.SegmentClosedException}; nothing faults.
	 * @throws io.github.shmbeans.error.SharedMemoryException if a step failed; the others
	 * were done all the same
	 */
	@Override
	void close();

}
