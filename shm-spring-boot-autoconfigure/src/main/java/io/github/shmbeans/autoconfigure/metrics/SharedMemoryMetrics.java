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

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.shmbeans.SegmentKind;
import io.github.shmbeans.SegmentListener;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.internal.segment.SegmentName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Registers meters for every open segment and removes them when it closes. A lock has one
 * set of meters, however many segments it guards.
 */
class SharedMemoryMetrics implements MeterBinder, SegmentListener {

	private static final File FILESYSTEM = new File(SegmentName.DIRECTORY);

	private final ObjectProvider<SharedLock> locks;

	private final List<MeterRegistry> registries = new ArrayList<>();

	private final Map<String, SegmentMeters> segments = new LinkedHashMap<>();

	/**
	 * Create the metrics.
	 * @param locks the locks that stand alone
	 */
	SharedMemoryMetrics(ObjectProvider<SharedLock> locks) {
		this.locks = locks;
	}

	@Override
	public synchronized void bindTo(MeterRegistry registry) {
		Gauge.builder("shm.filesystem.free", FILESYSTEM, File::getUsableSpace)
			.description("Free space of the shared-memory filesystem")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		Gauge.builder("shm.filesystem.size", FILESYSTEM, File::getTotalSpace)
			.description("Size of the shared-memory filesystem")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		this.registries.add(registry);
		this.segments.values().forEach((segment) -> bind(segment, registry));
	}

	@Override
	public synchronized void opened(String key, SharedSegment segment) {
		SegmentMeters meters = new SegmentMeters(key, segment);
		this.segments.put(key, meters);
		this.registries.forEach((registry) -> bind(meters, registry));
	}

	@Override
	public synchronized void closed(String key, SharedSegment segment) {
		SegmentMeters meters = this.segments.remove(key);
		if (meters != null) {
			meters.remove();
		}
	}

	private void bind(SegmentMeters meters, MeterRegistry registry) {
		meters.bindTo(registry);
		if (hasOwnLock(meters)) {
			meters.bindLockTo(registry);
		}
	}

	private boolean hasOwnLock(SegmentMeters meters) {
		if (meters.segment().kind() == SegmentKind.LOCK) {
			return true;
		}
		SharedLock lock = meters.lock();
		return lock != null && this.locks.stream().noneMatch((other) -> other == lock)
				&& this.segments.values()
					.stream()
					.filter((other) -> other.lock() == lock)
					.findFirst()
					.orElse(meters) == meters;
	}

}
