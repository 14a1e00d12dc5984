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
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.ShutdownPolicy;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.support.SpringApplicationJsonEnvironmentPostProcessor;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.test.util.TestPropertyValues.Type;
import org.springframework.core.env.SimpleCommandLinePropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for entries in configuration files, on the command line and in JSON.
 */
class ConfigurationFileTests {

	@RegisterExtension
	final SegmentNames namespace = new SegmentNames();

	@TempDir
	Path directory;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SharedMemoryAutoConfiguration.class));

	@Test
	void yamlOfTheDesignIsUnderstood() throws IOException {
		yaml("""
				shm:
				  enabled: true
				  values:
				    request-count: { type: long, initial: 0 }
				  arrays:
				    sensor-readings: { type: double, length: 1024 }
				    primes: { type: int, initial: [2, 3, 5, 7] }
				    banner: { type: char, length: 64, initial: "hello world" }
				  lists:
				    job-status: { initial: [howdy, -273.154, 100, true] }
				  blocks:
				    frame: { size: 4MB }
				  locks:
				    ledger: { kind: process }
				""", (context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean("jobStatus", ShareableList.class)).containsExactly("howdy", -273.154, 100L,
					true);
			assertThat(array(context, "primes").slice(0, 4)).isEqualTo(List.of(2, 3, 5, 7));
			assertThat(array(context, "banner").getText()).isEqualTo("hello world");
			assertThat(this.namespace.existing()).hasSize(7);
		});
	}

	@Test
	void itemsHaveTheTypeThatTheYamlLoaderGivesThem() throws IOException {
		yaml("""
				shm:
				  lists:
				    status:
				      initial: [a, null, ~, "", 'null', {type: none}, 3000000000, 1e3]
				    block:
				      initial:
				        -
				        - ""
				""", (context) -> {
			assertThat(context.getBean("status", ShareableList.class)).containsExactly("a", "", "", "", "null", null,
					3000000000L, 1000.0);
			assertThat(context.getBean("block", ShareableList.class)).containsExactly("", "");
		});
	}

	@Test
	void yamlSaysByQuotesWhatIsText() throws IOException {
		yaml("""
				count: 5
				---
				shm:
				  lists:
				    status:
				      initial:
				        - "100"
				        - '1.5'
				        - &anchor "true"
				        - *anchor
				        - |-
				          null
				        - 100
				        - 1.5
				        - true
				        - ${count}
				        - "${count}"
				        - { value: "7" }
				""", (context) -> assertThat(context.getBean("status", ShareableList.class)).containsExactly("100",
				"1.5", "true", "true", "null", 100L, 1.5, true, "5", "5", "7"));
	}

	@Test
	void emptyEntryOfAMapCounts() throws IOException {
		yaml("""
				shm:
				  values: {}
				  arrays:
				  locks:
				    braces: {}
				    nothing:
				""", (context) -> assertThat(context.getBeansOfType(SharedLock.class)).containsOnlyKeys("braces",
				"nothing"));
	}

	@Test
	void itemsAreTheSameInYamlAndProperties() throws IOException {
		String yaml = """
				shm:
				  lists:
				    items:
				      initial:
				        - text
				        - 100
				        - -273.154
				        - true
				        - text
				        - { type: bytes, value: SG9XZFk= }
				        - { type: none }
				        - { type: int, value: 5 }
				        - { type: float, value: 5 }
				        - { type: bool, value: true }
				        - { type: str, value: 5 }
				        - { type: str, value: "null" }
				        - { type: str, value: x, capacity: 60 }
				        - { value: y, capacity: 64 }
				        - { type: int, value: 0x10 }
				""";
		String properties = """
				shm.lists.items.initial[0]=text
				shm.lists.items.initial[1]=100
				shm.lists.items.initial[2]=-273.154
				shm.lists.items.initial[3]=true
				shm.lists.items.initial[4]=text
				shm.lists.items.initial[5].type=bytes
				shm.lists.items.initial[5].value=SG9XZFk=
				shm.lists.items.initial[6].type=none
				shm.lists.items.initial[7].type=int
				shm.lists.items.initial[7].value=5
				shm.lists.items.initial[8].type=float
				shm.lists.items.initial[8].value=5
				shm.lists.items.initial[9].type=bool
				shm.lists.items.initial[9].value=true
				shm.lists.items.initial[10].type=str
				shm.lists.items.initial[10].value=5
				shm.lists.items.initial[11].type=str
				shm.lists.items.initial[11].value=null
				shm.lists.items.initial[12].type=str
				shm.lists.items.initial[12].value=x
				shm.lists.items.initial[12].capacity=60
				shm.lists.items.initial[13].value=y
				shm.lists.items.initial[13].capacity=64
				shm.lists.items.initial[14].type=int
				shm.lists.items.initial[14].value=0x10
				""";
		ContextConsumer<AssertableApplicationContext> expected = (context) -> {
			ShareableList items = context.getBean(ShareableList.class);
			assertThat(items.subList(0, 5)).containsExactly("text", 100L, -273.154, true, "text");
			assertThat((byte[]) items.get(5)).isEqualTo("HoWdY".getBytes(StandardCharsets.US_ASCII));
			assertThat(items.subList(6, 15)).containsExactly(null, 5L, 5.0, true, "5", "null", "x", "y", 16L);
			assertThat(items.capacity(12)).isEqualTo(64);
			assertThat(items.capacity(13)).isEqualTo(64);
		};
		yaml(yaml, expected);
		file("application.properties", properties, expected);
	}

	@Test
	void jsonSaysByQuotesWhatIsText() {
		this.contextRunner.withPropertyValues(this.namespace.property())
			.withInitializer((context) -> context.getEnvironment()
				.getSystemProperties()
				.put("spring.application.json",
						"{\"shm\":{\"lists\":{\"status\":{\"initial\":[\"100\",100,1.5,true,{\"type\":\"none\"},\"\"]},\"empty\":{\"initial\":[]}}}}"))
			.withInitializer((context) -> new SpringApplicationJsonEnvironmentPostProcessor()
				.postProcessEnvironment(context.getEnvironment(), null))
			.run((context) -> {
				System.clearProperty("spring.application.json");
				assertThat(context.getBean("status", ShareableList.class)).containsExactly("100", 100L, 1.5, true, null,
						"");
				assertThat(context.getBean("empty", ShareableList.class)).isEmpty();
			});
	}

	@Test
	void textWithCommasIsAListOfPlainItems() throws IOException {
		file("application.properties", "shm.lists.status.initial=howdy, 1, 1.5, true, null\n",
				(context) -> assertThat(context.getBean(ShareableList.class)).containsExactly("howdy", 1L, 1.5, true,
						"null"));
	}

	@Test
	void emptyListHasNoItems() throws IOException {
		yaml("shm: { lists: { status: { initial: [] } } }",
				(context) -> assertThat(context.getBean(ShareableList.class)).isEmpty());
	}

	@Test
	void listComesWholeFromTheSourceOfTheHighestPrecedence() throws IOException {
		Path file = Files.writeString(this.directory.resolve("application.yml"),
				"shm: { arrays: { primes: { type: int, initial: [2, 3, 5, 7] } } }");
		runner(file).withPropertyValues("shm.arrays.primes.initial[0]=11", "shm.arrays.primes.initial[1]=13")
			.run((context) -> assertThat(array(context, "primes").slice(0, 2)).isEqualTo(List.of(11, 13)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0640", "\"0640\"", "640", "\"640\"", "0o640" })
	void permissionsAreOctalHoweverTheyAreWritten(String permissions) throws IOException {
		yaml("shm: { values: { count: { type: int, permissions: %s } } }".formatted(permissions),
				(context) -> assertThat(
						PosixFilePermissions.toString(Files.getPosixFilePermissions(this.namespace.path("count"))))
					.isEqualTo("rw-r-----"));
	}

	@ParameterizedTest
	@CsvSource({ "uint64,18446744073709551615", "int64,-9223372036854775808", "l,0x7f" })
	void integersOfYamlAreExact(String type, String value) throws IOException {
		yaml("shm: { values: { count: { type: %s, initial: %s } } }".formatted(type, value),
				(context) -> assertThat(new BigInteger(context.getBean(SharedValue.class).get().toString()))
					.isEqualTo(value.startsWith("0x") ? BigInteger.valueOf(127) : new BigInteger(value)));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "requestCount", "request_count", "RequestCount", "request-count", "REQUEST", "count2", "2" })
	void keyIsKeptAsItIsWritten(String key) throws IOException {
		String name = this.namespace.name(key);
		yaml("shm: { values: { %s: { type: long, initial: 5, onShutdown: unlink } } }".formatted(key), (context) -> {
			assertThat(context.getBean(key, SharedValue.class).get()).isEqualTo(5L);
			assertThat(context.getBean(key, SharedValue.class).name()).isEqualTo(name);
			assertThat(context.getBean(key, SharedValue.class).status().onShutdown()).isEqualTo(ShutdownPolicy.UNLINK);
		});
		file("application.properties", "shm.values.%s.type=long\nshm.values.%1$s.initial=5\n".formatted(key),
				(context) -> assertThat(context.getBean(key, SharedValue.class).name()).isEqualTo(name));
	}

	@Test
	void commandLineAddsEntriesAndOverridesProperties() throws IOException {
		Path file = Files.writeString(this.directory.resolve("application.yml"),
				"shm: { values: { request-count: { type: long, initial: 1 } } }");
		runner(file)
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SimpleCommandLinePropertySource("--shm.values.request-count.initial=2",
						"--shm.arrays.more.type=int", "--shm.arrays.more.length=3")))
			.run((context) -> {
				assertThat(context.getBean("requestCount", SharedValue.class).get()).isEqualTo(2L);
				assertThat(array(context, "more").length()).isEqualTo(3);
			});
	}

	@Test
	void environmentAddsEntriesAndOverridesPropertiesOfKeysWithoutDash() throws IOException {
		Path file = Files.writeString(this.directory.resolve("application.yml"),
				"shm: { values: { count: { type: long, initial: 1 } } }");
		runner(file)
			.withInitializer((context) -> TestPropertyValues
				.of("SHM_VALUES_COUNT_INITIAL=2", "SHM_VALUES_COUNT_ONSHUTDOWN=unlink", "SHM_LISTS_STATUS_INITIAL_0=a",
						"SHM_LISTS_STATUS_INITIAL_1=7", "SHM_SIZE=1g")
				.applyTo(context.getEnvironment(), Type.SYSTEM_ENVIRONMENT))
			.run((context) -> {
				assertThat(context.getBean("count", SharedValue.class).get()).isEqualTo(2L);
				assertThat(context.getBean("count", SharedValue.class).status().onShutdown())
					.isEqualTo(ShutdownPolicy.UNLINK);
				assertThat(context.getBean("status", ShareableList.class)).containsExactly("a", 7L);
			});
	}

	@Test
	void booleanElementsAndCharactersAreTheSameInYamlAndProperties() throws IOException {
		ContextConsumer<AssertableApplicationContext> expected = (context) -> {
			assertThat(array(context, "flags").slice(0, 2)).isEqualTo(Arrays.asList(true, false));
			assertThat(array(context, "digits").slice(0, 2)).isEqualTo(Arrays.asList('4', '2'));
			assertThat(array(context, "number").getText()).isEqualTo("42");
		};
		yaml("""
				shm:
				  arrays:
				    flags: { type: bool, initial: [true, false] }
				    digits: { type: char, initial: [4, 2] }
				    number: { type: char, initial: 42 }
				""", expected);
		file("application.properties", """
				shm.arrays.flags.type=bool
				shm.arrays.flags.initial=true,false
				shm.arrays.digits.type=char
				shm.arrays.digits.initial[0]=4
				shm.arrays.digits.initial[1]=2
				shm.arrays.number.type=char
				shm.arrays.number.initial=42
				""", expected);
	}

	private static SharedArray<?> array(AssertableApplicationContext context, String name) {
		return context.getBean(name, SharedArray.class);
	}

	private void yaml(String text, ContextConsumer<AssertableApplicationContext> consumer) throws IOException {
		file("application.yml", text, consumer);
	}

	private void file(String name, String text, ContextConsumer<AssertableApplicationContext> consumer)
			throws IOException {
		runner(Files.writeString(this.directory.resolve(name), text)).run(consumer);
	}

	private ApplicationContextRunner runner(Path file) {
		return this.contextRunner.withInitializer(new ConfigDataApplicationContextInitializer())
			.withPropertyValues(this.namespace.property(), "spring.config.location=" + file.toUri());
	}

}
