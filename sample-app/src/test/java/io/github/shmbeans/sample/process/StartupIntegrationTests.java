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

package io.github.shmbeans.sample.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what an operator sees at start-up.
 */
@Tag("slow")
class StartupIntegrationTests {

	@RegisterExtension
	private final Instances instances = new Instances();

	static Stream<Arguments> mistakes() {
		return Stream.of(
				Arguments.of("shm.arrays.x.type",
						new String[] { "--shm.arrays.x.type=quaternion", "--shm.arrays.x.length=3" }),
				Arguments.of("shm.arrays.x", new String[] { "--shm.arrays.x.type=int" }),
				Arguments.of("shm.blocks.huge.size", new String[] { "--shm.blocks.huge.size=100TB" }), Arguments
					.of("shm.values.x.mode", new String[] { "--shm.values.x.type=int", "--shm.values.x.mode=attach" }));
	}

	@ParameterizedTest
	@MethodSource("mistakes")
	void aMistakeIsExplainedAndLeavesNothing(String property, String[] arguments) {
		Instance instance = this.instances.launch(arguments);
		assertThat(instance.waitFor()).isNotZero();
		assertThat(instance.output()).contains("APPLICATION FAILED TO START", "Description:", "Action:", property)
			.doesNotContain("\tat ");
		assertThat(this.instances.segments()).isEmpty();
	}

	@Test
	void aMistakeLeavesARunningInstanceAlone() {
		Instance running = this.instances.start();
		Instance mistaken = this.instances.launch("--shm.arrays.primes.type=long");
		assertThat(mistaken.waitFor()).isNotZero();
		assertThat(mistaken.output()).contains("APPLICATION FAILED TO START", "shm.arrays.primes", "int32", "int64");
		assertThat(running.post("/api/values/request-count/increment")).isEqualTo(200);
		assertThat(running.terminate()).isEqualTo(143);
		assertThat(this.instances.segments()).isEmpty();
	}

	@Test
	void nativeAccessIsDeclared() throws Exception {
		Optional<Path> java = newestJava();
		Assumptions.assumeTrue(java.isPresent(), "No JDK 24 or later in /usr/lib/jvm");
		Instance instance = this.instances.launch(java.get()).awaitReady();
		assertThat(instance.text("/api/arrays/primes")).contains("[2,3,5,7]");
		assertThat(instance.output()).doesNotContain("WARNING:");
	}

	private static Optional<Path> newestJava() throws Exception {
		Path directory = Path.of("/usr/lib/jvm");
		if (Runtime.version().feature() >= 24 || !Files.isDirectory(directory)) {
			return Optional.of(Path.of(System.getProperty("java.home"), "bin", "java"))
				.filter((java) -> Runtime.version().feature() >= 24);
		}
		try (Stream<Path> homes = Files.list(directory)) {
			return homes.filter((home) -> home.getFileName().toString().matches(".*-(2[4-9]|[3-9]\\d)(-.*)?"))
				.map((home) -> home.resolve("bin/java"))
				.filter(Files::isExecutable)
				.max(Comparator.naturalOrder());
		}
	}

}
