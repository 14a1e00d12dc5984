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

package io.github.shmbeans.internal.memory;

import java.io.NotSerializableException;
import java.io.Serializable;
import java.time.Duration;

import io.github.shmbeans.AccessMode;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.OwnerDeathPolicy;
import io.github.shmbeans.SegmentBuilder;
import io.github.shmbeans.SegmentKind;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.internal.segment.Segment;
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

	static SerializedSegment of(Segment segment) throws NotSerializableException {
		SegmentSpec spec = segment.spec();
		if (spec.guard() != null) {
			throw new NotSerializableException(
					"Expected segment '%s' to have a lock of its own or none, found the lock of another segment. Send both names and open them there"
						.formatted(segment.name()));
		}
		return new SerializedSegment(segment.schema().kind(), segment.name(), segment.lock() != null,
				(segment.lock() != null) ? spec.lockTimeout() : null, spec.onOwnerDeath(), spec.permissions(),
				spec.access(), spec.foreignOwner());
	}

	Object readResolve() {
		SegmentBuilder<?> builder = (this.kind == SegmentKind.LIST) ? SegmentSpec.list(this.name)
				: SegmentSpec.block(this.name);
		builder.segmentName(this.name)
			.mode(OpenMode.ATTACH)
			.locked(this.locked)
			.onOwnerDeath(this.onOwnerDeath)
			.permissions(this.permissions)
			.access(this.access)
			.foreignOwner(this.foreignOwner);
		if (this.lockTimeout != null) {
			builder.lockTimeout(this.lockTimeout);
		}
		return Standalone.open(builder.spec());
	}

}
