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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.github.shmbeans.autoconfigure.SharedMemoryProperties;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/**
 * Starts a web application whose {@code application.yml} declares shared memory, and
 * prints what that costs. Each start is the first of a JVM of its own, as users have it,
 * from before {@link SpringApplicationBuilder#run} reads the file until the application
 * is ready. What is compared takes turns, and the median of the ratios of the turns
 * counts.
 * <ul>
 * <li>50 entries of all kinds: a start with them, divided by one without entries, in
 * milliseconds.</li>
 * <li>One more bean, of 1,000 and of 10,000 arrays, in microseconds: a start with them
 * minus one without entries, divided by their number. It has all that they cause: their
 * share of the file is read, they are bound and checked, beans are registered and made,
 * segments created and opened. It is divided by what Boot's {@link Binder} alone takes to
 * make a {@link SharedMemoryProperties} of the same properties, in another JVM that has
 * started the application without entries before; no file is read then, and nothing
 * checked.</li>
 * </ul>
 */
public final class StartUp {

	private static final int SOME = 1_000;

	private static final int MANY = 10_000;

	private StartUp() {
	}

	/**
	 * Run with {@code ROUNDS}; or, for one start, with {@code FILE}, and for the binder
	 * alone with {@code FILE FILE}, the file of the start before it and its own.
	 * @param arguments the arguments
	 * @throws IOException if a process cannot be started or a file not be written
	 */
	public static void main(String[] arguments) throws IOException {
		if (arguments.length > 1) {
			start(Path.of(arguments[0]));
			System.out.println(bind(Path.of(arguments[1])));
			return;
		}
		if (arguments[0].endsWith(".yml")) {
			System.out.println(start(Path.of(arguments[0])));
			return;
		}
		try (ApplicationFiles files = new ApplicationFiles()) {
			List<Turn> turns = new ArrayList<>();
			for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
				turns.add(Turn.of(files));
			}
			print("with50", turns, (turn) -> turn.fifty() / 1_000);
			print("without", turns, (turn) -> turn.none() / 1_000);
			print("with50÷StartUp.without", turns, (turn) -> turn.fifty() / turn.none());
			print("Of1000", turns, Turn::some, Turn::bindingSome);
			print("Of10000", turns, Turn::many, Turn::bindingMany);
		}
	}

	private static void print(String size, List<Turn> turns, ToDoubleFunction<Turn> bean,
			ToDoubleFunction<Turn> binder) {
		print("bean" + size, turns, bean);
		print("binder" + size, turns, binder);
		print("bean%s÷StartUp.binder%1$s".formatted(size), turns,
				(turn) -> bean.applyAsDouble(turn) / binder.applyAsDouble(turn));
	}

	private static void print(String name, List<Turn> turns, ToDoubleFunction<Turn> value) {
		double[] values = turns.stream().mapToDouble(value).sorted().toArray();
		double median = (values[values.length / 2] + values[(values.length - 1) / 2]) / 2;
		System.out.printf("StartUp.%s %.3f%n", name, median);
	}

	/**
	 * Start the application.
	 * @return how long it took, in microseconds
	 */
	private static double start(Path file) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class).logStartupInfo(false)
			.properties("shm.namespace=shmbench-start-%d-".formatted(ProcessHandle.current().pid()));
		long start = System.nanoTime();
		ConfigurableApplicationContext context = application.run("--server.port=0", "--spring.main.banner-mode=off",
				"--spring.config.location=" + file.toUri(),
				"--spring.autoconfigure.exclude=org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
				"--logging.level.root=warn");
		double micros = (System.nanoTime() - start) / 1_000.0;
		context.close();
		return micros;
	}

	/**
	 * Bind the properties of a file.
	 * @return how long it took, in microseconds
	 */
	private static double bind(Path file) throws IOException {
		StandardEnvironment environment = new StandardEnvironment();
		new YamlPropertySourceLoader().load("application", new FileSystemResource(file))
			.forEach(environment.getPropertySources()::addLast);
		ConfigurationPropertySources.attach(environment);
		long start = System.nanoTime();
		Binder.get(environment).bind("shm", SharedMemoryProperties.class).get();
		return (System.nanoTime() - start) / 1_000.0;
	}

	/**
	 * What first starts of JVMs that followed each other took, in microseconds.
	 *
	 * @param none without entries
	 * @param fifty with 50 entries
	 * @param some one more bean of some
	 * @param bindingSome the binder alone for one of some
	 * @param many one more bean of many
	 * @param bindingMany the binder alone for one of many
	 */
	private record Turn(double none, double fifty, double some, double bindingSome, double many, double bindingMany) {

		static Turn of(ApplicationFiles files) throws IOException {
			Path without = files.arrays(0);
			double none = run(without);
			double fifty = run(files.fifty());
			Path some = files.arrays(SOME);
			Path many = files.arrays(MANY);
			return new Turn(none, fifty, (run(some) - none) / SOME, run(without, some) / SOME,
					(run(many) - none) / MANY, run(without, many) / MANY);
		}

		private static double run(Path... files) throws IOException {
			Object[] arguments = Arrays.copyOf(files, files.length, Object[].class);
			try (OtherProcess other = OtherProcess.java(StartUp.class, arguments)) {
				return Double.parseDouble(other.line());
			}
		}

	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
