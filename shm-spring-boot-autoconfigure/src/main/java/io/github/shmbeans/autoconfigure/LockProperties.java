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

import io.github.shmbeans.LockBuilder;
import io.github.shmbeans.LockKind;
import io.github.shmbeans.SegmentBuilder;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.error.InvalidOptionException;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code shm.locks}.
 */
public class LockProperties extends SegmentProperties {

	private @Nullable LockKind kind;

	/**
	 * Mechanism of the lock; process by default.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable LockKind getKind() {
		return this.kind;
	}

	public void setKind(@Nullable LockKind kind) {
		this.kind = kind;
	}

	@Override
	SegmentBuilder<?> builder(String key, InitialDataBinder initial) {
		if (getLock() != null && !"true".equalsIgnoreCase(getLock())) {
			throw new InvalidOptionException("lock",
					"Expected an entry of shm.locks to be a lock of its own, found '%s'".formatted(getLock()),
					"Remove the property");
		}
		LockBuilder builder = SegmentSpec.lock(key);
		return (this.kind != null) ? builder.kind(this.kind) : builder;
	}

}
