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

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Starts an application with none, 1,000 and 10,000 declared arrays of 1 KB and prints
 * what one more costs, in microseconds: in a JVM that has started applications before,
 * and, between 1,000 and 2,000 arrays, in one that has not. For comparison, the same with
 * beans that hold nothing.
 */
public final class StartUp {

	/** How many short starts there are for a long one. */
	private static final int SHORT_STARTS = 3;

	private static final String PLAIN = "bench.plain-beans";

	private StartUp() {
	}

	/**
	 * Run with {@code ROUNDS}, or with {@code ROUNDS ARRAYS} for the first start of this
	 * JVM.
	 * @param arguments the arguments
	 * @throws IOException if a process cannot be started
	 */
	public static void main(String[] arguments) throws IOException {
		int rounds = Integer.parseInt(arguments[0]);
		if (arguments.length > 1) {
			System.out.println(micros(Integer.parseInt(arguments[1]), 0));
			return;
		}
		double[] best = new double[5];
		Arrays.fill(best, Double.MAX_VALUE);
		for (int i = 0; i < rounds; i++) {
			for (int j = 0; j < SHORT_STARTS; j++) {
				best[0] = Math.min(best[0], micros(0, 0));
				best[1] = Math.min(best[1], micros(1_000, 0));
				best[2] = Math.min(best[2], micros(0, 1_000));
			}
			best[3] = Math.min(best[3], micros(10_000, 0));
			best[4] = Math.min(best[4], micros(0, 10_000));
		}
		System.out.printf("StartUp.bean %.3f%n", (best[1] - best[0]) / 1_000);
		System.out.printf("StartUp.plainBean %.3f%n", (best[2] - best[0]) / 1_000);
		System.out.printf("StartUp.beanOf10000 %.3f%n", (best[3] - best[0]) / 10_000);
		System.out.printf("StartUp.plainBeanOf10000 %.3f%n", (best[4] - best[0]) / 10_000);
		System.out.printf("StartUp.beanOfFirstStart %.3f%n",
				(bestFirst(2_000, rounds) - bestFirst(1_000, rounds)) / 1_000);
	}

	private static double bestFirst(int arrays, int rounds) throws IOException {
		double best = Double.MAX_VALUE;
		for (int i = 0; i < rounds; i++) {
			try (JavaProcess other = new JavaProcess(StartUp.class, rounds, arrays)) {
				best = Math.min(best, Double.parseDouble(other.line()));
			}
		}
		return best;
	}

	private static double micros(int arrays, int plain) {
		Map<String, Object> properties = new HashMap<>();
		properties.put("shm.namespace", "shmbench-start-" + ProcessHandle.current().pid() + "-");
		properties.put(PLAIN, plain);
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
	@Import(PlainBeans.class)
	static class Application {

	}

	/**
	 * Beans that hold nothing, registered as those of shared memory are.
	 */
	static class PlainBeans implements BeanRegistrar {

		@Override
		public void register(BeanRegistry registry, Environment environment) {
			int count = environment.getRequiredProperty(PLAIN, Integer.class);
			for (int i = 0; i < count; i++) {
				registry.registerBean("plain-" + i, Object.class, (spec) -> spec.supplier((context) -> new Object()));
			}
		}

	}

}
