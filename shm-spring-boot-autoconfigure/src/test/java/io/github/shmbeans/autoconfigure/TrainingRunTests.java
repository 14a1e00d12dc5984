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

import io.github.shmbeans.SharedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for training runs for CDS and the AOT cache, which halt the JVM once the beans
 * are there.
 */
class TrainingRunTests {

	@RegisterExtension
	final SegmentNamespace namespace = new SegmentNamespace();

	@Test
	void segmentsAreGoneWhenTheJvmHalts() throws Exception {
		JavaProcess.Result result = new JavaProcess("-Dspring.context.exit=onRefresh").run(Application.class,
				"--" + this.namespace.property(), "--server.port=0");
		assertThat(result.exitCode()).as(result.output()).isZero();
		assertThat(result.output()).contains("The count is 5").doesNotContain("Started ");
		assertThat(this.namespace.segments()).isEmpty();
	}

	@Test
	void ordinaryRunsKeepTheirLifecycleProcessor() {
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues(this.namespace.property(), "shm.values.request-count.type=long")
			.run((context) -> assertThat(context.getBean(LifecycleProcessor.class))
				.isInstanceOf(DefaultLifecycleProcessor.class));
	}

	/**
	 * Uses a segment as late as beans can before the JVM halts.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		SmartInitializingSingleton reader(SharedValue<Long> requestCount) {
			return () -> System.out.println("The count is " + requestCount.get());
		}

		public static void main(String[] args) {
			SpringApplication application = new SpringApplicationBuilder(Application.class)
				.properties("shm.values.request-count.type=long", "shm.values.request-count.initial=5",
						"shm.locks.ledger.kind=semaphore")
				.build();
			application.run(args);
		}

	}

}
