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

import io.github.shmbeans.Attachment;
import io.github.shmbeans.LockStatistics;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedSegment;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
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

	/**
	 * Create the meters.
	 * @param key the key of the segment
	 * @param segment the segment
	 * @param lock the lock that is measured with it, or {@code null} if there is none or
	 * another segment's meters have it
	 */
	SegmentMeters(String key, SharedSegment segment, @Nullable SharedLock lock) {
		this.segment = segment;
		this.lock = lock;
		this.tags = Tags.of("segment", key, "kind", segment.kind().name().toLowerCase(Locale.ROOT));
	}

	SharedSegment segment() {
		return this.segment;
	}

	/**
	 * The lock that is measured with the segment, or {@code null}.
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
		if (this.lock != null) {
			bindTo(registry, this.lock);
		}
	}

	private void bindTo(MeterRegistry registry, SharedLock lock) {
		add(registry,
				Gauge.builder("shm.lock.contention", lock, this::contention)
					.description("Threads that wait for the lock now, in all processes")
					.baseUnit(BaseUnits.THREADS)
					.tags(this.tags)
					.register(registry));
		count(registry, lock, "shm.lock.acquisitions", "Acquisitions of the lock", LockStatistics::acquisitions);
		count(registry, lock, "shm.lock.contended", "Acquisitions and timeouts that had to wait",
				LockStatistics::contended);
		count(registry, lock, "shm.lock.timeouts", "Waits that ended without the lock", LockStatistics::timeouts);
		count(registry, lock, "shm.lock.recoveries", "Takeovers from a dead holder", LockStatistics::recoveries);
		add(registry,
				FunctionTimer
					.builder("shm.lock.wait", lock, (measured) -> measured.statistics().contended(),
							(measured) -> measured.statistics().waitNanos(), TimeUnit.NANOSECONDS)
					.description("Waits for the lock")
					.tags(this.tags)
					.register(registry));
		add(registry,
				TimeGauge
					.builder("shm.lock.wait.max", lock, TimeUnit.NANOSECONDS,
							(measured) -> measured.statistics().maxWaitNanos())
					.description("Longest wait for the lock, in this process")
					.tags(this.tags)
					.register(registry));
	}

	private void count(MeterRegistry registry, SharedLock lock, String name, String description,
			ToLongFunction<LockStatistics> counter) {
		add(registry,
				FunctionCounter.builder(name, lock, (measured) -> counter.applyAsLong(measured.statistics()))
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
		List<Attachment> attachments = this.segment.attachments();
		return this.segment.isClosed() ? Double.NaN : attachments.size();
	}

	private double contention(SharedLock lock) {
		int waiting = lock.waiting();
		return this.segment.isClosed() ? Double.NaN : waiting;
	}

}
