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

package io.github.shmbeans.benchmarks.process;

import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Starts an application with none, 1,000 and 10,000 declared arrays of 1 KB and prints
 * what one more costs, in microseconds.
 */
public final class StartUp {

	private StartUp() {
	}

	/**
	 * Run with {@code ROUNDS}.
	 * @param arguments the arguments
	 */
	public static void main(String[] arguments) {
		int rounds = Integer.parseInt(arguments[0]);
		double none = best(0, rounds);
		System.out.printf("StartUp.bean %.3f%n", (best(1_000, rounds) - none) / 1_000);
		System.out.printf("StartUp.beanOf10000 %.3f%n", (best(10_000, Math.max(1, rounds / 2)) - none) / 10_000);
	}

	private static double best(int arrays, int rounds) {
		double best = Double.MAX_VALUE;
		for (int i = 0; i < rounds; i++) {
			best = Math.min(best, micros(arrays));
		}
		return best;
	}

	private static double micros(int arrays) {
		Map<String, Object> properties = new HashMap<>();
		properties.put("shm.namespace", "shmbench-start-" + ProcessHandle.current().pid() + "-");
		for (int i = 0; i < arrays; i++) {
			properties.put("shm.arrays.array-%d.type".formatted(i), "double");
			properties.put("shm.arrays.array-%d.length".formatted(i), 128);
		}
		SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.properties(properties);
		long start = System.nanoTime();
		ConfigurableApplicationContext context = application.run("--spring.main.banner-mode=off",
				"--spring.autoconfigure.exclude=org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
				"--logging.level.root=warn");
		double micros = (System.nanoTime() - start) / 1_000.0;
		context.close();
		return micros;
	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
