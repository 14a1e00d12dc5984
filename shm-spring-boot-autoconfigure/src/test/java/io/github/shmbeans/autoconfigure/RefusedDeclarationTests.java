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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.shmbeans.SharedValue;
import io.github.shmbeans.testing.SegmentNames;
import org.assertj.core.api.AbstractStringAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.test.util.TestPropertyValues.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that declarations which Boot would change, drop or double without a word are
 * refused, and all of one start together.
 */
class RefusedDeclarationTests {

	@RegisterExtension
	final SegmentNames namespace = new SegmentNames();

	@TempDir
	Path directory;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SharedMemoryAutoConfiguration.class));

	@ParameterizedTest
	@CsvSource({ "my counter,mycounter", "zähler,zhler", "a+b,ab" })
	void keyThatWouldBecomeAnotherIsRefused(String key, String other) throws IOException {
		refuse("shm: { values: { '%s': { type: long } } }".formatted(key))
			.contains("Property: shm.values.%s.type".formatted(key), "application.yml] - 1:",
					"found '%s', which would become '%s'".formatted(key, other))
			.doesNotContain("Property: shm.values.%s%n".formatted(other));
	}

	@Test
	void keyInTwoSpellingsHasBothOrigins() throws IOException {
		refuse("""
				shm:
				  values:
				    my-counter:
				      type: long
				    myCounter:
				      type: int
				""").contains("Property: shm.values.my-counter.type", "4:13", "'my-counter'", "'myCounter'", "6:13");
	}

	@Test
	void listInsteadOfEntriesIsRefused() throws IOException {
		refuse("shm: { values: [ { type: long }, { type: int } ] }").contains("Property: shm.values",
				"Expected entries, each a key with properties, found a list");
	}

	@ParameterizedTest
	@ValueSource(strings = { "shm.array.x.type=int", "shm.namespce=x", "shm.values.count.lokc=true",
			"shm.lists.x.initial[0].capcity=4", "shm.values.x.mode.y=4" })
	void unknownPropertyIsRefusedAtEveryLevel(String property) {
		this.contextRunner.withPropertyValues(this.namespace.property(), property)
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
				.contains("Property: " + property.substring(0, property.indexOf('='))));
	}

	@Test
	void allMistakesOfOneStartAreReportedTogether() throws IOException {
		refuse("""
				shm:
				  namespce: x
				  values:
				    one: { type: lang }
				    two: { type: long, mode: join, attach-timeout: soon }
				    three: { type: int, initial: x }
				    four: { type: int, lock: ledger }
				    five: { type: int, segment-name: same }
				    environment: { type: int }
				  arrays:
				    six: { type: int }
				    seven: { type: int, length: 1, segment-name: same }
				  blocks:
				    eight: { size: 0B }
				""").contains("shm.namespce", "shm.values.one.type", "shm.values.two.mode",
				"shm.values.two.attach-timeout", "shm.values.three.initial", "shm.values.four.lock",
				"shm.arrays.six.length", "shm.values.environment", "shm.arrays.seven.segment-name",
				"shm.blocks.eight.size");
	}

	@Test
	void roomThatIsTooSmallForTheFirstValueIsRefused() throws IOException {
		refuse("shm: { lists: { status: { initial: [ { value: hello, world!, capacity: 4 } ] } } }"
			.replace("hello, world!", "'hello, world'"))
			.contains("Property: shm.lists.status.initial[0].capacity", "12 bytes, found 4");
	}

	@Test
	void lockTimeoutWithoutLockIsRefused() throws IOException {
		refuse("shm: { values: { count: { type: int, lock: false, lock-timeout: 1s } } }")
			.contains("Property: shm.values.count.lock-timeout", "Expected no lock timeout without a lock");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lock-timeout: 1s", "on-owner-death: ignore" })
	void optionOfALockBesideTheLockOfAnotherEntryIsRefused(String option) throws IOException {
		refuse("shm: { locks: { ledger: { kind: process } }, values: { count: { type: int, lock: ledger, %s } } }"
			.formatted(option))
			.contains("Property: shm.values.count." + option.substring(0, option.indexOf(':')), "'lock: ledger'");
	}

	@Test
	void recordThatContainsItselfIsRefused() throws IOException {
		refuse("shm: { values: { x: { type: '%s', initial: { value: 1 } } } }".formatted(Node.class.getName()))
			.contains("Property: shm.values.x.type", "a type of fixed size");
	}

	@Test
	void namespaceThatMakesNoSegmentNameIsRefusedOnce() throws IOException {
		refuse("shm: { values: { a: { type: int }, b: { type: int } } }", "shm.namespace=a/b")
			.containsOnlyOnce("Property: ")
			.contains("Property: shm.namespace", "found 'a/b'");
	}

	@Test
	void misspeltLockBesideALockTimeoutIsReportedAsTheLock() throws IOException {
		refuse("shm: { values: { count: { type: int, lock: flase, lock-timeout: 1s } } }")
			.containsOnlyOnce("Property: ")
			.contains("Property: shm.values.count.lock", "found 'flase'");
	}

	@ParameterizedTest
	@CsvSource({ "int,1.5,whole", "uint8,300,'(0 to 255)'", "float,1e300,float", "length,2.5,whole" })
	void numberThatWouldBeCutOffIsRefused(String type, String number, String expected) throws IOException {
		refuse(type.equals("length") ? "shm: { arrays: { x: { type: int, length: %s } } }".formatted(number)
				: "shm: { values: { x: { type: %s, initial: %s } } }".formatted(type, number))
			.contains("Property: shm.", expected, number.replace("1e300", "1"));
	}

	@Test
	void memberThatWouldBeCutOffIsRefused() throws IOException {
		refuse("shm: { values: { x: { type: '%s', initial: { x: 1.5 } } } }".formatted(Whole.class.getName()))
			.contains("Property: shm.values.x.initial.x", "whole");
	}

	@ParameterizedTest
	@ValueSource(strings = { "environment", "lifecycleProcessor", "lifecycle-processor", "systemProperties",
			"messageSource", "sharedMemoryManager" })
	void keyThatIsABeanOfSpringIsRefused(String key) {
		for (boolean overriding : new boolean[] { false, true }) {
			this.contextRunner.withAllowBeanDefinitionOverriding(overriding)
				.withPropertyValues(this.namespace.property(), "shm.values.%s.type=long".formatted(key))
				.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
					.contains("Property: shm.values." + key, "'%s' to be free".formatted(BeanNames.alias(key))));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "shm.values.mine.type=long", "shm.values.also-mine.type=long" })
	void beanOfTheApplicationIsNeverReplaced(String property) {
		for (boolean overriding : new boolean[] { false, true }) {
			this.contextRunner.withAllowBeanDefinitionOverriding(overriding)
				.withUserConfiguration(Mine.class)
				.withPropertyValues(this.namespace.property(), property)
				.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
					.contains("Property: shm.values.", "to be free", "another bean of that name"));
		}
	}

	@Test
	void environmentVariablesOfOthersAreLeftAlone() {
		this.contextRunner
			.withInitializer((context) -> TestPropertyValues.of("SHM_PORT=1", "SHM_SERVICE_HOST=x")
				.applyTo(context.getEnvironment(), Type.SYSTEM_ENVIRONMENT))
			.withPropertyValues(this.namespace.property(), "shm.values.count.type=int")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(SharedValue.class));
	}

	private AbstractStringAssert<?> refuse(String yaml, String... properties) throws IOException {
		Path file = Files.writeString(this.directory.resolve("application.yml"), yaml);
		String[] description = new String[1];
		this.contextRunner.withInitializer(new ConfigDataApplicationContextInitializer())
			.withPropertyValues(this.namespace.property(), "spring.config.location=" + file.toUri())
			.withPropertyValues(properties)
			.run((context) -> {
				assertThat(context).hasFailed();
				description[0] = FailureAnalyses.of(context.getStartupFailure()).getDescription();
			});
		return assertThat(description[0]);
	}

	record Whole(int x) {
	}

	record Node(int value, @Nullable Node next) {
	}

	@Configuration(proxyBeanMethods = false)
	static class Mine {

		@Bean
		Object mine() {
			return new Object();
		}

		@Bean
		Object alsoMine() {
			return new Object();
		}

	}

}
