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

package io.github.shmbeans.autoconfigure.endpoint;

import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.autoconfigure.ManagerServerAutoConfiguration;
import io.github.shmbeans.autoconfigure.ManagerServerLifecycle;
import io.github.shmbeans.autoconfigure.SharedMemoryAutoConfiguration;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} of {@link SharedMemoryEndpoint}.
 */
@AutoConfiguration(after = { SharedMemoryAutoConfiguration.class, ManagerServerAutoConfiguration.class })
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(SharedMemoryManager.class)
@ConditionalOnAvailableEndpoint(SharedMemoryEndpoint.class)
@EnableConfigurationProperties(SharedMemoryEndpointProperties.class)
public final class SharedMemoryEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SharedMemoryEndpoint sharedMemoryEndpoint(SharedMemoryManager manager, BeanFactory beanFactory,
			SharedMemoryEndpointProperties properties, ObjectProvider<ManagerServerLifecycle> server) {
		return new SharedMemoryEndpoint(manager, beanFactory, properties.getShowValues(), server.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(SharedMemoryEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	SharedMemoryEndpointWebExtension sharedMemoryEndpointWebExtension(SharedMemoryEndpoint endpoint,
			SharedMemoryEndpointProperties properties) {
		return new SharedMemoryEndpointWebExtension(endpoint, properties.getShowValues(), properties.getRoles());
	}

}
