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

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
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

/**
 * Structures of JNA as element types.
 */
class StructurePropertiesTests {

	@RegisterExtension
	final SegmentNames namespace = new SegmentNames();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SharedMemoryAutoConfiguration.class));

	@Test
	void structureIsInjectedByItsType() {
		runner().withUserConfiguration(User.class)
			.withPropertyValues("shm.values.origin.type=" + Point.class.getName(), "shm.values.origin.initial.x=1.5",
					"shm.values.origin.initial.max-speed=2")
			.run((context) -> {
				Point point = context.getBean(Holder.class).origin().get();
				assertThat(point.x).isEqualTo(1.5);
				assertThat(point.maxSpeed).isEqualTo(2);
			});
	}

	@Test
	void arrayOfStructuresHasItsInitialElements() {
		runner()
			.withPropertyValues("shm.arrays.path.type=" + Path.class.getName(), "shm.arrays.path.initial[0].from.x=1",
					"shm.arrays.path.initial[0].via[0]=7", "shm.arrays.path.initial[0].via[1]=8",
					"shm.arrays.path.initial[1].stops[0].x=2", "shm.arrays.path.initial[1].stops[1].max-speed=3")
			.run((context) -> {
				SharedArray<?> path = context.getBean("path", SharedArray.class);
				Path first = (Path) path.get(0);
				assertThat(first.from.x).isOne();
				assertThat(first.via).containsExactly(7, 8);
				Path second = (Path) path.get(1);
				assertThat(second.stops[1].maxSpeed).isEqualTo(3);
				assertThat(second.via).containsExactly(0, 0);
			});
	}

	@Test
	void unknownMemberFails() {
		runner().withPropertyValues("shm.values.origin.type=" + Point.class.getName(), "shm.values.origin.initial.z=1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("[z]")
				.hasMessageContaining("maxSpeed"));
	}

	@Test
	void structureThatCannotBeSharedFailsWithTheProperty() {
		runner().withPropertyValues("shm.values.origin.type=" + Pointed.class.getName())
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("shm.values.origin.type")
				.hasMessageContaining("a pointer, which means nothing in another process"));
	}

	private ApplicationContextRunner runner() {
		return this.contextRunner.withPropertyValues(this.namespace.property());
	}

	@FieldOrder({ "x", "maxSpeed" })
	public static class Point extends Structure {

		public double x;

		public double maxSpeed;

	}

	@FieldOrder({ "from", "via", "stops" })
	public static class Path extends Structure {

		public Point from;

		public int[] via = new int[2];

		public Point[] stops = new Point[2];

	}

	@FieldOrder("next")
	public static class Pointed extends Structure {

		public Pointer next;

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
