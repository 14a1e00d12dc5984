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
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.shmbeans.SegmentListener;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedSegment;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Registers meters for every open segment and removes them when it closes. A lock has one
 * set of meters, however many segments it guards: that of the segment with which it was
 * opened, which is the first one.
 */
class SharedMemoryMetrics implements MeterBinder, SegmentListener {

	private final ObjectProvider<SharedMemoryManager> manager;

	private final List<MeterRegistry> registries = new ArrayList<>();

	private final Map<String, SegmentMeters> segments = new LinkedHashMap<>();

	private final Set<SharedLock> measuredLocks = Collections.newSetFromMap(new IdentityHashMap<>());

	/**
	 * Create the metrics.
	 * @param manager the manager, which is made after its listeners
	 */
	SharedMemoryMetrics(ObjectProvider<SharedMemoryManager> manager) {
		this.manager = manager;
	}

	@Override
	public synchronized void bindTo(MeterRegistry registry) {
		SharedMemoryManager manager = this.manager.getObject();
		Gauge.builder("shm.filesystem.free", manager, (owner) -> owner.filesystem().free())
			.description("Free space of the shared-memory filesystem")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		Gauge.builder("shm.filesystem.size", manager, (owner) -> owner.filesystem().size())
			.description("Size of the shared-memory filesystem")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		this.registries.add(registry);
		this.segments.values().forEach((meters) -> meters.bindTo(registry));
	}

	/**
	 * A close at the same time may have told of the end of the segment before this call
	 * tells of its beginning: a closed segment gets no meters. So may the next segment of
	 * a key be told of before the end of the one before.
	 */
	@Override
	public synchronized void opened(String key, SharedSegment segment) {
		SegmentMeters previous = this.segments.get(key);
		if (previous != null) {
			remove(key, previous);
		}
		if (!segment.isClosed()) {
			SegmentMeters meters = new SegmentMeters(key, segment, ownedLock(segment));
			this.segments.put(key, meters);
			this.registries.forEach(meters::bindTo);
		}
	}

	private @Nullable SharedLock ownedLock(SharedSegment segment) {
		SharedLock lock = segment.hasLock() ? segment.lock() : null;
		return (lock != null && this.measuredLocks.add(lock)) ? lock : null;
	}

	@Override
	public synchronized void closed(String key, SharedSegment segment) {
		SegmentMeters meters = this.segments.get(key);
		if (meters != null && meters.segment() == segment) {
			remove(key, meters);
		}
	}

	private void remove(String key, SegmentMeters meters) {
		this.segments.remove(key);
		if (meters.lock() != null) {
			this.measuredLocks.remove(meters.lock());
		}
		meters.remove();
	}

}
