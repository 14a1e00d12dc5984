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

import java.nio.charset.StandardCharsets;

import io.github.shmbeans.error.InvalidOptionException;
import io.github.shmbeans.error.SharedMemoryException;
import io.github.shmbeans.manager.ManagerAddress;
import io.github.shmbeans.manager.ManagerServer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;

/**
 * Starts a {@link ManagerServer} when all segments are open, and stops it before they
 * close. A context that starts again has a new one.
 */
public final class ManagerServerLifecycle implements SmartLifecycle, DisposableBean {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("shm.manager");

	private final SharedMemoryProperties.ManagerProperties properties;

	private final Environment environment;

	private volatile @Nullable ManagerServer server;

	ManagerServerLifecycle(SharedMemoryProperties.ManagerProperties properties, Environment environment) {
		this.properties = properties;
		this.environment = environment;
	}

	@Override
	public void start() {
		if (this.server == null) {
			try {
				this.server = open();
			}
			catch (InvalidOptionException | SharedMemoryException ex) {
				Problems problems = new Problems(ConfigurationPropertySources.get(this.environment));
				problems.add(PREFIX, "address", ex);
				throw problems.exception();
			}
		}
	}

	private ManagerServer open() {
		return ManagerServer.builder()
			.address(ManagerAddress.parse(String.valueOf(this.properties.getAddress())))
			.authkey(String.valueOf(this.properties.getAuthkey()).getBytes(StandardCharsets.UTF_8))
			.allowRemote(this.properties.isAllowRemote())
			.closeOnExit(false)
			.start();
	}

	@Override
	public void stop() {
		ManagerServer server = this.server;
		if (server != null) {
			server.close();
			this.server = null;
		}
	}

	/**
	 * A context that fails after its beans have started destroys them without stopping
	 * them.
	 */
	@Override
	public void destroy() {
		stop();
	}

	@Override
	public boolean isRunning() {
		return this.server != null;
	}

	/**
	 * The state of the server.
	 * @return the state now, or {@code null} if it does not run
	 */
	public @Nullable ManagerStatus status() {
		ManagerServer server = this.server;
		return (server != null) ? new ManagerStatus(ManagerAddress.format(server.address()), server.isReachable(),
				server.connections(), server.segments().size()) : null;
	}

}
