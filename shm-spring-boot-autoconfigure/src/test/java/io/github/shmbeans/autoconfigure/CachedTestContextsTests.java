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

import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.SharedValue;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a random namespace keeps contexts apart that the test framework has cached,
 * as {@code docs/configuration.md} says.
 */
class CachedTestContextsTests {

	private static final String RANDOM = "shm.namespace=test-${random.uuid}-";

	@Test
	void contextsThatAreAliveAtOnceShareNothing() {
		TestContext first = new TestContextManager(First.class).getTestContext();
		TestContext second = new TestContextManager(Second.class).getTestContext();
		try {
			count(first.getApplicationContext()).set(1L);
			assertThat(count(second.getApplicationContext()).get()).isZero();
			assertThat(namespace(first)).isNotEqualTo(namespace(second));
			assertThat(manager(first).segments().values()).hasSize(2)
				.allSatisfy((segment) -> assertThat(segment.name()).startsWith(namespace(first)));
		}
		finally {
			first.markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
			second.markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
		}
	}

	@Test
	void sameConfigurationSharesTheCachedContext() {
		TestContext first = new TestContextManager(First.class).getTestContext();
		TestContext again = new TestContextManager(FirstAgain.class).getTestContext();
		try {
			SharedSegment segment = count(first.getApplicationContext());
			assertThat(again.getApplicationContext()).isSameAs(first.getApplicationContext());
			assertThat(count(again.getApplicationContext())).isSameAs(segment);
		}
		finally {
			first.markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
		}
	}

	@SuppressWarnings("unchecked")
	private static SharedValue<Long> count(ApplicationContext context) {
		return context.getBean("count", SharedValue.class);
	}

	private static SharedMemoryManager manager(TestContext test) {
		return test.getApplicationContext().getBean(SharedMemoryManager.class);
	}

	private static String namespace(TestContext test) {
		return manager(test).namespace();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SharedMemoryAutoConfiguration.class)
	static class Application {

	}

	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE,
			properties = { RANDOM, "shm.values.count.type=long", "shm.locks.ledger.kind=process" })
	static class First {

	}

	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE,
			properties = { RANDOM, "shm.values.count.type=long", "shm.locks.ledger.kind=process" })
	static class FirstAgain {

	}

	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE,
			properties = { RANDOM, "shm.values.count.type=long" })
	static class Second {

	}

}
