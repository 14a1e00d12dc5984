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

package io.github.shmbeans.autoconfigure.health;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.shmbeans.FilesystemStatus;
import io.github.shmbeans.SegmentStatus;
import io.github.shmbeans.SharedMemoryManager;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * {@link HealthIndicator} of the open segments. Down if one of them was truncated or
 * unlinked while it is in use, if its data was left half-written, or if the holder of its
 * lock is dead. Warns, but stays up, if less than a tenth of the shared-memory filesystem
 * is free.
 */
public class SharedMemoryHealthIndicator extends AbstractHealthIndicator {

	private final SharedMemoryManager manager;

	/**
	 * Create the indicator.
	 * @param manager the manager whose segments are checked
	 */
	public SharedMemoryHealthIndicator(SharedMemoryManager manager) {
		super("Shared memory health check failed");
		this.manager = manager;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		FilesystemStatus filesystem = this.manager.filesystem();
		Map<String, String> problems = new LinkedHashMap<>();
		Map<String, SegmentStatus> segments = new LinkedHashMap<>();
		this.manager.segments().forEach((key, segment) -> segments.put(key, segment.status()));
		segments.forEach((key, status) -> {
			String problem = problem(status, filesystem);
			if (problem != null) {
				problems.put(key, problem);
			}
		});
		builder.status(problems.isEmpty() ? Status.UP : Status.DOWN);
		builder.withDetail("segments", segments.size());
		if (!problems.isEmpty()) {
			builder.withDetail("problems", problems);
		}
		builder.withDetail("free", filesystem.free()).withDetail("total", filesystem.size());
		if (filesystem.free() < filesystem.size() / 10) {
			builder.withDetail("warning",
					"Less than a tenth of %s is free. Enlarge it, or share less".formatted(filesystem.path()));
		}
	}

	private static @Nullable String problem(SegmentStatus status, FilesystemStatus filesystem) {
		if (status.closed()) {
			return null;
		}
		if (status.file() != null && status.file().truncated()) {
			return "Another program has truncated the file of segment '%s': its data is lost. Stop all its users, remove %s/%1$s if it is still there, and start them again"
				.formatted(status.name(), filesystem.path());
		}
		if (!status.linked()) {
			return "Segment '%s' was unlinked or replaced while in use: new processes do not find it. Restart its users"
				.formatted(status.name());
		}
		return (status.lock() != null) ? problem(status.lock()) : null;
	}

	/**
	 * A semaphore does not tell whether its holder died.
	 */
	private static @Nullable String problem(SegmentStatus.LockStatus lock) {
		if (!lock.consistent()) {
			return "A process died while it held the lock of segment '%s': the data that it guards may be half-written. Repair it with lock().recover(…)"
				.formatted(lock.segment());
		}
		if (lock.held() && !lock.ownerAlive()) {
			return "The holder of the lock of segment '%s' is dead. The next acquisition takes the lock over"
				.formatted(lock.segment());
		}
		return null;
	}

}
