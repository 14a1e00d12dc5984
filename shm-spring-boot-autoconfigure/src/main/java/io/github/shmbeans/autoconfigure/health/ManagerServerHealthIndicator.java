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

import io.github.shmbeans.autoconfigure.ManagerServerLifecycle;
import io.github.shmbeans.autoconfigure.ManagerStatus;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * {@link HealthIndicator} of the manager server. Down if clients cannot reach it, and out
 * of service while it does not run.
 */
public class ManagerServerHealthIndicator extends AbstractHealthIndicator {

	private final ManagerServerLifecycle server;

	/**
	 * Create the indicator.
	 * @param server the server that is checked
	 */
	public ManagerServerHealthIndicator(ManagerServerLifecycle server) {
		super("Shared memory manager health check failed");
		this.server = server;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		ManagerStatus status = this.server.status();
		if (status == null) {
			builder.outOfService();
			return;
		}
		builder.up()
			.withDetail("address", status.address())
			.withDetail("connections", status.connections())
			.withDetail("segments", status.segments());
		if (!status.reachable()) {
			builder.down()
				.withDetail("problem",
						"Clients cannot reach the manager: its thread has ended, or its socket was removed. Restart the application");
		}
	}

}
