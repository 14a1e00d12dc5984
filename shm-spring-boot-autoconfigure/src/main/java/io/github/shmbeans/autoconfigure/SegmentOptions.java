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

package io.github.shmbeans.autoconfigure;

import io.github.shmbeans.RecoveryHandler;
import io.github.shmbeans.SegmentBuilder;
import io.github.shmbeans.SharedLock;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of all segments are told.
 *
 * @param properties what the entry says
 * @param lock the lock of another entry, if it names one
 * @param recoveryHandler who repairs the data after a holder died, if there is such a
 * bean
 */
record SegmentOptions(CommonProperties properties, @Nullable SharedLock lock,
		@Nullable RecoveryHandler recoveryHandler) {

	<B extends SegmentBuilder<B>> B applyTo(B builder) {
		builder.mode(this.properties.mode())
			.attachTimeout(this.properties.attachTimeout())
			.onOwnerDeath(this.properties.onOwnerDeath())
			.permissions(this.properties.permissions().bits())
			.access(this.properties.access())
			.foreignOwner(this.properties.foreignOwner())
			.locked(this.properties.isLocked());
		if (this.properties.segmentName() != null) {
			builder.segmentName(this.properties.segmentName());
		}
		if (this.properties.onShutdown() != null) {
			builder.onShutdown(this.properties.onShutdown());
		}
		if (this.properties.lockTimeout() != null) {
			builder.lockTimeout(this.properties.lockTimeout());
		}
		if (this.lock != null) {
			builder.lock(this.lock);
		}
		if (this.recoveryHandler != null) {
			builder.recoveryHandler(this.recoveryHandler);
		}
		return builder;
	}

}
