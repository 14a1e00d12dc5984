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

import java.util.Map;

import io.github.shmbeans.SharedValue;
import io.github.shmbeans.testing.SegmentNames;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for entries whose properties are spread over sources, of which some cannot be
 * listed: entries that declare nothing in common share what they did not declare.
 */
class PropertySourceTests {

	@RegisterExtension
	final SegmentNames namespace = new SegmentNames();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SharedMemoryAutoConfiguration.class));

	@Test
	void whatOneEntryDeclaresIsNotTakenByAnother() {
		runner()
			.withPropertyValues("shm.values.first.type=long", "shm.values.second.type=long",
					"shm.values.second.lock=false", "shm.values.third.type=long")
			.run((context) -> {
				assertThat(isLocked(context, "first")).isTrue();
				assertThat(isLocked(context, "second")).isFalse();
				assertThat(isLocked(context, "third")).isTrue();
			});
	}

	@Test
	void aSourceThatCannotBeListedCounts() {
		runner("shm.values.second.lock").withPropertyValues("shm.values.first.type=long", "shm.values.second.type=long")
			.run((context) -> {
				assertThat(isLocked(context, "first")).isTrue();
				assertThat(isLocked(context, "second")).isFalse();
			});
	}

	@Test
	void anEnvironmentVariableWithoutDashesCounts() {
		runner().withPropertyValues("shm.values.count.type=long", "shm.values.other.type=long")
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
						new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
								Map.of("SHM_VALUES_COUNT_SEGMENTNAME", this.namespace.name("elsewhere")))))
			.run((context) -> {
				assertThat(context.getBean("count", SharedValue.class).name())
					.isEqualTo(this.namespace.name("elsewhere"));
				assertThat(context.getBean("other", SharedValue.class).name()).isEqualTo(this.namespace.name("other"));
			});
	}

	private ApplicationContextRunner runner(String... unlisted) {
		return this.runner.withPropertyValues("shm.namespace=" + this.namespace.name("")).withInitializer((context) -> {
			for (String property : unlisted) {
				context.getEnvironment().getPropertySources().addFirst(new UnlistedPropertySource(property));
			}
		});
	}

	private static boolean isLocked(AssertableApplicationContext context, String bean) {
		return context.getBean(bean, SharedValue.class).status().lock() != null;
	}

	/**
	 * Has one property with the value {@code false}, and does not tell its name.
	 */
	private static final class UnlistedPropertySource extends PropertySource<Object> {

		private final String property;

		UnlistedPropertySource(String property) {
			super("unlisted " + property, new Object());
			this.property = property;
		}

		@Override
		public @Nullable Object getProperty(String name) {
			return name.equals(this.property) ? "false" : null;
		}

	}

}
