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

import java.nio.file.Path;
import java.util.List;

import io.github.shmbeans.testing.CPython;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for stock CPython as a neighbour of an instance.
 */
class PythonIntegrationTests {

	/** Without it, the exit of the process removes what it attached to. */
	private static final String IMPORTS = """
			from multiprocessing import resource_tracker, shared_memory
			resource_tracker.register = lambda *_: None
			""";

	private static final String READINGS = IMPORTS + """
			shm = shared_memory.SharedMemory(name="%ssensor-readings")
			""";

	private static final String LIST = IMPORTS + """
			job = shared_memory.ShareableList(name="%sjob-status")
			""";

	@RegisterExtension
	private final Instances instances = new Instances();

	private final CPython python = CPython.assume();

	private List<String> run(String program) {
		return this.python.run(program.formatted(this.instances.namespace()));
	}

	private void assertAllIsThere(Instance instance) {
		assertThat(this.instances.segments()).contains(this.instances.namespace() + "job-status",
				this.instances.namespace() + "sensor-readings");
		assertThat(instance.post("/api/values/request-count/increment")).isEqualTo(200);
	}

	@Test
	void readsTheListInThreeLines() {
		Instance instance = this.instances.start();
		List<String> printed = run("""
				from multiprocessing import resource_tracker, shared_memory
				resource_tracker.register = lambda *_: None
				print(shared_memory.ShareableList(name="%sjob-status"))
				""");
		assertThat(printed).containsExactly("ShareableList(['howdy', -273.154, 100, True], name='%sjob-status')"
			.formatted(this.instances.namespace()));
		assertAllIsThere(instance);
	}

	@Test
	void readsTheListWithTheModuleInOneLine() {
		Instance instance = this.instances.start();
		List<String> printed = run("import shmbeans; print(shmbeans.open(\"%sjob-status\").list())");
		assertThat(printed).containsExactly("ShareableList(['howdy', -273.154, 100, True], name='%sjob-status')"
			.formatted(this.instances.namespace()));
		assertAllIsThere(instance);
	}

	@Test
	void readsTheArray() {
		Instance instance = this.instances.start();
		instance.put("/api/arrays/sensor-readings/1", "0.1");
		instance.put("/api/arrays/sensor-readings/1023", "-2.5");
		List<String> printed = run(READINGS + """
				import array
				readings = array.array("d", shm.buf[:8 * 1024].tobytes())
				print(len(readings), readings[0], readings[1], readings[1023], sum(readings))
				""");
		assertThat(printed).containsExactly("1024 0.0 0.1 -2.5 -2.4");
		assertAllIsThere(instance);
	}

	@Test
	void writesWhatTheApplicationReads() {
		Instance instance = this.instances.start();
		run(LIST + """
				job[0], job[1], job[2], job[3] = "from py", float("nan"), None, b"\\x00\\x01"
				""");
		run(READINGS + """
				shm.buf[:8 * 1024].cast("d")[5] = 6.25
				""");
		assertThat(instance.text("/api/lists/job-status")).isEqualTo(
				"{\"format\":[\"8s\",\"d\",\"xxxxxx?x\",\"8s\"],\"values\":[\"from py\",{\"float\":\"NaN\"},null,{\"bytes\":\"AAE=\"}]}");
		assertThat(instance.text("/api/arrays/sensor-readings?from=5&count=1")).contains("[6.25]");
	}

	@Test
	@Tag("slow")
	void theWorkerPrintsAndLeavesEverythingInPlace() {
		Instance instance = this.instances.start();
		instance.put("/api/arrays/sensor-readings/1023", "-2.5");
		List<String> printed = this.python.run(Path.of("worker.py"), "--namespace", this.instances.namespace());
		assertThat(printed).containsExactly("job-status ['howdy', -273.154, 100, True]",
				"sensor-readings count=1024 first=0 last=-2.5 lowest=-2.5 highest=0");
		assertAllIsThere(instance);
		Instance second = this.instances.start();
		assertThat(second.text("/api/arrays/sensor-readings?from=1023")).contains("[-2.5]");
	}

}
