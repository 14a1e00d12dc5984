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

import java.util.Map;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for what is said when no shared bean, or more than one, fits an injection point.
 */
@ExtendWith(OutputCaptureExtension.class)
class SharedBeanFailureAnalysisTests {

	@RegisterExtension
	final SegmentNames namespace = new SegmentNames();

	@Test
	void wrongGenericIsTold(CapturedOutput output) {
		fail(IntegerArray.class, "--shm.arrays.sensor-readings.type=double", "--shm.arrays.sensor-readings.length=4",
				"--shm.values.count.type=long");
		assertThat(output)
			.contains("Parameter 0 of constructor in %s required a bean of type 'SharedArray<Integer>'"
				.formatted(IntegerArray.class.getName()))
			.contains(
					"- sensor-readings: SharedArray<Double>, declared by shm.arrays.sensor-readings (\"shm.arrays.sensor-readings.type\" from property source \"commandLineArgs\")")
			.contains("Inject 'sensor-readings' as SharedArray<Double>, or change 'shm.arrays.sensor-readings.type'")
			.doesNotContain("count: SharedValue")
			.doesNotContain("Consider defining");
	}

	@Test
	void beansOfOtherKindsAreToldWhereThereAreNoneOfTheKind(CapturedOutput output) {
		fail(IntegerArray.class, "--shm.values.count.type=long");
		assertThat(output).contains("No entry is declared below 'shm.arrays'")
			.contains("- count: SharedValue<Long>, declared by shm.values.count")
			.contains("Declare the bean below 'shm.arrays': sensor-readings: { type: int, length: 1024 }");
	}

	@Test
	void nothingDeclaredIsTold(CapturedOutput output) {
		fail(Lock.class);
		assertThat(output).contains("a bean of type 'SharedLock' that could not be found. No entry is declared below")
			.contains("Declare the bean below 'shm.locks': ledger: { kind: process }");
	}

	@Test
	void mapOfNothingIsTold(CapturedOutput output) {
		fail(Values.class);
		assertThat(output).contains("No entry is declared below 'shm.values'");
	}

	@Test
	void switchedOffIsTold(CapturedOutput output) {
		fail(IntegerArray.class, "--shm.enabled=false", "--shm.arrays.readings.type=int",
				"--shm.arrays.readings.length=4");
		assertThat(output).contains(
				"Shared memory is switched off by 'shm.enabled: false' (\"shm.enabled\" from property source \"commandLineArgs\")")
			.contains("inject ObjectProvider<SharedArray<Integer>>");
	}

	@Test
	void candidatesAreToldWithTheirEntries(CapturedOutput output) {
		fail(OneValue.class, "--shm.values.request-count.type=long", "--shm.values.error-count.type=long");
		assertThat(output).contains("required a single bean, but 2 were found:")
			.contains("- request-count: SharedValue<Long>, declared by shm.values.request-count (")
			.contains("- error-count: SharedValue<Long>, declared by shm.values.error-count (")
			.contains("('requestCount' for 'request-count'")
			.contains("@Qualifier(\"request-count\")")
			.doesNotContain("unknown location");
	}

	@Test
	void beanOfTheApplicationIsToldAsSuch(CapturedOutput output) {
		fail(OwnValue.class, "--shm.values.request-count.type=long");
		assertThat(output).contains("- request-count: SharedValue<Long>, declared by shm.values.request-count (")
			.containsPattern("- own: SharedValue<Long>, declared by the application \\(.*OwnValue.*\\)");
	}

	@Test
	void wrongQualifierIsTold(CapturedOutput output) {
		fail(QualifiedValue.class, "--shm.values.request-count.type=long");
		assertThat(output).contains("'request-count' has that type: add @Qualifier(\"request-count\")");
	}

	@Test
	void otherBeansAreLeftToSpringBoot(CapturedOutput output) {
		fail(Text.class, "--shm.values.request-count.type=long");
		assertThat(output).contains("Consider defining a bean of type 'java.lang.CharSequence'")
			.doesNotContain("SharedValue");
	}

	private void fail(Class<?> application, String... arguments) {
		SpringApplication spring = new SpringApplicationBuilder(application).web(WebApplicationType.NONE).build();
		spring.setDefaultProperties(Map.of("shm.namespace", this.namespace.toString()));
		assertThatException().isThrownBy(() -> spring.run(arguments));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SharedMemoryAutoConfiguration.class)
	static class IntegerArray {

		IntegerArray(SharedArray<Integer> readings) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SharedMemoryAutoConfiguration.class)
	static class Lock {

		Lock(SharedLock ledger) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SharedMemoryAutoConfiguration.class)
	static class Values {

		@Autowired
		private Map<String, SharedValue<?>> values;

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SharedMemoryAutoConfiguration.class)
	static class OneValue {

		OneValue(SharedValue<Long> value) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SharedMemoryAutoConfiguration.class)
	static class OwnValue {

		@Bean
		SharedValue<Long> own(SharedMemoryManager manager) {
			return manager.value("own", ElementType.INT64).open();
		}

		@Bean
		Object user(SharedValue<Long> value) {
			return value;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SharedMemoryAutoConfiguration.class)
	static class QualifiedValue {

		QualifiedValue(@Qualifier("other") SharedValue<Long> value) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SharedMemoryAutoConfiguration.class)
	static class Text {

		Text(CharSequence text) {
		}

	}

}
