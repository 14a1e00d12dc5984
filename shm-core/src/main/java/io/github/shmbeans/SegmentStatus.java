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

import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a segment.
 *
 * @param name the segment name
 * @param engine the name of the engine that stores it
 * @param kind what it holds
 * @param type the element type's name, or {@code null} where there is none
 * @param length the number of elements; 1 for a value, the bytes of a block, 0 for a lock
 * @param shape the shape of an array, or {@code null} for other kinds
 * @param size the bytes that it takes in all
 * @param mode how this process opened it
 * @param access whether this process may write the data
 * @param onShutdown this attachment's shutdown policy
 * @param closed whether this process has closed it; what follows is then empty
 * @param linked whether the name still leads to this segment
 * @param attachments the live attachments of all processes; empty if it has no control
 * block
 * @param lock the state of its lock, or {@code null} without one
 * @param file what only shared memory has, or {@code null} for other engines
 */
public record SegmentStatus(String name, String engine, SegmentKind kind, @Nullable String type, long length,
		@Nullable Shape shape, long size, OpenMode mode, AccessMode access, ShutdownPolicy onShutdown, boolean closed,
		boolean linked, List<Attachment> attachments, @Nullable LockStatus lock, @Nullable FileStatus file) {

	/**
	 * A snapshot of a lock.
	 *
	 * @param kind its mechanism
	 * @param segment the name of the segment whose lock it is: this one's, or that of the
	 * lock that guards it
	 * @param owner the attachment that holds it, or {@code null} if it is free or the
	 * holder is not known
	 * @param held whether it is held
	 * @param ownerAlive whether the holder lives; {@code true} if it is not held
	 * @param consistent {@code false} after a holder died, until somebody repaired it
	 * @param waiting the threads that wait for it now, in all processes
	 * @param statistics this process's counters
	 */
	public record LockStatus(LockKind kind, String segment, @Nullable Attachment owner, boolean held,
			boolean ownerAlive, boolean consistent, int waiting, LockStatistics statistics) {
	}

	/**
	 * The file of a segment in shared memory.
	 *
	 * @param permissions its permission bits when it was opened
	 * @param truncated whether another program has truncated it: its memory is lost
	 * @param managed whether it has a control block; {@code false} for files that others
	 * made
	 */
	public record FileStatus(int permissions, boolean truncated, boolean managed) {
	}

}
