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

package io.github.shmbeans.autoconfigure.endpoint;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.shmbeans.Attachment;
import io.github.shmbeans.ElementType;
import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.autoconfigure.SharedMemoryAutoConfiguration;
import io.github.shmbeans.testing.SegmentNames;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SharedMemoryEndpointAutoConfiguration} and its endpoint.
 */
class SharedMemoryEndpointAutoConfigurationTests {

	@RegisterExtension
	final SegmentNames namespace = new SegmentNames();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(SharedMemoryAutoConfiguration.class, SharedMemoryEndpointAutoConfiguration.class));

	private ApplicationContextRunner runner(String... properties) {
		return this.contextRunner
			.withPropertyValues(this.namespace.property(), "management.endpoints.web.exposure.include=shm",
					"spring.application.name=shop")
			.withPropertyValues(properties);
	}

	@Test
	void segmentsAreListed() {
		runner("shm.values.request-count.type=long", "shm.arrays.readings.type=double", "shm.arrays.readings.length=4",
				"shm.locks.ledger.kind=process")
			.run((context) -> {
				context.getBean("request-count", SharedValue.class).get();
				SegmentsDescriptor found = context.getBean(SharedMemoryEndpoint.class).segments();
				assertThat(found.filesystem().path()).isEqualTo("/dev/shm");
				assertThat(found.filesystem().free()).isPositive().isLessThanOrEqualTo(found.filesystem().size());
				assertThat(found.segments()).extracting(SegmentDescriptor::key)
					.containsExactly("request-count", "readings", "ledger");
				SegmentDescriptor count = found.segments().get(0);
				assertThat(count.name()).isEqualTo(this.namespace.name("request-count"));
				assertThat(count.kind()).isEqualTo("value");
				assertThat(count.type()).isEqualTo("int64");
				assertThat(count.length()).isEqualTo(1);
				assertThat(count.size()).isEqualTo(this.namespace.path("request-count").toFile().length());
				assertThat(count.mode()).isEqualTo("create-or-attach");
				assertThat(count.access()).isEqualTo("read-write");
				assertThat(count.permissions()).isEqualTo("0600");
				assertThat(count.onShutdown()).isEqualTo("unlink-if-last");
				assertThat(count.linked()).isTrue();
				assertThat(count.managed()).isTrue();
				assertThat(count.attachments()).extracting(Attachment::application, Attachment::pid)
					.containsExactly(Tuple.tuple("shop", ProcessHandle.current().pid()));
				assertThat(count.lock().kind()).isEqualTo("process");
				assertThat(count.lock().guard()).isEqualTo("request-count");
				assertThat(count.lock().held()).isFalse();
				assertThat(count.lock().consistent()).isTrue();
				assertThat(count.lock().statistics().acquisitions()).isPositive();
				assertThat(count.contents()).isNull();
			});
	}

	@Test
	void lockThatGuardsIsNamed() {
		runner("shm.values.balance.type=long", "shm.values.balance.lock=ledger", "shm.locks.ledger.kind=semaphore",
				"shm.locks.ledger.segment-name=" + this.namespace.name("books"))
			.run((context) -> {
				SharedMemoryEndpoint endpoint = context.getBean(SharedMemoryEndpoint.class);
				SegmentDescriptor balance = endpoint.segment("balance", null, null);
				assertThat(balance.lock().kind()).isEqualTo("semaphore");
				assertThat(balance.lock().guard()).isEqualTo("ledger");
				assertThat(endpoint.segment("ledger", null, null).lock().guard()).isEqualTo("ledger");
				assertThat(endpoint.segments().segments()).extracting((segment) -> segment.lock().guard())
					.containsOnly("ledger");
			});
	}

	@Test
	void lockOfAnotherManagerIsNamedByItsSegment() {
		runner().run((context) -> {
			try (SharedMemoryManager other = SharedMemoryManager.builder()
				.namespace(this.namespace.toString())
				.build()) {
				context.getBean(SharedMemoryManager.class)
					.value("balance", ElementType.INT64)
					.lock(other.lock("ledger").open())
					.open();
				assertThat(context.getBean(SharedMemoryEndpoint.class).segment("balance", null, null).lock().guard())
					.isEqualTo(this.namespace.name("ledger"));
			}
		});
	}

	@Test
	void accessAndPermissionsAreShown() {
		try (SharedMemoryManager other = SharedMemoryManager.builder().namespace(this.namespace.toString()).build()) {
			other.value("count", ElementType.INT64).permissions(0640).open();
			runner("shm.values.count.type=long", "shm.values.count.mode=attach", "shm.values.count.access=read-only",
					"shm.values.count.permissions=0640")
				.run((context) -> {
					SegmentDescriptor count = context.getBean(SharedMemoryEndpoint.class).segment("count", null, null);
					assertThat(count.mode()).isEqualTo("attach");
					assertThat(count.access()).isEqualTo("read-only");
					assertThat(count.permissions()).isEqualTo("0640");
					assertThat(count.onShutdown()).isEqualTo("close");
				});
		}
	}

	@Test
	void segmentIsFoundByItsAlias() {
		runner("shm.values.request-count.type=long").run((context) -> {
			assertThat(context.getBean(SharedMemoryEndpoint.class).segment("requestCount", null, null).key())
				.isEqualTo("request-count");
			assertThat(webExtension(context).segment(user(), "requestCount", null, null).key())
				.isEqualTo("request-count");
		});
	}

	@Test
	void contentsAreHiddenByDefault() {
		runner("shm.values.count.type=long").run((context) -> {
			assertThat(context.getBean(SharedMemoryEndpoint.class).segment("count", null, null).contents()).isNull();
			assertThat(webExtension(context).segment(user(), "count", null, null).contents()).isNull();
		});
	}

	@Test
	void contentsAreShownToAuthorizedUsers() {
		runner("shm.values.count.type=long", "shm.values.count.initial=5",
				"management.endpoint.shm.show-values=when-authorized")
			.run((context) -> {
				assertThat(webExtension(context).segment(SecurityContext.NONE, "count", null, null).contents())
					.isNull();
				assertThat(webExtension(context).segment(user(), "count", null, null).contents())
					.isEqualTo(Map.of("value", 5L));
				assertThat(context.getBean(SharedMemoryEndpoint.class).segment("count", null, null).contents())
					.isEqualTo(Map.of("value", 5L));
			});
	}

	@Test
	void contentsAreShownToUsersInARole() {
		runner("shm.values.count.type=long", "management.endpoint.shm.show-values=when-authorized",
				"management.endpoint.shm.roles=operator")
			.run((context) -> assertThat(webExtension(context).segment(user(), "count", null, null).contents())
				.isNull());
	}

	@Test
	void contentsOfEveryKindAreShown() {
		runner("shm.arrays.primes.type=int", "shm.arrays.primes.initial=2,3,5,7", "shm.lists.status.initial[0]=a",
				"shm.lists.status.initial[1]=1", "shm.lists.status.initial[2].type=none",
				"shm.lists.binary.initial[0].type=bytes", "shm.lists.binary.initial[0].value=SG93ZHk=",
				"shm.blocks.frame.size=4B", "shm.locks.ledger.kind=process",
				"management.endpoint.shm.show-values=always")
			.run((context) -> {
				context.getBean("frame", SharedMemory.class).buffer().put("abcd".getBytes(StandardCharsets.US_ASCII));
				SharedMemoryEndpoint endpoint = context.getBean(SharedMemoryEndpoint.class);
				assertThat(endpoint.segment("primes", 1L, 2).contents())
					.isEqualTo(Map.of("from", 1L, "values", List.of(3, 5)));
				assertThat(endpoint.segment("primes", 9L, null).contents())
					.isEqualTo(Map.of("from", 9L, "values", List.of()));
				assertThat(endpoint.segment("status", null, null).contents()).isEqualTo(Map.of("from", 0L, "format",
						List.of("8s", "q", "xxxxxx?x"), "values", Arrays.asList("a", 1L, null)));
				assertThat(endpoint.segment("binary", null, null).contents()).asString().contains("{bytes=SG93ZHk=}");
				assertThat(endpoint.segment("frame", 1L, 2).contents()).isEqualTo(Map.of("from", 1L, "bytes", "YmM="));
				assertThat(endpoint.segment("frame", 9L, null).contents()).isEqualTo(Map.of("from", 9L, "bytes", ""));
				assertThat(endpoint.segment("ledger", null, null).contents()).isNull();
			});
	}

	@Test
	void listsAreNotWaitedFor() {
		runner("shm.lists.status.initial=a", "management.endpoint.shm.show-values=always").run((context) -> {
			ShareableList list = context.getBean(ShareableList.class);
			Thread holder = new Thread(list.lock()::lock);
			holder.start();
			holder.join();
			assertThat(context.getBean(SharedMemoryEndpoint.class).segment("status", null, null).contents()).asString()
				.contains("The lock of the list is held");
			list.lock().forceUnlock();
		});
	}

	@Test
	void unknownKeyIsNotFound() {
		runner().run((context) -> assertThat(webExtension(context).segment(user(), "count", null, null)).isNull());
	}

	@Test
	void rangesThatAreNoneAreRefused() {
		runner("shm.values.count.type=long").run((context) -> {
			SharedMemoryEndpoint endpoint = context.getBean(SharedMemoryEndpoint.class);
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.segment("count", -1L, null));
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.segment("count", null, 0));
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.segment("count", null, SharedMemoryEndpoint.MAX_COUNT + 1));
		});
	}

	@Test
	void backsOffUnlessExposed() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(SharedMemoryEndpoint.class));
	}

	@Test
	void backsOffWhenDisabled() {
		runner("shm.enabled=false").run((context) -> assertThat(context).doesNotHaveBean(SharedMemoryEndpoint.class));
	}

	@Test
	void backsOffWithoutActuator() {
		runner("shm.values.count.type=long").withClassLoader(new FilteredClassLoader(Endpoint.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasBean("count")
				.doesNotHaveBean("sharedMemoryEndpoint"));
	}

	private static SharedMemoryEndpointWebExtension webExtension(ApplicationContext context) {
		return context.getBean(SharedMemoryEndpointWebExtension.class);
	}

	private static SecurityContext user() {
		return new SecurityContext() {

			@Override
			public Principal getPrincipal() {
				return () -> "user";
			}

			@Override
			public boolean isUserInRole(String role) {
				return false;
			}

		};
	}

}
