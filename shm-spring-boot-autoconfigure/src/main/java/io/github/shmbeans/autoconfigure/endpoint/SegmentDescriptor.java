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

package io.github.shmbeans.autoconfigure.endpoint;

import java.util.List;
import java.util.Locale;

import io.github.shmbeans.Attachment;
import io.github.shmbeans.LockStatistics;
import io.github.shmbeans.SegmentStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A segment.
 *
 * @param key the key under which it was opened
 * @param name the segment name
 * @param kind what it holds, the name of its kind in lower case
 * @param type the element type, or {@code null} where there is none
 * @param length the number of elements; 1 for a value, its bytes for plain memory, 0 if
 * there are none
 * @param shape the extents of an array, or {@code null} for other kinds
 * @param size the size of its file in bytes
 * @param mode how this process opened it
 * @param access whether this process may write the data
 * @param permissions the permission bits of its file in octal, or {@code null} if it has
 * no file
 * @param onShutdown what closing does to the name
 * @param linked whether the name still leads to this segment
 * @param managed whether it has a control block
 * @param attachments the live attachments of all processes
 * @param lock its lock, or {@code null} without one
 * @param contents its contents, or {@code null} if they are not to be shown
 */
public record SegmentDescriptor(String key, String name, String kind, @Nullable String type, long length,
		@Nullable List<Long> shape, long size, String mode, String access, @Nullable String permissions,
		String onShutdown, boolean linked, boolean managed, List<Attachment> attachments, @Nullable LockDescriptor lock,
		@Nullable Object contents) implements OperationResponseBody {

	static SegmentDescriptor of(String key, SegmentStatus status, @Nullable LockDescriptor lock,
			@Nullable Object contents) {
		SegmentStatus.FileStatus file = status.file();
		return new SegmentDescriptor(key, status.name(), lowerCase(status.kind()), status.type(), status.length(),
				(status.shape() != null) ? status.shape().extents() : null, status.size(), lowerCase(status.mode()),
				lowerCase(status.access()), (file != null) ? "%04o".formatted(file.permissions()) : null,
				lowerCase(status.onShutdown()), status.linked(), file != null && file.managed(), status.attachments(),
				lock, contents);
	}

	private static String lowerCase(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * A lock.
	 *
	 * @param kind its mechanism
	 * @param guard the key of the segment whose lock it is, or the name of that segment
	 * if it was not opened under a key here
	 * @param held whether it is held
	 * @param owner the attachment that holds it, if known
	 * @param ownerAlive whether the holder lives; {@code true} if it is not held
	 * @param consistent {@code false} after a holder died, until somebody repaired it
	 * @param waiting the threads that wait for it now, in all processes
	 * @param statistics this process's counters
	 */
	public record LockDescriptor(String kind, String guard, boolean held, @Nullable Attachment owner,
			boolean ownerAlive, boolean consistent, int waiting, LockStatistics statistics) {

		static LockDescriptor of(SegmentStatus.LockStatus status, String guard) {
			return new LockDescriptor(lowerCase(status.kind()), guard, status.held(), status.owner(),
					status.ownerAlive(), status.consistent(), status.waiting(), status.statistics());
		}

	}

}
