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

import java.util.List;

import io.github.shmbeans.Length;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class RecordPropertiesTests {

	@RegisterExtension
	final SegmentNames namespace = new SegmentNames();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SharedMemoryAutoConfiguration.class));

	@Test
	void recordIsInjectedByItsType() {
		runner().withUserConfiguration(User.class)
			.withPropertyValues("shm.values.origin.type=" + Point.class.getName(), "shm.values.origin.initial.x=1.5",
					"shm.values.origin.initial.max-speed=2")
			.run((context) -> assertThat(context.getBean(Holder.class).origin().get()).isEqualTo(new Point(1.5, 2)));
	}

	@Test
	void recordWithoutInitialIsZero() {
		runner().withPropertyValues("shm.values.origin.type=" + Point.class.getName())
			.run((context) -> assertThat(((SharedValue<?>) context.getBean("origin")).get())
				.isEqualTo(new Point(0, 0)));
	}

	@Test
	void arrayOfRecordsHasItsInitialElements() {
		runner()
			.withPropertyValues("shm.arrays.path.type=" + Path.class.getName(), "shm.arrays.path.initial[0].from.x=1",
					"shm.arrays.path.initial[0].via[0]=7", "shm.arrays.path.initial[0].via[1]=8",
					"shm.arrays.path.initial[1].from.max-speed=3")
			.run((context) -> {
				SharedArray<?> path = context.getBean("path", SharedArray.class);
				assertThat(path.slice(0, 2)).usingRecursiveComparison()
					.isEqualTo(List.of(new Path(new Point(1, 0), new int[] { 7, 8 }),
							new Path(new Point(0, 3), new int[] { 0, 0 })));
			});
	}

	@Test
	void unknownMemberFails() {
		runner().withPropertyValues("shm.values.origin.type=" + Point.class.getName(), "shm.values.origin.initial.z=1")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("'z'")
				.hasMessageContaining("maxSpeed"));
	}

	@Test
	void classThatIsNoRecordFails() {
		runner().withPropertyValues("shm.values.origin.type=java.lang.String")
			.run((context) -> assertThat(context).getFailure().hasMessageContaining("java.lang.String"));
	}

	@Test
	void classThatIsMissingFails() {
		runner().withPropertyValues("shm.values.origin.type=com.acme.Missing")
			.run((context) -> assertThat(context).getFailure().hasMessageContaining("com.acme.Missing"));
	}

	private ApplicationContextRunner runner() {
		return this.contextRunner.withPropertyValues(this.namespace.property());
	}

	record Point(double x, double maxSpeed) {
	}

	record Path(Point from, @Length(2) int[] via) {
	}

	record Holder(SharedValue<Point> origin) {
	}

	@Configuration(proxyBeanMethods = false)
	static class User {

		@Bean
		Holder holder(@Autowired SharedValue<Point> origin) {
			return new Holder(origin);
		}

	}

}
