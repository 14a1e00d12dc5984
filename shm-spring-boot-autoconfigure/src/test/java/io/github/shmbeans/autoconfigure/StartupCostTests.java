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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.shmbeans.SharedArray;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts an application with and without a thousand declared arrays of 1 KB and prints
 * what one more costs. Docs quote the figure; the test asserts none.
 */
@Tag("slow")
@Tag("any-jdk")
class StartupCostTests {

	private static final int ROUNDS = 7;

	private static final int ARRAYS = Integer.getInteger("startup.arrays", 1_000);

	@RegisterExtension
	final SegmentNames namespace = new SegmentNames();

	@Test
	void everyDeclaredArrayIsOpenedAndRemovedAgain() {
		List<Duration> without = new ArrayList<>();
		List<Duration> with = new ArrayList<>();
		for (int i = 0; i < ROUNDS; i++) {
			without.add(start(0));
			with.add(start(ARRAYS));
		}
		Duration difference = median(with).minus(median(without));
		System.out.printf(
				"startup with %d arrays of 1 KB: %d us per array (medians of %d starts: %d ms, %d ms without)%n",
				ARRAYS, difference.toNanos() / 1_000 / ARRAYS, ROUNDS, median(with).toMillis(),
				median(without).toMillis());
	}

	private Duration start(int arrays) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("shm.namespace", this.namespace.name(""));
		for (int i = 0; i < arrays; i++) {
			properties.put("shm.arrays.array-%d.type".formatted(i), "double");
			properties.put("shm.arrays.array-%d.length".formatted(i), 128);
		}
		SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.properties(properties);
		long start = System.nanoTime();
		try (ConfigurableApplicationContext context = application.run()) {
			Duration duration = Duration.ofNanos(System.nanoTime() - start);
			assertThat(context.getBeansOfType(SharedArray.class)).hasSize(arrays);
			return duration;
		}
	}

	private static Duration median(List<Duration> durations) {
		List<Duration> sorted = new ArrayList<>(durations);
		Collections.sort(sorted);
		return sorted.get(sorted.size() / 2);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SharedMemoryAutoConfiguration.class)
	static class Application {

	}

}
