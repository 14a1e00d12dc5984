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
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

import com.sun.management.ThreadMXBean;

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
 * Starts an application ten times with none and with 1,000 declared arrays of 1 KB, and
 * once with 10,000, and prints what one more costs, in microseconds: in a JVM that has
 * started applications before, and, between 1,000 and 2,000 arrays, in one that has not.
 * So as many arrays are opened in a row of one size as of the other, on the same heap.
 * For comparison, the same with beans that hold nothing. Beside the time it prints the
 * part of it that garbage was collected in, and what was allocated; for this also the
 * difference to a plain bean.
 */
public final class StartUp {

	/** How many short starts there are for a long one. */
	private static final int SHORT_STARTS = 10;

	private static final int SOME = 1_000;

	private static final int MANY = SHORT_STARTS * SOME;

	private static final String PLAIN = "bench.plain-beans";

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

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
			System.out.println(start(Integer.parseInt(arguments[1]), 0).micros());
			return;
		}
		Start none = Start.WORST;
		Start some = Start.WORST;
		Start many = Start.WORST;
		Start somePlain = Start.WORST;
		Start manyPlain = Start.WORST;
		starts(SHORT_STARTS, SOME, 0);
		starts(SHORT_STARTS, 0, SOME);
		for (int i = 0; i < rounds; i++) {
			none = none.best(starts(SHORT_STARTS, 0, 0));
			some = some.best(starts(SHORT_STARTS, SOME, 0));
			many = many.best(starts(1, MANY, 0));
			somePlain = somePlain.best(starts(SHORT_STARTS, 0, SOME));
			manyPlain = manyPlain.best(starts(1, 0, MANY));
		}
		Start one = none.dividedBy(SHORT_STARTS);
		some.minus(none).dividedBy(MANY).print("bean");
		many.minus(one).dividedBy(MANY).print("beanOf10000");
		somePlain.minus(none).dividedBy(MANY).print("plainBean");
		manyPlain.minus(one).dividedBy(MANY).print("plainBeanOf10000");
		some.minus(somePlain).dividedBy(MANY).printBytes("more");
		many.minus(manyPlain).dividedBy(MANY).printBytes("moreOf10000");
		System.out.printf("StartUp.beanOfFirstStart %.3f%n",
				(bestFirst(2_000, rounds) - bestFirst(1_000, rounds)) / 1_000);
	}

	private static double bestFirst(int arrays, int rounds) throws IOException {
		double best = Double.MAX_VALUE;
		for (int i = 0; i < rounds; i++) {
			try (OtherProcess other = OtherProcess.java(StartUp.class, rounds, arrays)) {
				best = Math.min(best, Double.parseDouble(other.line()));
			}
		}
		return best;
	}

	private static Start starts(int count, int arrays, int plain) {
		System.gc();
		Start sum = Start.NOTHING;
		for (int i = 0; i < count; i++) {
			sum = sum.plus(start(arrays, plain));
		}
		return sum;
	}

	private static Start start(int arrays, int plain) {
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
		long collecting = collecting();
		long allocated = THREADS.getCurrentThreadAllocatedBytes();
		long start = System.nanoTime();
		ConfigurableApplicationContext context = application.run("--spring.main.banner-mode=off",
				"--spring.autoconfigure.exclude=org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
				"--logging.level.root=warn");
		double micros = (System.nanoTime() - start) / 1_000.0;
		Start measured = new Start(micros, THREADS.getCurrentThreadAllocatedBytes() - allocated,
				(collecting() - collecting) * 1_000);
		context.close();
		return measured;
	}

	/** In milliseconds. */
	private static long collecting() {
		return ManagementFactory.getGarbageCollectorMXBeans()
			.stream()
			.mapToLong(GarbageCollectorMXBean::getCollectionTime)
			.sum();
	}

	/**
	 * What one or several starts took.
	 *
	 * @param micros the time in microseconds
	 * @param bytes what its thread allocated
	 * @param collecting the part of the time that garbage was collected in, in
	 * microseconds
	 */
	private record Start(double micros, double bytes, double collecting) {

		private static final Start NOTHING = new Start(0, 0, 0);

		private static final Start WORST = new Start(Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE);

		Start best(Start other) {
			Start faster = (other.micros < this.micros) ? other : this;
			return new Start(faster.micros, Math.min(this.bytes, other.bytes), faster.collecting);
		}

		Start plus(Start other) {
			return new Start(this.micros + other.micros, this.bytes + other.bytes, this.collecting + other.collecting);
		}

		Start minus(Start other) {
			return new Start(this.micros - other.micros, this.bytes - other.bytes, this.collecting - other.collecting);
		}

		Start dividedBy(double count) {
			return new Start(this.micros / count, this.bytes / count, this.collecting / count);
		}

		void print(String name) {
			System.out.printf("StartUp.%s %.3f%n", name, this.micros);
			System.out.printf("StartUp.%sCollecting %.3f%n", name, this.collecting);
			printBytes(name);
		}

		void printBytes(String name) {
			System.out.printf("StartUp.%s·bytes %.0f%n", name, this.bytes);
		}

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
