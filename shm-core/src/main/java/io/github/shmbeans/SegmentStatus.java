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

import io.github.shmbeans.lock.LockStatistics;
import io.github.shmbeans.segment.Attachment;
import io.github.shmbeans.segment.SegmentKind;
import io.github.shmbeans.segment.ShutdownPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a segment.
 *
 * @param name the segment name
 * @param kind what it holds
 * @param type the element type's name, or {@code null} where there is none
 * @param length the number of elements; 1 for a value, the bytes of a block, 0 for a lock
 * @param fileSize the size of the file in bytes
 * @param onShutdown this attachment's shutdown policy
 * @param closed whether this process has closed it; the fields below are then empty
 * @param linked whether the name still leads to this segment
 * @param truncated whether another program has truncated the file: its memory is lost
 * @param managed whether it has a control block; {@code false} for segments that others
 * made
 * @param attachments the live attachments of all processes; empty if not managed
 * @param lock the state of its lock, or {@code null} without one
 */
public record SegmentStatus(String name, SegmentKind kind, @Nullable String type, long length, long fileSize,
		ShutdownPolicy onShutdown, boolean closed, boolean linked, boolean truncated, boolean managed,
		List<Attachment> attachments, @Nullable LockStatus lock) {

	/**
	 * A snapshot of a lock.
	 *
	 * @param owner the attachment that holds it, or {@code null} if it is free or the
	 * holder is not known
	 * @param held whether it is held
	 * @param ownerAlive whether the holder lives; {@code true} if it is not held
	 * @param consistent {@code false} after a holder died, until somebody repaired it
	 * @param waiting the threads that wait for it now, in all processes
	 * @param statistics this process's counters
	 */
	public record LockStatus(@Nullable Attachment owner, boolean held, boolean ownerAlive, boolean consistent,
			int waiting, LockStatistics statistics) {
	}

}
