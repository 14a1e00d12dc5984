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

import java.util.function.ToIntFunction;

import io.github.shmbeans.autoconfigure.ManagerServerLifecycle;
import io.github.shmbeans.autoconfigure.ManagerStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Registers meters for the manager server, which are 0 while it does not run.
 */
class ManagerServerMetrics implements MeterBinder {

	private final ManagerServerLifecycle server;

	ManagerServerMetrics(ManagerServerLifecycle server) {
		this.server = server;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bind(registry, "shm.manager.connections", "Clients that are connected to the manager now",
				ManagerStatus::connections);
		bind(registry, "shm.manager.segments", "Segments that the manager is going to remove", ManagerStatus::segments);
	}

	private void bind(MeterRegistry registry, String name, String description, ToIntFunction<ManagerStatus> value) {
		Gauge.builder(name, this.server, (server) -> {
			ManagerStatus status = server.status();
			return (status != null) ? value.applyAsInt(status) : 0;
		}).description(description).register(registry);
	}

}
