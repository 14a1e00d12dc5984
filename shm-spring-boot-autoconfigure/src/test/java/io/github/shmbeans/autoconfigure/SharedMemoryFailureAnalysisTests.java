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
import java.nio.file.attribute.PosixFilePermissions;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.testing.FinishedProcess;
import io.github.shmbeans.testing.JavaProcess;
import io.github.shmbeans.testing.SegmentNames;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.test.util.TestPropertyValues.Type;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SimpleCommandLinePropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the analysis of start-up failures. Each fails the start of a context, and
 * leaves no segment behind.
 */
class SharedMemoryFailureAnalysisTests {

	@RegisterExtension
	final SegmentNames namespace = new SegmentNames();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SharedMemoryAutoConfiguration.class));

	@Test
	void missingTypeIsExplained() {
		analyze((description, action) -> {
			description.contains("Property: shm.values.count.type", "Origin: ", "shm.values.count.initial",
					"Expected an element type, found none");
			action.contains("Set the type");
		}, "shm.values.count.initial=5");
	}

	@Test
	void unknownTypeIsExplained() {
		analyze((description, action) -> {
			description.contains("Property: shm.values.count.type", "Value: \"lang\"", "Expected an element type of",
					"int64", "found 'lang'");
			action.contains("Use one of these names");
		}, "shm.values.count.type=lang");
	}

	@Test
	void unknownPropertyIsExplained() {
		analyze((description, action) -> {
			description.contains("Property: shm.arrays.readings.lenght", "Value: \"4\"",
					"Expected one of the properties access", "length, lock", "found 'lenght'");
			action.contains("Remove it, or use one of these");
		}, "shm.arrays.readings.type=double", "shm.arrays.readings.lenght=4");
	}

	@Test
	void propertyOfAnotherKindIsExplained() {
		analyze((description, action) -> description.contains("Property: shm.values.count.length",
				"Expected one of the properties access", "found 'length'"), "shm.values.count.type=long",
				"shm.values.count.length=4");
	}

	@Test
	void keyWithDotIsExplained() {
		analyze((description, action) -> {
			description.contains("Property: shm.values.my.counter.type", "below the key 'my', found 'counter.type'");
			action.contains("'[my.counter]'");
		}, "shm.values.my.counter.type=long");
	}

	@Test
	void valueInsteadOfPropertiesIsExplained() {
		analyze((description, action) -> {
			description.contains("Property: shm.values.count", "Value: \"5\"", "Expected properties (access",
					"found '5'");
			action.contains("below the key 'count'");
		}, "shm.values.count=5");
	}

	@Test
	void valueInsteadOfEntriesIsExplained() {
		analyze((description, action) -> description.contains("Property: shm.values", "Expected entries, each a key",
				"found 'count'"), "shm.values=count");
	}

	@Test
	void environmentVariableThatDoublesAKeyIsExplained() {
		analyze(this.contextRunner.withInitializer((context) -> TestPropertyValues.of("SHM_VALUES_MYCOUNTER_TYPE=int")
			.applyTo(context.getEnvironment(), Type.SYSTEM_ENVIRONMENT)), (description, action) -> {
				description.contains("Property: shm.values.", "SHM_VALUES_MYCOUNTER_TYPE", "shm.values.my-counter.type",
						"Expected one spelling of the key", "'my-counter'", "'mycounter'");
				action.contains("SPRING_APPLICATION_JSON");
			}, "shm.values.my-counter.type=long");
	}

	@Test
	void environmentVariableWithUnderscoreForADashIsExplained() {
		analyze(this.contextRunner.withInitializer((context) -> TestPropertyValues.of("SHM_VALUES_MY_COUNTER_TYPE=int")
			.applyTo(context.getEnvironment(), Type.SYSTEM_ENVIRONMENT)),
				(description, action) -> description.contains("Property: shm.values.my.counter.type",
						"SHM_VALUES_MY_COUNTER_TYPE", "below the key 'my', found 'counter.type'"),
				"shm.values.my-counter.type=long");
	}

	@Test
	void keyInTwoSpellingsIsExplained() {
		analyze((description, action) -> description.contains("Expected one spelling of the key"),
				"shm.values.my-counter.type=long", "shm.values.myCounter.initial=5");
	}

	@Test
	void keyInTwoMapsIsExplained() {
		analyze((description, action) -> {
			description.contains("Property: shm.arrays.count",
					"'count' would be both shm.values.count and shm.arrays.count");
			action.contains("Rename one of the keys");
		}, "shm.values.count.type=long", "shm.arrays.count.type=long", "shm.arrays.count.length=1");
	}

	@Test
	void keyThatIsTheAliasOfAnotherIsExplained() {
		analyze((description, action) -> description.contains("'requestCount' would be both"),
				"shm.values.request-count.type=long", "shm.arrays.requestCount.type=long",
				"shm.arrays.requestCount.length=1");
	}

	@Test
	void keyThatIsTheNameOfAnotherBeanIsExplained() {
		analyze(this.contextRunner.withBean("count", Object.class), (description, action) -> {
			description.contains("Property: shm.values.count", "Expected the bean name 'count' to be free");
			action.contains("Rename the key or the other bean");
		}, "shm.values.count.type=long");
	}

	@Test
	void aliasThatIsTheNameOfAnotherBeanIsExplained() {
		analyze(this.contextRunner.withBean("requestCount", Object.class), (description, action) -> description
			.contains("Property: shm.values.request-count", "Expected the bean name 'requestCount' to be free"),
				"shm.values.request-count.type=long");
	}

	@Test
	void missingLengthIsExplained() {
		analyze((description, action) -> {
			description.contains("Property: shm.arrays.readings.length", "Origin: ", "shm.arrays.readings.type",
					"Expected the number of elements of array 'readings'", "found neither length nor initial data");
			action.contains("Set length, shape or initial");
		}, "shm.arrays.readings.type=double");
	}

	@ParameterizedTest
	@CsvSource({ "length, -1, 'Expected an array length of 0 or more, found -1'",
			"shape, '2,-1', 'Expected dimensions of 0 or more, found [2, -1]'",
			"shape, '4294967296,4294967296', 'Expected fewer than 2^63 elements'" })
	void lengthOrShapeThatIsNoneIsExplained(String property, String value, String problem) {
		analyze((description, action) -> description.contains("Property: shm.arrays.readings." + property,
				"Value: \"%s\"".formatted(value), problem), "shm.arrays.readings.type=double",
				"shm.arrays.readings.%s=%s".formatted(property, value));
	}

	@Test
	void lengthBesideAShapeIsExplained() {
		analyze((description, action) -> {
			description.contains("Property: shm.arrays.readings.shape",
					"Expected a length or a shape, found both for array 'readings'");
			action.contains("Leave the length out");
		}, "shm.arrays.readings.type=double", "shm.arrays.readings.length=6", "shm.arrays.readings.shape=2,3");
	}

	@Test
	void shapeThatDisagreesWithTheInitialDataIsExplained() {
		analyze((description, action) -> {
			description.contains("Property: shm.arrays.primes.shape", "Expected 2 × 3 elements", "found 4");
			action.contains("Make shape and initial agree");
		}, "shm.arrays.primes.type=int", "shm.arrays.primes.shape=2,3", "shm.arrays.primes.initial=2,3,5,7");
	}

	@Test
	void lengthThatDisagreesWithTheInitialDataIsExplained() {
		analyze((description, action) -> {
			description.contains("Property: shm.arrays.primes.length", "Expected 3 elements", "found 4");
			action.contains("Make length and initial agree");
		}, "shm.arrays.primes.type=int", "shm.arrays.primes.length=3", "shm.arrays.primes.initial=2,3,5,7");
	}

	@Test
	void textThatIsLongerThanTheArrayIsExplained() {
		analyze((description, action) -> description.contains("Property: shm.arrays.banner.length", "Value: \"4\"",
				"at most 4"), "shm.arrays.banner.type=char", "shm.arrays.banner.length=4",
				"shm.arrays.banner.initial=hello");
	}

	@ParameterizedTest
	@CsvSource({ "shm.values.x,byte,200,'(-128 to 127)'", "shm.values.x,int,abc,a number", "shm.values.x,int,1.5,whole",
			"shm.values.x,boolean,perhaps,true or false", "shm.values.x,char,ab,one character" })
	void initialValueThatDoesNotFitIsExplained(String entry, String type, String value, String expected) {
		analyze((description, action) -> {
			description.contains("Property: %s.initial".formatted(entry), "Value: \"%s\"".formatted(value), "Origin: ",
					expected);
			action.isNotEmpty();
		}, entry + ".type=" + type, entry + ".initial=" + value);
	}

	@Test
	void elementThatDoesNotFitIsExplained() {
		analyze((description, action) -> description.contains("Property: shm.arrays.primes.initial[1]",
				"Value: \"three\"", "a number"), "shm.arrays.primes.type=int", "shm.arrays.primes.initial[0]=2",
				"shm.arrays.primes.initial[1]=three");
	}

	@Test
	void listWithGapIsExplained() {
		analyze((description, action) -> description.contains("Property: shm.arrays.primes.initial[2]",
				"Expected elements of type int32, found the property '[2]'"), "shm.arrays.primes.type=int",
				"shm.arrays.primes.initial[0]=2", "shm.arrays.primes.initial[2]=5");
	}

	@Test
	void listForAValueIsExplained() {
		analyze((description, action) -> {
			description.contains("Property: shm.values.count.initial",
					"Expected one value of type int64, found the property '[0]'");
			action.contains("shm.arrays");
		}, "shm.values.count.type=long", "shm.values.count.initial[0]=1", "shm.values.count.initial[1]=2");
	}

	@Test
	void propertiesForAScalarAreExplained() {
		analyze((description, action) -> description.contains("Property: shm.values.count.initial.x",
				"Expected one value of type int64, found the property 'x'"), "shm.values.count.type=long",
				"shm.values.count.initial.x=1");
	}

	@Test
	void listWithoutItemsIsExplained() {
		analyze((description, action) -> description.contains("Property: shm.lists.status.initial",
				"Expected the items of list 'status', found none"), "shm.lists.status.mode=create");
	}

	@ParameterizedTest
	@CsvSource({ "type=integer,shm.lists.status.initial[0].type,'int, float, bool, str, bytes, none'",
			"type=int,shm.lists.status.initial[0].value,a whole number",
			"capcity=5,shm.lists.status.initial[0].capcity,capacity",
			"capacity=many,shm.lists.status.initial[0].capacity,a whole number",
			"capacity=-1,shm.lists.status.initial[0],capacity" })
	void itemThatDoesNotFitIsExplained(String property, String name, String expected) {
		analyze((description, action) -> description.contains("Property: " + name, expected),
				"shm.lists.status.initial[0].value=x", "shm.lists.status.initial[0]." + property);
	}

	@Test
	void blockWithoutSizeIsExplained() {
		analyze((description, action) -> {
			description.contains("Property: shm.blocks.frame.size", "Expected a size of at least 1 byte", "found none");
			action.contains("how many bytes");
		}, "shm.blocks.frame.mode=create");
	}

	@ParameterizedTest
	@CsvSource({ "shm.blocks.x,size,0B,at least 1 byte", "shm.blocks.x,size,4XB,a size such as",
			"shm.arrays.x,length,many,a whole number",
			"shm.arrays.x,mode,join,'one of create-or-attach, create, attach'",
			"shm.arrays.x,on-shutdown,delete,'one of unlink-if-last, close, unlink'",
			"shm.arrays.x,attach-timeout,soon,a duration such as", "shm.arrays.x,attach-timeout,-1s,zero or more",
			"shm.arrays.x,lock-timeout,0s,greater than zero", "shm.arrays.x,access,all,'one of read-write, read-only'",
			"shm.arrays.x,on-owner-death,shrug,'one of report, ignore'", "shm.arrays.x,permissions,0700,0600 to 0666",
			"shm.arrays.x,permissions,rw,0600 to 0666", "shm.arrays.x,foreign-owner,perhaps,true or false",
			"shm.locks.x,kind,spin,'one of process, semaphore'", "shm.locks.x,lock,false,a lock of its own" })
	void propertyThatCannotBeReadIsExplained(String entry, String property, String value, String expected) {
		analyze((description, action) -> description.contains("Property: %s.%s".formatted(entry, property),
				"Value: \"%s\"".formatted(value), "Origin: ", expected), entry + "." + property + "=" + value,
				entry.contains("arrays") ? entry + ".type=int" : "other=");
	}

	@Test
	void keyThatMakesNoSegmentNameIsExplained() {
		analyze((description, action) -> {
			description.contains("Property: shm.values[a/b]", "Expected a segment name of 1 to 250 characters");
			action.contains("segment name");
		}, "shm.values[a/b].type=int");
	}

	@Test
	void segmentNameThatIsInvalidIsExplained() {
		analyze((description, action) -> description.contains("Property: shm.values.count.segment-name",
				"Value: \".hidden\"", "without leading dot"), "shm.values.count.type=int",
				"shm.values.count.segment-name=.hidden");
	}

	@Test
	void segmentNameOfTwoEntriesIsExplained() {
		analyze((description, action) -> description.contains("Property: shm.values.b.segment-name",
				"Expected a segment name that no other entry has, found 'same' in shm.values.a too"),
				"shm.values.a.type=int", "shm.values.a.segment-name=same", "shm.values.b.type=int",
				"shm.values.b.segment-name=same");
	}

	@Test
	void unknownLockIsExplained() {
		analyze((description, action) -> {
			description.contains("Property: shm.values.count.lock", "Value: \"leger\"",
					"Expected true, false or a key of shm.locks (ledger), found 'leger'");
			action.contains("shm.locks.leger");
		}, "shm.values.count.type=int", "shm.values.count.lock=leger", "shm.locks.ledger.kind=process");
	}

	@Test
	void sizeOverTheFreeSpaceIsExplained() {
		analyze((description, action) -> {
			description.contains("Property: shm.arrays.huge.length", "Value: \"1000000000000\"",
					"bytes free in /dev/shm");
			action.contains("enlarge /dev/shm");
		}, "shm.values.first.type=long", "shm.arrays.huge.type=double", "shm.arrays.huge.length=1000000000000");
	}

	@Test
	void sizeOverEveryAddressIsExplained() {
		analyze((description, action) -> description.contains("Property: shm.arrays.huge.length"),
				"shm.arrays.huge.type=double", "shm.arrays.huge.length=9223372036854775807");
	}

	@Test
	void missingSegmentIsExplained() {
		analyze((description, action) -> {
			description.contains("Property: shm.values.count.mode", "Value: \"attach\"", "found nothing");
			action.contains("Start the process that creates it first");
		}, "shm.values.first.type=long", "shm.values.count.type=long", "shm.values.count.mode=attach");
	}

	@Test
	void existingSegmentIsExplained() {
		try (SharedMemoryManager manager = manager()) {
			manager.value("count", ElementType.INT64).open();
			analyze((description, action) -> {
				description.contains("Property: shm.values.count.mode", "expected not to exist");
				action.contains("Use mode create-or-attach");
			}, "shm.values.count.type=long", "shm.values.count.mode=create");
		}
	}

	@Test
	void segmentThatDoesNotFitIsExplained() {
		try (SharedMemoryManager manager = manager()) {
			manager.value("count", ElementType.INT32).open();
			analyze((description, action) -> {
				description.contains("Property: shm.values.count", "Origin: ", "int64", "found", "int32");
				action.isNotEmpty();
			}, "shm.values.count.type=long");
		}
	}

	@Test
	void segmentThatOthersMayWriteIsExplained() throws IOException {
		try (SharedMemoryManager manager = manager()) {
			manager.value("count", ElementType.INT64).open();
			Files.setPosixFilePermissions(this.namespace.path("count"), PosixFilePermissions.fromString("rw-----w-"));
			analyze((description, action) -> {
				description.contains("Property: shm.values.count", "Origin: ");
				action.isNotEmpty();
			}, "shm.values.count.type=long");
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "user.name", matches = "root")
	void segmentOfAnotherUserIsExplainedUnlessItIsAllowed() throws IOException {
		try (SharedMemoryManager manager = manager()) {
			manager.value("count", ElementType.INT64).open();
			Files.setAttribute(this.namespace.path("count"), "unix:uid", 65534);
			analyze((description, action) -> {
				description.contains("Property: shm.values.count", "Origin: ");
				action.isNotEmpty();
			}, "shm.values.count.type=long");
			this.contextRunner
				.withPropertyValues(this.namespace.property(), "shm.values.count.type=long",
						"shm.values.count.foreign-owner=true")
				.run((context) -> assertThat(context).hasNotFailed().hasBean("count"));
		}
	}

	@Test
	void segmentThatIsNoneIsExplained() throws IOException {
		Files.createFile(this.namespace.path("count"));
		analyze((description, action) -> description.contains("Property: shm.values.count", "an empty file"),
				"shm.values.count.type=long");
		Files.delete(this.namespace.path("count"));
	}

	@Test
	void originOfAFileHasLineAndColumn(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("application.yml"), """
				shm:
				  arrays:
				    sensor-readings:
				      type: double
				      length: -1
				""");
		analyze(withFile(file), (description, action) -> description
			.contains("Property: shm.arrays.sensor-readings.length", "Value: \"-1\"", "application.yml", "- 5:15"));
	}

	@Test
	void originOfTheCommandLineIsNamed() {
		analyze(this.contextRunner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new SimpleCommandLinePropertySource("--shm.values.count.initial=x"))),
				(description, action) -> description.contains("Property: shm.values.count.initial", "commandLineArgs"),
				"shm.values.count.type=long");
	}

	@Test
	void unsupportedPlatformIsExplained() throws IOException, InterruptedException {
		FinishedProcess result = new JavaProcess("-Dos.name=Plan 9").run(Application.class,
				"--spring.main.web-application-type=none", "--shm.values.count.type=long");
		assertThat(result.exitCode()).isEqualTo(1);
		assertThat(result.output()).contains("APPLICATION FAILED TO START", "found Plan 9", "shm.enabled=false");
	}

	@Test
	@Tag("slow")
	void unsupportedPlatformIsNoneWhenDisabled() throws IOException, InterruptedException {
		FinishedProcess result = new JavaProcess("-Dos.name=Plan 9").run(Application.class,
				"--spring.main.web-application-type=none", "--shm.enabled=false", "--shm.values.count.type=long");
		assertThat(result.exitCode()).as(result.output()).isZero();
	}

	@Test
	void segmentThatTheApplicationOpensIsExplained() {
		this.contextRunner.withBean(SharedMemory.class, () -> SharedMemory.attach(this.namespace.name("missing")))
			.run((context) -> {
				FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains(this.namespace.name("missing"), "found nothing");
				assertThat(analysis.getAction()).contains("Start the process that creates it first");
			});
	}

	private SharedMemoryManager manager() {
		return SharedMemoryManager.builder().namespace(this.namespace.toString()).build();
	}

	private ApplicationContextRunner withFile(Path file) {
		return this.contextRunner.withInitializer(new ConfigDataApplicationContextInitializer())
			.withPropertyValues("spring.config.location=" + file.toUri());
	}

	private void analyze(Expectation expectation, String... properties) {
		analyze(this.contextRunner, expectation, properties);
	}

	private void analyze(ApplicationContextRunner runner, Expectation expectation, String... properties) {
		runner.withPropertyValues(this.namespace.property()).withPropertyValues(properties).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			expectation.check(assertThat(analysis.getDescription()), assertThat(analysis.getAction()));
		});
	}

	@FunctionalInterface
	interface Expectation {

		void check(AbstractStringAssert<?> description, AbstractStringAssert<?> action);

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Application {

		public static void main(String[] args) {
			SpringApplication.run(Application.class, args);
		}

	}

}
