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

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application that uses a segment as late as beans can before the JVM halts.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class TrainingRun {

	@Bean
	SmartInitializingSingleton reader(SharedValue<Long> requestCount) {
		return () -> System.out.println("The count is " + requestCount.get());
	}

	public static void main(String[] args) {
		new SpringApplicationBuilder(TrainingRun.class)
			.properties("shm.values.request-count.type=long", "shm.values.request-count.initial=5",
					"shm.locks.ledger.kind=semaphore")
			.run(args);
	}

}
