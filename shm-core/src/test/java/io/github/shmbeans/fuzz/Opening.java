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

package io.github.shmbeans.fuzz;

import java.time.Duration;

import io.github.shmbeans.AccessMode;
import io.github.shmbeans.LockBuilder;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.OwnerDeathPolicy;
import io.github.shmbeans.SegmentBuilder;
import io.github.shmbeans.ShutdownPolicy;

/**
 * How to open a segment.
 *
 * @param flags one bit for each choice
 */
record Opening(byte flags) {

	static final Opening DEFAULT = new Opening((byte) 0);

	private static final int WITHOUT_LOCK = 1;

	private static final int READ_ONLY = 2;

	private static final int IGNORE_DEATHS = 4;

	private static final int DECLARED = 8;

	private static final int ATTACH = 16;

	private static final int CREATE = 32;

	private static final int UNLINK = 64;

	/** Longer than a waiter sleeps between two looks at the owner. */
	private static final Duration LOCK_TIMEOUT = Duration.ofMillis(30);

	static Opening attachWithoutLock() {
		return new Opening((byte) (ATTACH | WITHOUT_LOCK));
	}

	static Opening attach() {
		return new Opening((byte) ATTACH);
	}

	<B extends SegmentBuilder<B>> B apply(B builder) {
		builder.segmentName(SegmentFuzzer.NAME).locked(!has(WITHOUT_LOCK)).mode(mode());
		if (!has(WITHOUT_LOCK)) {
			builder.lockTimeout(LOCK_TIMEOUT);
		}
		if (has(READ_ONLY) && !(builder instanceof LockBuilder)) {
			builder.access(AccessMode.READ_ONLY);
		}
		if (has(IGNORE_DEATHS)) {
			builder.onOwnerDeath(OwnerDeathPolicy.IGNORE);
		}
		if (has(UNLINK)) {
			builder.onShutdown(ShutdownPolicy.UNLINK);
		}
		return builder;
	}

	/**
	 * Whether to declare a length, where the length that is there would do as well.
	 */
	boolean isDeclared() {
		return has(DECLARED) || mode() != OpenMode.ATTACH;
	}

	OpenMode mode() {
		if (has(ATTACH)) {
			return OpenMode.ATTACH;
		}
		return (has(CREATE) && !has(READ_ONLY)) ? OpenMode.CREATE : OpenMode.CREATE_OR_ATTACH;
	}

	private boolean has(int flag) {
		return (this.flags & flag) != 0;
	}

}
