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

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.github.shmbeans.Attachment;
import io.github.shmbeans.ElementType;
import io.github.shmbeans.SegmentListener;
import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.error.LockTimeoutException;
import io.github.shmbeans.error.OwnerDiedException;
import io.github.shmbeans.testing.FinishedProcess;
import io.github.shmbeans.testing.JavaProcess;
import io.github.shmbeans.testing.OpenFileTable;
import io.github.shmbeans.testing.SegmentNames;
import jakarta.annotation.PreDestroy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint.ConfigurationPropertiesBeanDescriptor;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.env.RandomValuePropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link SharedMemoryAutoConfiguration}.
 */
class SharedMemoryAutoConfigurationTests {

	@RegisterExtension
	final SegmentNames namespace = new SegmentNames();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SharedMemoryAutoConfiguration.class));

	private ApplicationContextRunner runner(String... properties) {
		return this.contextRunner.withPropertyValues(this.namespace.property()).withPropertyValues(properties);
	}

	@Test
	void everyEntryIsABeanOpenedAtStartUp() {
		runner("shm.values.request-count.type=long", "shm.values.request-count.initial=5",
				"shm.arrays.readings.type=double", "shm.arrays.readings.length=4", "shm.lists.status.initial[0]=howdy",
				"shm.lists.status.initial[1]=100", "shm.blocks.frame.size=4KB", "shm.locks.ledger.kind=process")
			.run((context) -> {
				assertThat(context.getBean("request-count", SharedValue.class).get()).isEqualTo(5L);
				assertThat(context.getBean("readings", SharedArray.class).length()).isEqualTo(4);
				assertThat(context.getBean("status", ShareableList.class)).containsExactly("howdy", 100L);
				assertThat(context.getBean("frame", SharedMemory.class).size()).isEqualTo(4096);
				assertThat(context.getBean("ledger", SharedLock.class).isLocked()).isFalse();
				assertThat(context.getBean(SharedMemoryManager.class).segments()).hasSize(5);
				assertThat(this.namespace.existing()).hasSize(5);
			});
	}

	@Test
	void openFilesOfAllEntriesHaveRoomBeforeTheFirstIsOpened() {
		int before = OpenFileTable.size();
		String[] properties = IntStream.range(0, before)
			.mapToObj("shm.locks.l%d.kind=process"::formatted)
			.toArray(String[]::new);
		runner(properties).withUserConfiguration(FirstOpening.class).run((context) -> {
			assertThat(this.namespace.existing()).hasSize(before);
			assertThat(context.getBean(FirstOpening.class).found).isGreaterThan(before);
		});
	}

	@Test
	void segmentsAreRemovedWhenTheContextCloses() {
		runner("shm.values.count.type=long", "shm.locks.ledger.kind=process").run((context) -> {
			SharedMemoryManager manager = context.getBean(SharedMemoryManager.class);
			context.close();
			assertThat(manager.isClosed()).isTrue();
			assertThat(this.namespace.existing()).isEmpty();
		});
	}

	@Test
	void nothingIsRegisteredWhenDisabled() {
		runner("shm.enabled=false", "shm.values.count.type=long", "shm.values.wrong.typo=long").run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(SharedMemoryManager.class).doesNotHaveBean("count");
			assertThat(this.namespace.existing()).isEmpty();
		});
	}

	@Test
	void contextWithoutEntriesHasAManager() {
		this.contextRunner
			.run((context) -> assertThat(context.getBean(SharedMemoryManager.class).segments()).isEmpty());
	}

	@Test
	void beansAreInjectedByGenericTypeAndByName() {
		runner("shm.values.request-count.type=long", "shm.values.error-count.type=long",
				"shm.arrays.readings.type=double", "shm.arrays.readings.length=1", "shm.arrays.primes.type=int",
				"shm.arrays.primes.initial=2,3,5,7", "shm.blocks.frame.size=1KB", "shm.lists.status.initial=a",
				"shm.locks.ledger.kind=process")
			.withUserConfiguration(Injection.class)
			.run((context) -> {
				Injection injected = context.getBean(Injection.class);
				assertThat(injected.requestCount).isSameAs(context.getBean("request-count"));
				assertThat(injected.errorCount).isSameAs(context.getBean("error-count"));
				assertThat(injected.doubles).isSameAs(context.getBean("readings"));
				assertThat(injected.integers).isSameAs(context.getBean("primes"));
				assertThat(injected.integers.slice(0, 4)).containsExactly(2, 3, 5, 7);
				assertThat(injected.arrays).containsOnlyKeys("readings", "primes");
				assertThat(injected.segments).containsOnlyKeys("request-count", "error-count", "readings", "primes",
						"frame", "status");
				assertThat(injected.memory).isSameAs(context.getBean("frame"));
				assertThat(injected.list).isSameAs(context.getBean("status"));
				assertThat(injected.lock).isSameAs(context.getBean("ledger"));
			});
	}

	@Test
	void kebabCaseKeyHasACamelCaseAlias() {
		runner("shm.values.request-count.type=long", "shm.values.plain.type=long").run((context) -> {
			assertThat(context.getBean("requestCount")).isSameAs(context.getBean("request-count"));
			assertThat(context.getBeanFactory().getAliases("plain")).isEmpty();
		});
	}

	@Test
	void keyInBracketsMayHaveADot() {
		runner("shm.values[a.b].type=int").run((context) -> assertThat(context.getBean("a.b", SharedValue.class).name())
			.isEqualTo(this.namespace.name("a.b")));
	}

	@Test
	void everyElementTypeHasItsJavaType() {
		runner("shm.values.a.type=uint64", "shm.values.a.initial=18446744073709551615", "shm.values.b.type=?",
				"shm.values.b.initial=true", "shm.values.c.type=c_char", "shm.values.c.initial=5",
				"shm.values.d.type=f", "shm.values.d.initial=0.5")
			.run((context) -> {
				assertThat(value(context, "a")).isEqualTo(new BigInteger("18446744073709551615"));
				assertThat(value(context, "b")).isEqualTo(true);
				assertThat(value(context, "c")).isEqualTo('5');
				assertThat(value(context, "d")).isEqualTo(0.5f);
			});
	}

	@Test
	void characterArraysBeginWithText() {
		runner("shm.arrays.banner.type=char", "shm.arrays.banner.length=64", "shm.arrays.banner.initial=hello, world",
				"shm.arrays.exact.type=u", "shm.arrays.exact.initial=abc")
			.run((context) -> {
				assertThat(context.getBean("banner", SharedArray.class).getText()).isEqualTo("hello, world");
				assertThat(context.getBean("banner", SharedArray.class).length()).isEqualTo(64);
				assertThat(context.getBean("exact", SharedArray.class).getText()).isEqualTo("abc");
				assertThat(context.getBean("exact", SharedArray.class).length()).isEqualTo(3);
			});
	}

	@Test
	void commonPropertiesApply() {
		String other = this.namespace.name("other-name");
		runner("shm.values.count.type=long", "shm.values.count.segment-name=" + other, "shm.values.count.mode=create",
				"shm.values.count.on-shutdown=unlink", "shm.values.count.permissions=0640",
				"shm.values.count.lock-timeout=5ms", "shm.values.raw.type=long", "shm.values.raw.lock=false",
				"spring.application.name=shop")
			.run((context) -> {
				SharedValue<?> count = context.getBean("count", SharedValue.class);
				assertThat(count.name()).isEqualTo(other);
				assertThat(
						PosixFilePermissions.toString(Files.getPosixFilePermissions(this.namespace.path("other-name"))))
					.isEqualTo("rw-r-----");
				assertThat(count.status().onShutdown()).hasToString("UNLINK");
				assertThat(count.status().attachments()).extracting(Attachment::application).containsExactly("shop");
				assertThat(context.getBean("raw", SharedValue.class).status().lock()).isNull();
				lockElsewhere(count,
						() -> assertThatExceptionOfType(LockTimeoutException.class).isThrownBy(count::get));
			});
	}

	@Test
	void readOnlyEntryRefusesWrites() {
		try (SharedMemoryManager manager = manager()) {
			manager.value("count", ElementType.INT64).initial(7L).open();
			runner("shm.values.count.type=long", "shm.values.count.mode=attach", "shm.values.count.access=read-only")
				.run((context) -> {
					SharedValue<?> count = context.getBean("count", SharedValue.class);
					assertThat(count.get()).isEqualTo(7L);
					assertThat(catchThrowable(() -> count.setLong(8))).isNotNull();
				});
		}
	}

	@Test
	void attachedEntriesTakeTheLengthThatIsThere() {
		try (SharedMemoryManager manager = manager()) {
			manager.array("readings", ElementType.FLOAT64).length(3).open();
			manager.block("frame").size(10).open();
			manager.list("status").initial("a", 1).open();
			runner("shm.arrays.readings.type=double", "shm.arrays.readings.mode=attach", "shm.blocks.frame.mode=attach",
					"shm.lists.status.mode=attach")
				.run((context) -> {
					assertThat(context.getBean("readings", SharedArray.class).length()).isEqualTo(3);
					assertThat(context.getBean("frame", SharedMemory.class).size()).isEqualTo(10);
					assertThat(context.getBean("status", ShareableList.class)).containsExactly("a", 1L);
				});
			assertThat(manager.segments()).hasSize(3);
		}
	}

	@Test
	void entriesMayShareTheLockOfAnother() {
		runner("shm.values.balance.type=long", "shm.values.balance.lock=ledger", "shm.arrays.bookings.type=long",
				"shm.arrays.bookings.length=4", "shm.arrays.bookings.lock=ledger", "shm.locks.ledger.kind=process")
			.run((context) -> {
				SharedLock ledger = context.getBean(SharedLock.class);
				assertThat(context.getBean("balance", SharedValue.class).lock()).isSameAs(ledger);
				assertThat(context.getBean("bookings", SharedArray.class).lock()).isSameAs(ledger);
			});
	}

	@Test
	void semaphoreLocksAreBeansToo() {
		runner("shm.locks.ledger.kind=semaphore").run((context) -> {
			SharedLock ledger = context.getBean(SharedLock.class);
			assertThat(ledger.tryLock()).isTrue();
			assertThat(ledger.isLocked()).isTrue();
			ledger.unlock();
		});
	}

	@Test
	void contextsWithTheSameNamesShareTheData() {
		String[] properties = { "shm.values.count.type=long", "shm.values.count.initial=1" };
		runner(properties).run((first) -> runner(properties).run((second) -> {
			first.getBean("count", SharedValue.class).setLong(42);
			assertThat(value(second, "count")).isEqualTo(42L);
			first.close();
			assertThat(value(second, "count")).isEqualTo(42L);
			assertThat(this.namespace.existing()).hasSize(1);
		}));
	}

	@Test
	void randomNamespaceIsReadOnce() {
		this.contextRunner
			.withPropertyValues("shm.namespace=" + this.namespace + "${random.uuid}-", "shm.values.a.type=int",
					"shm.values.b.type=int")
			.withInitializer((context) -> RandomValuePropertySource.addToEnvironment(context.getEnvironment()))
			.run((context) -> assertThat(context.getBean(SharedMemoryManager.class).segments().values())
				.extracting((segment) -> segment.name().substring(0, segment.name().length() - 1))
				.hasSize(2)
				.containsOnly(context.getBean("a", SharedValue.class).name().replaceAll("a$", "")));
	}

	@Test
	void childContextUsesTheSegmentsOfItsParent() {
		runner("shm.values.count.type=long")
			.run((parent) -> runner("shm.values.count.type=long").withParent(parent).run((child) -> {
				assertThat(child.getBean("count")).isSameAs(parent.getBean("count"));
				assertThat(child.getBeanFactory().containsLocalBean("count")).isFalse();
				child.close();
				assertThat(parent.getBean("count", SharedValue.class).isClosed()).isFalse();
			}));
	}

	@Test
	void childContextOpensItsSegmentsWhenTheParentHasNone() {
		new ApplicationContextRunner().run((parent) -> runner("shm.values.count.type=long").withParent(parent)
			.run((child) -> assertThat(child.getBeanFactory().containsLocalBean("count")).isTrue()));
	}

	@Test
	void childContextOpensItsSegmentsWhenTheParentHasAManagerButNoEntries() {
		runner().run((parent) -> runner("shm.values.count.type=long").withParent(parent)
			.run((child) -> assertThat(child.getBeanFactory().containsLocalBean("count")).isTrue()));
	}

	@Test
	void propertiesAreBoundOnceAndReported() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
			.withInitializer((context) -> RandomValuePropertySource.addToEnvironment(context.getEnvironment()))
			.withBean(ConfigurationPropertiesReportEndpoint.class,
					() -> new ConfigurationPropertiesReportEndpoint(List.of(), Show.ALWAYS))
			.withPropertyValues("shm.namespace=" + this.namespace + "${random.uuid}-",
					"shm.values.request-count.type=long", "shm.values.request-count.attach-timeout=5s",
					"shm.lists.status.initial[0]=a", "shm.blocks.frame.size=4KB")
			.run((context) -> {
				String namespace = context.getBean(SharedMemoryProperties.class).getNamespace();
				assertThat(context.getBean("request-count", SharedValue.class).name())
					.isEqualTo(namespace + "request-count");
				ConfigurationPropertiesBeanDescriptor reported = context
					.getBean(ConfigurationPropertiesReportEndpoint.class)
					.configurationPropertiesWithPrefix("shm")
					.getContexts()
					.values()
					.iterator()
					.next()
					.getBeans()
					.values()
					.iterator()
					.next();
				assertThat(reported.getPrefix()).isEqualTo("shm");
				assertThat(reported.getProperties()).containsEntry("namespace", namespace)
					.containsEntry("enabled", true)
					.containsKeys("values", "arrays", "lists", "blocks", "locks");
				assertThat(reported.getProperties().get("values")).asString()
					.contains("request-count", "type=long", "attachTimeout=PT5S");
				assertThat(reported.getProperties().get("lists")).asString().contains("status");
			});
	}

	@Test
	void segmentThatDoesNotFitIsReplacedIfItIsDeclared() {
		FinishedProcess result = new JavaProcess().run(Abandoned.class, this.namespace.name("count"));
		assertThat(result.exitCode()).as(result.output()).isEqualTo(9);
		runner("shm.values.count.type=long").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription()
					+ FailureAnalyses.of(context.getStartupFailure()).getAction())
				.contains("Property: shm.values.count", "/dev/shm/" + this.namespace.name("count"), "on-mismatch");
		});
		runner("shm.values.count.type=long", "shm.values.count.on-mismatch=replace-if-unused")
			.run((context) -> assertThat(value(context, "count")).isEqualTo(0L));
	}

	@Test
	void userBeansCanUseTheirSegmentsWhileTheyAreDestroyed() {
		List<Object> events = new ArrayList<>();
		runner("shm.values.count.type=long", "shm.values.count.initial=3", "shm.locks.ledger.kind=process")
			.withBean("events", List.class, () -> events)
			.withUserConfiguration(Closing.class)
			.run((context) -> assertThat(events).isEmpty());
		assertThat(events).containsExactly("used 4", "closed count", "closed ledger");
	}

	@Test
	void lateAccessThroughAProviderIsRefused() {
		runner("shm.values.count.type=long").withUserConfiguration(Provided.class).run((context) -> {
			Provided provided = context.getBean(Provided.class);
			SharedValue<Long> count = provided.counts.getObject();
			context.close();
			assertThatIllegalStateException().isThrownBy(count::get);
			assertThatException().isThrownBy(provided.late::getObject)
				.withRootCauseInstanceOf(IllegalStateException.class);
		});
	}

	@Test
	void segmentsAreOpenedEvenIfBeansAreLazy() {
		runner("shm.values.count.type=long")
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(this.namespace.existing()).hasSize(1));
	}

	@Test
	void failedStartUpLeavesNothing() {
		runner("shm.values.count.type=long", "shm.arrays.readings.type=double", "shm.arrays.readings.length=4",
				"shm.locks.ledger.kind=process")
			.withBean("failing", Object.class, () -> {
				throw new IllegalStateException("Not today");
			})
			.run((context) -> {
				assertThat(context).hasFailed();
				assertThat(this.namespace.existing()).isEmpty();
			});
	}

	@Test
	void managerOfTheApplicationIsUsed() {
		try (SharedMemoryManager own = SharedMemoryManager.builder().namespace(this.namespace + "own-").build()) {
			runner("shm.values.count.type=long").withBean(SharedMemoryManager.class, () -> own).run((context) -> {
				assertThat(context).hasSingleBean(SharedMemoryManager.class);
				assertThat(context.getBean("count", SharedValue.class).name()).isEqualTo(this.namespace + "own-count");
			});
		}
	}

	@Test
	void declaredSegmentNameIsKeptBesideAManagerOfTheApplication() {
		String name = this.namespace.name("count");
		try (SharedMemoryManager own = SharedMemoryManager.builder().namespace(this.namespace + "own-").build()) {
			runner("shm.values.count.type=long", "shm.values.count.segment-name=" + name)
				.withBean(SharedMemoryManager.class, () -> own)
				.run((context) -> assertThat(context.getBean("count", SharedValue.class).name()).isEqualTo(name));
		}
	}

	@Test
	void recoveryHandlerRepairsAfterAHolderDied() {
		runner("shm.values.count.type=long")
			.withBean(SharedMemoryRecoveryHandler.class,
					() -> (key, segment) -> ((SharedValue<?>) segment).setLong(key.length()))
			.run((context) -> {
				SharedValue<?> count = context.getBean("count", SharedValue.class);
				LockHolder.dieHolding(count.name());
				assertThat(count.get()).isEqualTo(5L);
				assertThat(count.lock().isConsistent()).isTrue();
			});
	}

	@Test
	void deathOfAHolderIsReportedWithoutRecoveryHandler() {
		runner("shm.values.count.type=long").run((context) -> {
			SharedValue<?> count = context.getBean("count", SharedValue.class);
			LockHolder.dieHolding(count.name());
			assertThatExceptionOfType(OwnerDiedException.class).isThrownBy(count::get);
		});
	}

	@Test
	void deathOfAHolderIsIgnoredIfSoDeclared() {
		runner("shm.values.count.type=long", "shm.values.count.on-owner-death=ignore").run((context) -> {
			SharedValue<?> count = context.getBean("count", SharedValue.class);
			LockHolder.dieHolding(count.name());
			assertThat(count.get()).isEqualTo(0L);
		});
	}

	@Test
	void aThousandArraysAreBoundAndOpened() {
		List<String> properties = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			properties.add("shm.arrays.array-%d.type=double".formatted(i));
			properties.add("shm.arrays.array-%d.length=128".formatted(i));
		}
		runner(properties.toArray(String[]::new)).run((context) -> {
			assertThat(context.getBean(SharedMemoryManager.class).segments()).hasSize(1000);
			assertThat(context.getBean("array999", SharedArray.class).length()).isEqualTo(128);
		});
	}

	private SharedMemoryManager manager() {
		return SharedMemoryManager.builder().namespace(this.namespace.toString()).build();
	}

	private static Object value(ApplicationContext context, String name) {
		return context.getBean(name, SharedValue.class).get();
	}

	private static void lockElsewhere(SharedValue<?> value, Runnable action) throws InterruptedException {
		CountDownLatch locked = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		Thread thread = new Thread(() -> {
			value.lock().lock();
			locked.countDown();
			try {
				done.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			finally {
				value.lock().unlock();
			}
		});
		thread.start();
		locked.await();
		try {
			action.run();
		}
		finally {
			done.countDown();
			thread.join();
		}
	}

	/**
	 * Leaves a segment behind, as a process does that is killed.
	 */
	public static class Abandoned {

		public static void main(String[] args) {
			SharedMemoryManager.create().value("count", ElementType.INT32).segmentName(args[0]).open();
			Runtime.getRuntime().halt(9);
		}

	}

	/**
	 * Sees how large the table of open files is when the first segment opens.
	 */
	static class FirstOpening implements SegmentListener {

		private int found;

		@Override
		public void opened(String key, SharedSegment segment) {
			if (this.found == 0) {
				this.found = OpenFileTable.size();
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Injection {

		@Autowired
		SharedValue<Long> requestCount;

		@Autowired
		SharedValue<Long> errorCount;

		@Autowired
		SharedArray<Double> doubles;

		@Autowired
		SharedArray<Integer> integers;

		@Autowired
		SharedMemory memory;

		@Autowired
		ShareableList list;

		@Autowired
		SharedLock lock;

		@Autowired
		Map<String, SharedArray<?>> arrays;

		@Autowired
		Map<String, SharedSegment> segments;

	}

	@Configuration(proxyBeanMethods = false)
	static class Closing {

		@Bean
		SegmentListener closeListener(List<Object> events) {
			return new SegmentListener() {

				@Override
				public void closed(String key, SharedSegment segment) {
					events.add("closed " + key);
				}

			};
		}

		@Bean
		User user(SharedValue<Long> count, SharedLock ledger, List<Object> events) {
			return new User(count, ledger, events);
		}

	}

	record User(SharedValue<Long> count, SharedLock ledger, List<Object> events) {

		@PreDestroy
		void leave() {
			this.ledger.lock();
			this.events.add("used " + this.count.update((value) -> value + 1));
			this.ledger.unlock();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Provided {

		@Autowired
		ObjectProvider<SharedValue<Long>> counts;

		@Autowired
		ObjectProvider<SharedValue<Long>> late;

	}

}
