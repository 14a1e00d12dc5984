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

import io.github.shmbeans.testing.FinishedProcess;
import io.github.shmbeans.testing.JavaProcess;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.support.DefaultLifecycleProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for training runs for CDS and the AOT cache, which halt the JVM once the beans
 * are there.
 */
class TrainingRunTests {

	@RegisterExtension
	final SegmentNames namespace = new SegmentNames();

	@Test
	void segmentsAreGoneWhenTheJvmHalts() throws Exception {
		FinishedProcess result = new JavaProcess("-Dspring.context.exit=onRefresh").run(TrainingRun.class,
				"--" + this.namespace.property(), "--server.port=0");
		assertThat(result.exitCode()).as(result.output()).isZero();
		assertThat(result.output()).contains("The count is 5").doesNotContain("Started ");
		assertThat(this.namespace.existing()).isEmpty();
	}

	@Test
	void ordinaryRunsKeepTheirLifecycleProcessor() {
		new ApplicationContextRunner().withUserConfiguration(TrainingRun.class)
			.withPropertyValues(this.namespace.property(), "shm.values.request-count.type=long")
			.run((context) -> assertThat(context.getBean(LifecycleProcessor.class))
				.isInstanceOf(DefaultLifecycleProcessor.class));
	}

}
