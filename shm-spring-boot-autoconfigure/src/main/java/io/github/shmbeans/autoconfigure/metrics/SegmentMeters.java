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

package io.github.shmbeans.autoconfigure.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

import io.github.shmbeans.LockStatistics;
import io.github.shmbeans.SegmentKind;
import io.github.shmbeans.SegmentStatus;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedSegment;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import org.jspecify.annotations.Nullable;

/**
 * The meters of a segment. Once it is closed, gauges give NaN and counters what they gave
 * last: a registry may ask until they are removed.
 */
final class SegmentMeters {

	private final SharedSegment segment;

	private final @Nullable SharedLock lock;

	private final Tags tags;

	private final List<Runnable> removals = new ArrayList<>();

	private volatile LockStatistics statistics = new LockStatistics(0, 0, 0, 0, 0, 0, 0);

	SegmentMeters(String key, SharedSegment segment) {
		this.segment = segment;
		this.lock = findLock(segment);
		this.tags = Tags.of("segment", key, "kind", segment.kind().name().toLowerCase(Locale.ROOT));
	}

	private static @Nullable SharedLock findLock(SharedSegment segment) {
		return (segment.kind() != SegmentKind.LOCK && segment.hasLock()) ? segment.lock() : null;
	}

	SharedSegment segment() {
		return this.segment;
	}

	/**
	 * The lock that guards the segment, or {@code null} if there is none or the segment
	 * is one.
	 */
	@Nullable SharedLock lock() {
		return this.lock;
	}

	void bindTo(MeterRegistry registry) {
		add(registry,
				Gauge.builder("shm.segment.size", this, SegmentMeters::size)
					.description("Size of the segment's file")
					.baseUnit(BaseUnits.BYTES)
					.tags(this.tags)
					.register(registry));
		add(registry,
				Gauge.builder("shm.segment.attachments", this, SegmentMeters::attachments)
					.description("Live attachments to the segment, of all processes")
					.tags(this.tags)
					.register(registry));
	}

	void bindLockTo(MeterRegistry registry) {
		add(registry,
				Gauge.builder("shm.lock.contention", this, SegmentMeters::contention)
					.description("Threads that wait for the lock now, in all processes")
					.baseUnit(BaseUnits.THREADS)
					.tags(this.tags)
					.register(registry));
		count(registry, "shm.lock.acquisitions", "Acquisitions of the lock", LockStatistics::acquisitions);
		count(registry, "shm.lock.contended", "Acquisitions and timeouts that had to wait", LockStatistics::contended);
		count(registry, "shm.lock.timeouts", "Waits that ended without the lock", LockStatistics::timeouts);
		count(registry, "shm.lock.recoveries", "Takeovers from a dead holder", LockStatistics::recoveries);
		add(registry,
				FunctionTimer
					.builder("shm.lock.wait", this, (meters) -> meters.statistics().contended(),
							(meters) -> meters.statistics().waitNanos(), TimeUnit.NANOSECONDS)
					.description("Waits for the lock")
					.tags(this.tags)
					.register(registry));
	}

	private void count(MeterRegistry registry, String name, String description,
			ToLongFunction<LockStatistics> counter) {
		add(registry,
				FunctionCounter.builder(name, this, (meters) -> counter.applyAsLong(meters.statistics()))
					.description(description + ", in this process")
					.tags(this.tags)
					.register(registry));
	}

	private void add(MeterRegistry registry, Meter meter) {
		this.removals.add(() -> registry.remove(meter));
	}

	void remove() {
		this.removals.forEach(Runnable::run);
		this.removals.clear();
	}

	private double size() {
		return this.segment.isClosed() ? Double.NaN : this.segment.fileSize();
	}

	private double attachments() {
		SegmentStatus status = this.segment.status();
		return status.closed() ? Double.NaN : status.attachments().size();
	}

	private double contention() {
		SegmentStatus.LockStatus status = this.segment.status().lock();
		return (status != null) ? status.waiting() : Double.NaN;
	}

	private LockStatistics statistics() {
		SegmentStatus.LockStatus status = this.segment.status().lock();
		if (status != null) {
			this.statistics = status.statistics();
		}
		return this.statistics;
	}

}
