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

import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.manager.ManagerServer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} of the server that CPython's
 * {@code SharedMemoryManager} connects to. There is none without an address and a key. A
 * child context uses that of its parent.
 */
@AutoConfiguration(after = SharedMemoryAutoConfiguration.class)
@ConditionalOnClass(ManagerServer.class)
@ConditionalOnBean({ SharedMemoryManager.class, SharedMemoryProperties.class })
@ConditionalOnProperty(prefix = "shm.manager", name = { "address", "authkey" })
public final class ManagerServerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ManagerServerLifecycle managerServerLifecycle(SharedMemoryProperties properties, Environment environment) {
		return new ManagerServerLifecycle(properties.getManager(), environment);
	}

}
