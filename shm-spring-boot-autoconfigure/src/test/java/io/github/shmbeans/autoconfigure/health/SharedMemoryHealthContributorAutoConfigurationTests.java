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

package io.github.shmbeans.autoconfigure.health;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.FilesystemStatus;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.autoconfigure.LockHolder;
import io.github.shmbeans.autoconfigure.SharedMemoryAutoConfiguration;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link SharedMemoryHealthContributorAutoConfiguration}.
 */
class SharedMemoryHealthContributorAutoConfigurationTests {

	@RegisterExtension
	final SegmentNames namespace = new SegmentNames();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SharedMemoryAutoConfiguration.class,
				SharedMemoryHealthContributorAutoConfiguration.class, HealthContributorAutoConfiguration.class));

	private ApplicationContextRunner runner(String... properties) {
		return this.contextRunner.withPropertyValues(this.namespace.property()).withPropertyValues(properties);
	}

	@Test
	void soundSegmentsAreUp() {
		runner("shm.values.count.type=long", "shm.locks.ledger.kind=process").run((context) -> {
			Health health = context.getBean("shmHealthIndicator", SharedMemoryHealthIndicator.class).health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("segments", 2).containsKeys("free", "total");
			assertThat(health.getDetails()).doesNotContainKeys("problems", "warning");
		});
	}

	@Test
	void segmentThatWasUnlinkedIsDown() {
		runner("shm.values.count.type=long").run((context) -> {
			context.getBean("count", SharedValue.class).unlink();
			Health health = context.getBean(SharedMemoryHealthIndicator.class).health();
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails().get("problems")).asString().contains("count=", "was unlinked");
		});
	}

	@Test
	void segmentThatWasTruncatedIsDown() {
		runner("shm.values.count.type=long").run((context) -> {
			try (FileChannel file = FileChannel.open(this.namespace.path("count"), StandardOpenOption.WRITE)) {
				file.truncate(0);
			}
			Health health = context.getBean(SharedMemoryHealthIndicator.class).health();
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails().get("problems")).asString()
				.contains("count=", "has truncated the file",
						"Stop all its users, remove %s if it is still there, and start them again"
							.formatted(this.namespace.path("count")));
			Files.delete(this.namespace.path("count"));
		});
	}

	@Test
	void segmentWithoutControlBlockIsUpWhileItIsLinked() throws Exception {
		Files.write(this.namespace.path("foreign"), new byte[8]);
		runner("shm.values.foreign.type=long", "shm.values.foreign.mode=attach", "shm.values.foreign.lock=false",
				"shm.values.foreign.permissions=0666")
			.run((context) -> {
				SharedMemoryHealthIndicator indicator = context.getBean(SharedMemoryHealthIndicator.class);
				assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
				Files.delete(this.namespace.path("foreign"));
				assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
			});
	}

	@Test
	void lockOfADeadHolderIsDownUntilRepaired() {
		runner("shm.values.count.type=long").run((context) -> {
			SharedValue<?> count = context.getBean("count", SharedValue.class);
			SharedMemoryHealthIndicator indicator = context.getBean(SharedMemoryHealthIndicator.class);
			LockHolder.dieHolding(count.name());
			assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
			assertThat(indicator.health().getDetails().get("problems")).asString().contains("is dead");
			assertThatException().isThrownBy(count::get);
			assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
			assertThat(indicator.health().getDetails().get("problems")).asString().contains("half-written");
			count.lock().recover(() -> count.setLong(0));
			assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void lockThatGuardsIsNamed() {
		runner("shm.values.count.type=long", "shm.values.count.lock=ledger", "shm.locks.ledger.kind=process")
			.run((context) -> {
				SharedValue<?> own = context.getBean(SharedMemoryManager.class).value("own", ElementType.INT64).open();
				context.getBean(SharedMemoryManager.class).value("guarded", ElementType.INT64).lock(own.lock()).open();
				LockHolder.dieHolding(own.name());
				Health health = context.getBean(SharedMemoryHealthIndicator.class).health();
				assertThat(health.getDetails().get("problems")).asString()
					.contains("guarded=The holder of the lock of segment '%s' is dead".formatted(own.name()))
					.doesNotContain("count=");
			});
	}

	@Test
	void semaphoreThatSomebodyHoldsIsUp() {
		runner("shm.locks.ledger.kind=semaphore").run((context) -> {
			SharedLock ledger = context.getBean(SharedLock.class);
			ledger.run(() -> assertThat(context.getBean(SharedMemoryHealthIndicator.class).health().getStatus())
				.isEqualTo(Status.UP));
		});
	}

	@Test
	void filesystemThatIsNearlyFullIsAWarning() {
		SharedMemoryManager manager = Mockito.mock();
		Mockito.when(manager.filesystem()).thenReturn(new FilesystemStatus("/dev/shm", 100, 9));
		Health health = new SharedMemoryHealthIndicator(manager).health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails().get("warning")).asString().contains("Less than a tenth of /dev/shm is free");
	}

	@Test
	void backsOffWhenDisabled() {
		runner("management.health.shm.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SharedMemoryHealthIndicator.class));
		runner("shm.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SharedMemoryHealthIndicator.class));
	}

	@Test
	void backsOffWithoutHealth() {
		runner("shm.values.count.type=long").withClassLoader(new FilteredClassLoader(Health.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasBean("count")
				.doesNotHaveBean("shmHealthIndicator"));
	}

}
