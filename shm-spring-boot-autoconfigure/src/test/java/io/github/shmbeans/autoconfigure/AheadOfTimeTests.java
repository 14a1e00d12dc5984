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

import java.util.function.Consumer;

import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that contexts that were processed ahead of time have the same beans.
 */
@CompileWithForkedClassLoader
class AheadOfTimeTests {

	@RegisterExtension
	final SegmentNames namespace = new SegmentNames();

	private final TestGenerationContext generationContext = new TestGenerationContext();

	@Test
	void processedContextHasTheBeansOfItsEntries() {
		run(Application.class, new String[] { "shm.values.request-count.type=long" },
				new String[] { "shm.values.request-count.type=long", "shm.values.request-count.initial=5" },
				(context) -> {
					assertThat(context.getBean(Application.class).requestCount.get()).isEqualTo(5L);
					assertThat(context.getBean("requestCount")).isSameAs(context.getBean("request-count"));
				});
	}

	@Test
	void entriesThatAreAddedLaterAreBeansToo() {
		run(Application.class, new String[] { "shm.values.request-count.type=long" },
				new String[] { "shm.values.request-count.type=long", "shm.arrays.more.type=int",
						"shm.arrays.more.length=3", "shm.locks.ledger.kind=process" },
				(context) -> assertThat(context.getBean(SharedMemoryManager.class).segments())
					.containsOnlyKeys("request-count", "more", "ledger"));
	}

	@Test
	void nothingIsOpenedWhileAContextIsProcessed() {
		process(Application.class, "shm.values.request-count.type=long", "shm.values.request-count.mode=attach");
	}

	@Test
	void whatIsDisabledStaysDisabled() {
		run(Empty.class, new String[] { "shm.enabled=false" }, new String[] { "shm.values.count.type=long" },
				(context) -> assertThat(context.getBeansOfType(SharedMemoryManager.class)).isEmpty());
	}

	@Test
	void hintsAreRegistered() {
		process(Application.class, "shm.values.request-count.type=long");
		assertThat(RuntimeHintsPredicates.resource().forResource("com/sun/jna/linux-x86-64/libjnidispatch.so"))
			.accepts(this.generationContext.getRuntimeHints());
		assertThat(RuntimeHintsPredicates.reflection().onType(SharedMemoryProperties.ValueProperties.class))
			.accepts(this.generationContext.getRuntimeHints());
	}

	@Test
	void hintsForRecordsAreRegistered() {
		process(Empty.class, "shm.values.origin.type=" + Segment.class.getName());
		assertThat(RuntimeHintsPredicates.reflection().onType(Segment.class))
			.accepts(this.generationContext.getRuntimeHints());
		assertThat(RuntimeHintsPredicates.reflection().onType(Point.class))
			.accepts(this.generationContext.getRuntimeHints());
	}

	private ClassName process(Class<?> type, String... properties) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.register(type);
		set(context, properties);
		return new ApplicationContextAotGenerator().processAheadOfTime(context, this.generationContext);
	}

	private void run(Class<?> type, String[] processing, String[] running,
			Consumer<GenericApplicationContext> consumer) {
		ClassName initializer = process(type, processing);
		this.generationContext.writeGeneratedContent();
		TestCompiler.forSystem().with(this.generationContext).compile((compiled) -> {
			try (GenericApplicationContext context = new GenericApplicationContext()) {
				set(context, running);
				initialize(compiled.getInstance(ApplicationContextInitializer.class, initializer.toString()), context);
				context.refresh();
				consumer.accept(context);
			}
		});
	}

	@SuppressWarnings("unchecked")
	private static void initialize(ApplicationContextInitializer<?> initializer, GenericApplicationContext context) {
		((ApplicationContextInitializer<GenericApplicationContext>) initializer).initialize(context);
	}

	private void set(GenericApplicationContext context, String... properties) {
		TestPropertyValues.of(this.namespace.property()).and(properties).applyTo(context);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SharedMemoryAutoConfiguration.class)
	@AutoConfigurationPackage
	static class Application {

		@Autowired
		SharedValue<Long> requestCount;

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SharedMemoryAutoConfiguration.class)
	static class Empty {

	}

	public record Point(double x, double y) {
	}

	public record Segment(Point from, Point to) {
	}

}
