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

package io.github.shmbeans.autoconfigure.metrics;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.LockStatistics;
import io.github.shmbeans.SegmentKind;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.autoconfigure.SharedMemoryAutoConfiguration;
import io.github.shmbeans.testing.SegmentNames;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link SharedMemoryMetricsAutoConfiguration}.
 */
class SharedMemoryMetricsAutoConfigurationTests {

	@RegisterExtension
	final SegmentNames namespace = new SegmentNames();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(SharedMemoryAutoConfiguration.class, SharedMemoryMetricsAutoConfiguration.class,
					MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class));

	private ApplicationContextRunner runner(String... properties) {
		return this.contextRunner.withPropertyValues(this.namespace.property()).withPropertyValues(properties);
	}

	private ApplicationContextRunner simple(String... properties) {
		return runner(properties).withConfiguration(AutoConfigurations.of(SimpleMetricsExportAutoConfiguration.class));
	}

	@Test
	void everySegmentHasItsMeters() {
		simple("shm.values.request-count.type=long", "shm.arrays.readings.type=double", "shm.arrays.readings.length=4",
				"shm.lists.status.initial=a", "shm.blocks.frame.size=1MB", "shm.locks.ledger.kind=process")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(names(registry)).containsExactly("shm.filesystem.free", "shm.filesystem.size",
						"shm.lock.acquisitions", "shm.lock.contended", "shm.lock.contention", "shm.lock.recoveries",
						"shm.lock.timeouts", "shm.lock.wait", "shm.lock.wait.max", "shm.segment.attachments",
						"shm.segment.size");
				assertThat(segments(registry, "shm.segment.size")).containsExactly("block:frame", "lock:ledger",
						"array:readings", "value:request-count", "list:status");
			});
	}

	@Test
	void gaugesTellSizeAndAttachments() {
		simple("shm.blocks.frame.size=1MB").run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			Meter size = registry.get("shm.segment.size").tags("segment", "frame", "kind", "block").meter();
			assertThat(size.getId().getBaseUnit()).isEqualTo("bytes");
			assertThat(registry.get("shm.segment.size").gauge().value()).isGreaterThanOrEqualTo(1 << 20)
				.isEqualTo(this.namespace.path("frame").toFile().length());
			assertThat(registry.get("shm.segment.attachments").gauge().value()).isEqualTo(1);
			try (SharedMemoryManager other = SharedMemoryManager.builder()
				.namespace(this.namespace.toString())
				.build()) {
				other.block("frame").size(1 << 20).open();
				assertThat(registry.get("shm.segment.attachments").gauge().value()).isEqualTo(2);
			}
			assertThat(registry.get("shm.segment.attachments").gauge().value()).isEqualTo(1);
		});
	}

	@Test
	void filesystemGaugesTellBytes() {
		simple().run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("shm.filesystem.size").gauge().value()).isPositive();
			assertThat(registry.get("shm.filesystem.free").gauge().value()).isPositive();
			assertThat(registry.get("shm.filesystem.free").meter().getId().getBaseUnit()).isEqualTo("bytes");
		});
	}

	@Test
	void lockIsCounted() {
		simple("shm.values.count.type=long").run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			SharedValue<?> count = context.getBean("count", SharedValue.class);
			double before = registry.get("shm.lock.acquisitions").functionCounter().count();
			count.get();
			assertThat(registry.get("shm.lock.acquisitions")
				.tags("segment", "count", "kind", "value")
				.functionCounter()
				.count()).isEqualTo(before + 1);
			assertThat(registry.get("shm.lock.contention").gauge().value()).isZero();
			waitForLock(count.lock(), () -> {
				await().until(() -> registry.get("shm.lock.contention").gauge().value() == 1);
				return null;
			});
			assertThat(registry.get("shm.lock.contended").functionCounter().count()).isEqualTo(1);
			assertThat(registry.get("shm.lock.wait").functionTimer().count()).isEqualTo(1);
			assertThat(registry.get("shm.lock.wait").functionTimer().totalTime(TimeUnit.NANOSECONDS)).isPositive();
			assertThat(registry.get("shm.lock.wait.max").timeGauge().value(TimeUnit.NANOSECONDS)).isPositive();
			assertThat(registry.get("shm.lock.timeouts").functionCounter().count()).isZero();
			assertThat(registry.get("shm.lock.recoveries").functionCounter().count()).isZero();
		});
	}

	@Test
	void lockOfSeveralSegmentsIsCountedOnce() {
		simple("shm.values.balance.type=long", "shm.values.balance.lock=ledger", "shm.values.raw.type=long",
				"shm.values.raw.lock=false", "shm.values.own.type=long", "shm.locks.ledger.kind=process")
			.run((context) -> assertThat(segments(context.getBean(MeterRegistry.class), "shm.lock.acquisitions"))
				.containsExactly("lock:ledger", "value:own"));
	}

	@Test
	void readingAMeterTakesNoFullSnapshot() {
		SharedValue<Long> count = Mockito.mock();
		SharedLock lock = Mockito.mock();
		Mockito.when(count.kind()).thenReturn(SegmentKind.VALUE);
		Mockito.when(lock.statistics()).thenReturn(new LockStatistics(7, 0, 0, 0, 0, 0, 0));
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		new SegmentMeters("count", count, lock).bindTo(registry);
		registry.getMeters().forEach((meter) -> meter.measure().forEach(Measurement::getValue));
		assertThat(registry.get("shm.lock.acquisitions").functionCounter().count()).isEqualTo(7);
		Mockito.verify(count, Mockito.never()).status();
	}

	@Test
	void lockOfAnotherSegmentIsCountedOnce() {
		simple("shm.values.own.type=long").run((context) -> {
			SharedMemoryManager manager = context.getBean(SharedMemoryManager.class);
			SharedLock lock = context.getBean("own", SharedValue.class).lock();
			manager.value("guarded", ElementType.INT64).lock(lock).open();
			assertThat(segments(context.getBean(MeterRegistry.class), "shm.lock.acquisitions"))
				.containsExactly("value:own");
			assertThat(segments(context.getBean(MeterRegistry.class), "shm.segment.size"))
				.containsExactly("value:guarded", "value:own");
		});
	}

	@Test
	void metersComeAndGoWithTheirSegments() {
		simple().run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			SharedArray<?> array = context.getBean(SharedMemoryManager.class)
				.array("late", ElementType.INT32)
				.length(1)
				.open();
			assertThat(segments(registry, "shm.segment.size")).containsExactly("array:late");
			array.close();
			assertThat(names(registry)).containsExactly("shm.filesystem.free", "shm.filesystem.size");
		});
	}

	@Test
	void metersAreRemovedWhenTheContextCloses() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		runner("shm.values.count.type=long", "shm.locks.ledger.kind=process")
			.withBean(MeterRegistry.class, () -> registry)
			.run((context) -> assertThat(names(registry)).hasSize(11));
		assertThat(names(registry)).containsExactly("shm.filesystem.free", "shm.filesystem.size");
	}

	@Test
	void everyRegistryHasTheMetersAndLosesThem() {
		SimpleMeterRegistry first = new SimpleMeterRegistry();
		SimpleMeterRegistry second = new SimpleMeterRegistry();
		runner("shm.values.count.type=long").withBean("first", MeterRegistry.class, () -> first)
			.withBean("second", MeterRegistry.class, () -> second)
			.run((context) -> {
				assertThat(context.getBean(MeterRegistry.class)).isInstanceOf(CompositeMeterRegistry.class);
				assertThat(names(first)).isEqualTo(names(second)).hasSize(11);
			});
		assertThat(names(first)).isEqualTo(names(second)).hasSize(2);
	}

	@Test
	void prometheusScrapesBeforeAndAfterTheClose() {
		runner("shm.values.request-count.type=long", "shm.locks.ledger.kind=process")
			.withConfiguration(AutoConfigurations.of(PrometheusMetricsExportAutoConfiguration.class))
			.run((context) -> {
				PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
				assertThat(registry.scrape()).contains(
						"shm_segment_size_bytes{kind=\"value\",segment=\"request-count\"}",
						"shm_lock_acquisitions_total{kind=\"lock\",segment=\"ledger\"}", "shm_lock_wait_seconds_sum",
						"shm_lock_contention", "shm_filesystem_free_bytes", "shm_segment_attachments");
				context.close();
				assertThat(registry.scrape()).doesNotContain("request-count", "ledger").contains("shm_filesystem_free");
			});
	}

	@Test
	void metersOfAClosedSegmentAreHarmless() {
		try (SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.namespace.toString()).build()) {
			SharedValue<Long> count = manager.value("count", ElementType.INT64).open();
			SimpleMeterRegistry registry = new SimpleMeterRegistry();
			SegmentMeters meters = new SegmentMeters("count", count, count.lock());
			meters.bindTo(registry);
			count.get();
			double acquisitions = registry.get("shm.lock.acquisitions").functionCounter().count();
			count.close();
			assertThat(registry.get("shm.segment.size").gauge().value()).isNaN();
			assertThat(registry.get("shm.segment.attachments").gauge().value()).isNaN();
			assertThat(registry.get("shm.lock.contention").gauge().value()).isNaN();
			assertThat(registry.get("shm.lock.acquisitions").functionCounter().count()).isEqualTo(acquisitions)
				.isPositive();
		}
	}

	@Test
	void metersOfATruncatedSegmentAreHarmless() {
		simple("shm.values.count.type=long").run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			try (FileChannel file = FileChannel.open(this.namespace.path("count"), StandardOpenOption.WRITE)) {
				file.truncate(0);
			}
			assertThat(registry.get("shm.lock.acquisitions").functionCounter().count()).isNotNegative();
			assertThat(registry.get("shm.lock.contention").gauge().value()).isZero();
			assertThat(registry.get("shm.segment.attachments").gauge().value()).isZero();
			Files.delete(this.namespace.path("count"));
		});
	}

	@Test
	void segmentThatClosesBeforeItsOpeningIsToldLeavesNoMeters() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		SharedMemoryMetrics metrics = metrics(registry);
		try (SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.namespace.toString()).build()) {
			SharedValue<Long> count = manager.value("count", ElementType.INT64).open();
			count.close();
			metrics.closed("count", count);
			metrics.opened("count", count);
			assertThat(names(registry)).containsExactly("shm.filesystem.free", "shm.filesystem.size");
		}
	}

	@Test
	void nextSegmentOfAKeyKeepsItsMetersWhenTheCloseOfTheOneBeforeIsToldLate() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		SharedMemoryMetrics metrics = metrics(registry);
		try (SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.namespace.toString()).build()) {
			SharedValue<Long> before = manager.value("count", ElementType.INT64).open();
			metrics.opened("count", before);
			before.close();
			SharedValue<Long> after = manager.value("count", ElementType.INT64).open();
			metrics.opened("count", after);
			metrics.closed("count", before);
			after.get();
			assertThat(registry.get("shm.segment.attachments").gauge().value()).isEqualTo(1);
			assertThat(registry.get("shm.lock.acquisitions").functionCounter().count()).isEqualTo(1);
			metrics.closed("count", after);
			assertThat(names(registry)).containsExactly("shm.filesystem.free", "shm.filesystem.size");
		}
	}

	@Test
	void closeOfTheManagerAmongOpeningsLeavesNoMeters() throws Exception {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		ExecutorService executor = Executors.newFixedThreadPool(4);
		try {
			for (int round = 0; round < 50; round++) {
				closeAmongOpenings(metrics(registry), executor);
				assertThat(names(registry)).containsExactly("shm.filesystem.free", "shm.filesystem.size");
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	private void closeAmongOpenings(SharedMemoryMetrics metrics, ExecutorService executor) throws Exception {
		List<Future<?>> openings = new ArrayList<>();
		CountDownLatch opened = new CountDownLatch(4);
		try (SharedMemoryManager manager = SharedMemoryManager.builder()
			.namespace(this.namespace.toString())
			.listener(metrics)
			.build()) {
			for (int opener = 0; opener < 4; opener++) {
				String key = "count-%d-".formatted(opener);
				openings.add(executor.submit(() -> {
					for (int i = 0; !manager.isClosed(); i++) {
						open(manager, key + i);
						opened.countDown();
					}
				}));
			}
			opened.await();
		}
		for (Future<?> opening : openings) {
			opening.get();
		}
	}

	private static void open(SharedMemoryManager manager, String key) {
		try {
			manager.value(key, ElementType.INT64).open();
		}
		catch (IllegalStateException ex) {
			assertThat(manager.isClosed()).as(ex.getMessage()).isTrue();
		}
	}

	private static SharedMemoryMetrics metrics(MeterRegistry registry) {
		SharedMemoryManager manager = Mockito.mock();
		StaticListableBeanFactory beanFactory = new StaticListableBeanFactory(Map.of("manager", manager));
		SharedMemoryMetrics metrics = new SharedMemoryMetrics(beanFactory.getBeanProvider(SharedMemoryManager.class));
		metrics.bindTo(registry);
		return metrics;
	}

	@Test
	void backsOffWithoutRegistry() {
		runner("shm.values.count.type=long").withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasBean("count")
				.doesNotHaveBean("sharedMemoryMetrics"));
	}

	@Test
	void backsOffWhenDisabled() {
		simple("shm.enabled=false").run((context) -> assertThat(names(context.getBean(MeterRegistry.class))).isEmpty());
	}

	@Test
	void childContextLeavesTheMetersToItsParent() {
		simple("shm.values.count.type=long")
			.run((parent) -> simple("shm.values.count.type=long").withParent(parent).run((child) -> {
				assertThat(child.getBeanFactory().containsLocalBean("sharedMemoryMetrics")).isFalse();
				child.close();
				assertThat(names(parent.getBean(MeterRegistry.class))).hasSize(11);
			}));
	}

	private static Set<String> names(MeterRegistry registry) {
		return registry.getMeters()
			.stream()
			.map((meter) -> meter.getId().getName())
			.filter((name) -> name.startsWith("shm."))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Iterable<String> segments(MeterRegistry registry, String name) {
		return registry.find(name)
			.meters()
			.stream()
			.map((meter) -> meter.getId().getTag("kind") + ":" + meter.getId().getTag("segment"))
			.sorted((left, right) -> left.substring(left.indexOf(':')).compareTo(right.substring(right.indexOf(':'))))
			.toList();
	}

	private static void waitForLock(SharedLock lock, Callable<?> whileWaiting) throws Exception {
		CountDownLatch started = new CountDownLatch(1);
		lock.lock();
		Thread waiter = new Thread(() -> {
			started.countDown();
			lock.lock();
			lock.unlock();
		});
		try {
			waiter.start();
			started.await();
			whileWaiting.call();
		}
		finally {
			lock.unlock();
		}
		waiter.join();
	}

}
