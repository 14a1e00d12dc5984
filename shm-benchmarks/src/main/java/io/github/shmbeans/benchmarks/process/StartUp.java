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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import com.sun.management.ThreadMXBean;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Starts an application ten times with none and with 1,000 arrays of 1 KB that
 * {@code application.yml} declares, and once with 10,000, and prints what one more costs,
 * in microseconds, in a JVM that has started applications before. So as many arrays are
 * opened in a row of one size as of the other, on the same heap. Beside the time it
 * prints the part of it that garbage was collected in, what was allocated, and how many
 * times as long one of 10,000 takes. Then it starts JVMs for one application each, and
 * prints what one more costs between 1,000 and 3,000 arrays there.
 * <p>
 * For comparison, the same with plain beans: Spring binds them from such a file and
 * registers them, and they hold nothing else. Of several rounds the median counts.
 */
public final class StartUp {

	/** How many short starts there are for a long one. */
	private static final int SHORT_STARTS = 10;

	private static final int SOME = 1_000;

	private static final int MORE = 3 * SOME;

	private static final int MANY = SHORT_STARTS * SOME;

	private static final String ARRAYS = "shm.arrays";

	private static final String PLAIN = "bench.beans";

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private StartUp() {
	}

	/**
	 * Run with {@code ROUNDS}, or with {@code ROUNDS FILE} for the first start of this
	 * JVM.
	 * @param arguments the arguments
	 * @throws IOException if a process cannot be started or a file not be written
	 */
	public static void main(String[] arguments) throws IOException {
		int rounds = Integer.parseInt(arguments[0]);
		if (arguments.length > 1) {
			System.out.println(start(Path.of(arguments[1])).micros());
			return;
		}
		try (ApplicationFiles files = new ApplicationFiles()) {
			Round.of(files);
			List<Round> measured = new ArrayList<>();
			for (int i = 0; i < rounds; i++) {
				measured.add(Round.of(files));
			}
			print("bean", measured, Round::some);
			print("beanOf10000", measured, Round::many);
			print("plainBean", measured, Round::somePlain);
			print("plainBeanOf10000", measured, Round::manyPlain);
			print("beanOf10000÷StartUp.bean", "", measured, (round) -> round.many().micros() / round.some().micros());
			print("plainBeanOf10000÷StartUp.plainBean", "", measured,
					(round) -> round.manyPlain().micros() / round.somePlain().micros());
			print("more", "·bytes", measured, (round) -> round.some().bytes() - round.somePlain().bytes());
			print("moreOf10000", "·bytes", measured, (round) -> round.many().bytes() - round.manyPlain().bytes());
			List<FirstStart> first = new ArrayList<>();
			for (int i = 0; i < 2 * rounds - 1; i++) {
				first.add(FirstStart.of(files));
			}
			print("beanOfFirstStart", "", first, FirstStart::bean);
			print("plainBeanOfFirstStart", "", first, FirstStart::plain);
		}
	}

	private static void print(String name, List<Round> rounds, Function<Round, Start> which) {
		print(name, "", rounds, (round) -> which.apply(round).micros());
		print(name, "Collecting", rounds, (round) -> which.apply(round).collecting());
		print(name, "·bytes", rounds, (round) -> which.apply(round).bytes());
	}

	private static <T> void print(String name, String what, List<T> rounds, ToDoubleFunction<T> value) {
		System.out.printf("StartUp.%s%s %.3f%n", name, what, median(rounds.stream().mapToDouble(value).toArray()));
	}

	private static double median(double[] values) {
		Arrays.sort(values);
		return (values[values.length / 2] + values[(values.length - 1) / 2]) / 2;
	}

	private static Start starts(int count, Path file) {
		System.gc();
		Start sum = Start.NOTHING;
		for (int i = 0; i < count; i++) {
			sum = sum.plus(start(file));
		}
		return sum;
	}

	private static Start start(Path file) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.properties("shm.namespace=shmbench-start-%d-".formatted(ProcessHandle.current().pid()));
		long collecting = collecting();
		long allocated = THREADS.getCurrentThreadAllocatedBytes();
		long start = System.nanoTime();
		ConfigurableApplicationContext context = application.run("--spring.main.banner-mode=off",
				"--spring.config.location=" + file.toUri(),
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
	 * What one more bean took in starts that followed each other.
	 *
	 * @param some of 1,000 arrays
	 * @param many of 10,000 arrays
	 * @param somePlain of 1,000 plain beans
	 * @param manyPlain of 10,000 plain beans
	 */
	private record Round(Start some, Start many, Start somePlain, Start manyPlain) {

		static Round of(ApplicationFiles files) throws IOException {
			Start none = starts(SHORT_STARTS, files.with(ARRAYS, 0));
			Start one = none.dividedBy(SHORT_STARTS);
			return new Round(more(SHORT_STARTS, files.with(ARRAYS, SOME), none), more(1, files.with(ARRAYS, MANY), one),
					more(SHORT_STARTS, files.with(PLAIN, SOME), none), more(1, files.with(PLAIN, MANY), one));
		}

		private static Start more(int count, Path file, Start without) {
			return starts(count, file).minus(without).dividedBy(MANY);
		}

	}

	/**
	 * What one more bean took in first starts of JVMs that followed each other, in
	 * microseconds.
	 *
	 * @param bean between 1,000 and 3,000 arrays
	 * @param plain between 1,000 and 3,000 plain beans
	 */
	private record FirstStart(double bean, double plain) {

		static FirstStart of(ApplicationFiles files) throws IOException {
			double some = micros(files.with(ARRAYS, SOME));
			double somePlain = micros(files.with(PLAIN, SOME));
			double more = micros(files.with(ARRAYS, MORE));
			double morePlain = micros(files.with(PLAIN, MORE));
			return new FirstStart((more - some) / (MORE - SOME), (morePlain - somePlain) / (MORE - SOME));
		}

		private static double micros(Path file) throws IOException {
			try (OtherProcess other = OtherProcess.java(StartUp.class, 1, file)) {
				return Double.parseDouble(other.line());
			}
		}

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

		Start plus(Start other) {
			return new Start(this.micros + other.micros, this.bytes + other.bytes, this.collecting + other.collecting);
		}

		Start minus(Start other) {
			return new Start(this.micros - other.micros, this.bytes - other.bytes, this.collecting - other.collecting);
		}

		Start dividedBy(double count) {
			return new Start(this.micros / count, this.bytes / count, this.collecting / count);
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
	 * Beans that hold nothing but what is declared, registered as those of shared memory
	 * are.
	 */
	static class PlainBeans implements BeanRegistrar {

		@Override
		public void register(BeanRegistry registry, Environment environment) {
			Binder.get(environment)
				.bind(PLAIN, Bindable.mapOf(String.class, PlainBean.class))
				.orElse(Map.of())
				.forEach((name, bean) -> registry.registerBean(name, PlainBean.class,
						(spec) -> spec.supplier((context) -> bean)));
		}

	}

	/**
	 * What is declared of a plain bean.
	 *
	 * @param type a type
	 * @param length a length
	 */
	record PlainBean(String type, long length) {

	}

}
