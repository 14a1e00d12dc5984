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

import java.io.NotSerializableException;
import java.io.Serializable;
import java.time.Duration;

import io.github.shmbeans.OpenOptions.Locking;
import io.github.shmbeans.lock.OwnerDeathPolicy;
import io.github.shmbeans.segment.AccessMode;
import io.github.shmbeans.segment.OpenMode;
import io.github.shmbeans.segment.SegmentKind;
import io.github.shmbeans.segment.ShutdownPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What travels when a list or a block is serialized: its name and how it was opened. A
 * recovery handler does not travel.
 *
 * @param kind what the segment holds
 * @param name its name
 * @param locked whether accesses take its lock
 * @param lockTimeout how long they wait for it
 * @param onOwnerDeath what an acquisition does after a holder died
 * @param permissions the most write permissions that group and others may have
 * @param access whether the data may be written
 * @param foreignOwner whether another user may own it
 */
record SerializedSegment(SegmentKind kind, String name, boolean locked, @Nullable Duration lockTimeout,
		OwnerDeathPolicy onOwnerDeath, int permissions, AccessMode access,
		boolean foreignOwner) implements Serializable {

	static SerializedSegment of(SegmentHandle handle) throws NotSerializableException {
		OpenOptions options = handle.options();
		if (options.lock() != null) {
			throw new NotSerializableException(
					"Expected segment '%s' to have a lock of its own or none, found the lock of another segment. Send both names and open them there"
						.formatted(handle.name()));
		}
		return new SerializedSegment(handle.kind(), handle.name(), handle.isLocked(), options.lockTimeout(),
				options.onOwnerDeath(), options.permissions(), options.access(), options.foreignOwner());
	}

	Object readResolve() {
		OpenOptions options = new OpenOptions(this.name, this.name, OpenMode.ATTACH, ShutdownPolicy.CLOSE,
				Duration.ZERO, this.locked ? Locking.REQUIRED : Locking.NONE, null, this.lockTimeout, this.onOwnerDeath,
				null, this.permissions, this.access, this.foreignOwner);
		SegmentFactory factory = SegmentFactory.standalone();
		return (this.kind == SegmentKind.LIST) ? factory.list(options, null) : factory.block(options, 0);
	}

}
