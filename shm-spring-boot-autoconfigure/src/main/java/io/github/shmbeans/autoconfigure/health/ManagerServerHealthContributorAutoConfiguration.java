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

import io.github.shmbeans.autoconfigure.ManagerServerAutoConfiguration;
import io.github.shmbeans.autoconfigure.ManagerServerLifecycle;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} of {@link ManagerServerHealthIndicator}.
 */
@AutoConfiguration(after = ManagerServerAutoConfiguration.class, before = HealthContributorAutoConfiguration.class)
@ConditionalOnClass({ Health.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(ManagerServerLifecycle.class)
@ConditionalOnEnabledHealthIndicator("shm-manager")
public final class ManagerServerHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "shmManagerHealthIndicator")
	ManagerServerHealthIndicator shmManagerHealthIndicator(ManagerServerLifecycle server) {
		return new ManagerServerHealthIndicator(server);
	}

}
