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

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;

import com.sun.management.ThreadMXBean;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts and closes an application without, with some and with four times as many
 * declared arrays of 1 KB. Prints what one more costs, whose aims
 * {@code docs/benchmarks.md} has; asserts nothing of time.
 */
@Tag("slow")
@Tag("any-jdk")
class StartupCostTests {

	private static final int ROUNDS = 7;

	private static final int ARRAYS = Integer.getInteger("startup.arrays", 1_000);

	private static final int FEWER = ARRAYS / 4;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@RegisterExtension
	final SegmentNames namespace = new SegmentNames();

	/**
	 * Spring copies the list of all names for each further definition: 8 bytes for each
	 * other bean, about a tenth of all.
	 */
	@Test
	void whatOneMoreArrayAllocatesDoesNotGrowWithTheirNumber() {
		Cost[] none = new Cost[ROUNDS];
		Cost[] fewer = new Cost[ROUNDS];
		Cost[] all = new Cost[ROUNDS];
		Cost[] binder = new Cost[ROUNDS];
		for (int i = 0; i < ROUNDS; i++) {
			none[i] = Cost.of(0, () -> start(0));
			fewer[i] = Cost.of(FEWER, () -> start(FEWER));
			all[i] = Cost.of(ARRAYS, () -> start(ARRAYS));
			StandardEnvironment environment = environment(ARRAYS);
			binder[i] = Cost.of(ARRAYS, () -> bind(environment));
		}
		Cost oneOfFewer = Cost.median(fewer).minus(Cost.median(none)).dividedBy(FEWER);
		Cost one = Cost.median(all).minus(Cost.median(none)).dividedBy(ARRAYS);
		Cost bound = Cost.median(binder).dividedBy(ARRAYS);
		System.out.printf("one more array of 1 KB of %d: %.1f us, %.2f x Boot's Binder alone (%.1f us)%n", ARRAYS,
				one.micros(), one.micros() / bound.micros(), bound.micros());
		System.out.printf("allocated for it: %.0f bytes, %.2f x that of %d; by the Binder alone: %.0f bytes%n",
				one.bytes(), one.bytes() / oneOfFewer.bytes(), FEWER, bound.bytes());
		assertThat(one.bytes()).isLessThan(1.2 * oneOfFewer.bytes());
	}

	private int start(int arrays) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.properties(properties(arrays));
		try (ConfigurableApplicationContext context = application.run()) {
			return context.getBeansOfType(SharedArray.class).size();
		}
	}

	private StandardEnvironment environment(int arrays) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addLast(new OriginTrackedMapPropertySource("declared", properties(arrays), true));
		ConfigurationPropertySources.attach(environment);
		return environment;
	}

	private static int bind(StandardEnvironment environment) {
		return Binder.get(environment).bind("shm", SharedMemoryProperties.class).get().getArrays().size();
	}

	private Map<String, Object> properties(int arrays) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("shm.namespace", this.namespace.name(""));
		for (int i = 0; i < arrays; i++) {
			properties.put("shm.arrays.array-%d.type".formatted(i), "double");
			properties.put("shm.arrays.array-%d.length".formatted(i), 128);
		}
		return properties;
	}

	/**
	 * What something took.
	 *
	 * @param micros the time in microseconds
	 * @param bytes what its thread allocated
	 */
	private record Cost(double micros, double bytes) {

		static Cost of(int arrays, IntSupplier work) {
			long allocated = THREADS.getCurrentThreadAllocatedBytes();
			long start = System.nanoTime();
			int found = work.getAsInt();
			double micros = (System.nanoTime() - start) / 1_000.0;
			long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
			assertThat(found).isEqualTo(arrays);
			return new Cost(micros, bytes);
		}

		static Cost median(Cost[] costs) {
			return new Cost(median(costs, Cost::micros), median(costs, Cost::bytes));
		}

		private static double median(Cost[] costs, ToDoubleFunction<Cost> what) {
			return Arrays.stream(costs).mapToDouble(what).sorted().toArray()[costs.length / 2];
		}

		Cost minus(Cost other) {
			return new Cost(this.micros - other.micros, this.bytes - other.bytes);
		}

		Cost dividedBy(int count) {
			return new Cost(this.micros / count, this.bytes / count);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SharedMemoryAutoConfiguration.class)
	static class Application {

	}

}
