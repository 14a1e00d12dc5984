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

import java.io.IOException;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.shmbeans.SegmentListener;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.autoconfigure.endpoint.SharedMemoryEndpoint;
import io.github.shmbeans.autoconfigure.endpoint.SharedMemoryEndpointAutoConfiguration;
import io.github.shmbeans.autoconfigure.health.ManagerServerHealthContributorAutoConfiguration;
import io.github.shmbeans.autoconfigure.health.ManagerServerHealthIndicator;
import io.github.shmbeans.autoconfigure.health.SharedMemoryHealthContributorAutoConfiguration;
import io.github.shmbeans.autoconfigure.metrics.ManagerServerMetricsAutoConfiguration;
import io.github.shmbeans.autoconfigure.metrics.SharedMemoryMetricsAutoConfiguration;
import io.github.shmbeans.manager.ManagerClient;
import io.github.shmbeans.manager.ManagerServer;
import io.github.shmbeans.testing.CPython;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.test.util.TestPropertyValues.Type;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ManagerServerAutoConfiguration}, and for what operators see of the
 * server.
 */
class ManagerServerAutoConfigurationTests {

	private static final String PYTHON = """
			import sys
			from multiprocessing.managers import SharedMemoryManager
			m = SharedMemoryManager(address=sys.argv[1], authkey=b'secret')
			m.connect()
			block = m.SharedMemory(size=10)
			items = m.ShareableList(['howdy', 1])
			print(block.name, items.shm.name, flush=True)
			sys.stdin.read()
			""";

	@RegisterExtension
	final SegmentNames namespace = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	@TempDir
	Path directory;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(SharedMemoryAutoConfiguration.class, ManagerServerAutoConfiguration.class,
					SharedMemoryEndpointAutoConfiguration.class, SharedMemoryHealthContributorAutoConfiguration.class,
					ManagerServerHealthContributorAutoConfiguration.class, HealthContributorAutoConfiguration.class,
					SharedMemoryMetricsAutoConfiguration.class, ManagerServerMetricsAutoConfiguration.class,
					MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
					SimpleMetricsExportAutoConfiguration.class));

	private ApplicationContextRunner runner(String... properties) {
		return this.contextRunner
			.withPropertyValues(this.namespace.property(), "management.endpoints.web.exposure.include=shm",
					"shm.values.count.type=long")
			.withPropertyValues(properties);
	}

	private ApplicationContextRunner served(String... properties) {
		return runner("shm.manager.address=" + socket(), "shm.manager.authkey=secret").withPropertyValues(properties);
	}

	private Path socket() {
		return this.directory.resolve("manager.sock");
	}

	@Test
	void segmentsThatPythonMakesGoWithTheContext() {
		CPython python = CPython.assume();
		served().run((context) -> {
			Peer peer = this.peers.start(python.command(PYTHON, socket().toString()));
			List<String> names = List.of(peer.read().split(" "));
			assertThat(names).hasSize(2).allMatch(ManagerServerAutoConfigurationTests::exists);
			assertThat(context.getBean(ManagerServerLifecycle.class).status())
				.isEqualTo(new ManagerStatus(socket().toString(), true, 0, 2));
			assertThat(context.getBean(SharedMemoryEndpoint.class).segments().manager())
				.isEqualTo(new ManagerStatus(socket().toString(), true, 0, 2));
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("shm.manager.segments").gauge().value()).isEqualTo(2);
			assertThat(registry.get("shm.manager.connections").gauge().value()).isZero();
			context.close();
			assertThat(names).noneMatch(ManagerServerAutoConfigurationTests::exists);
			assertThat(socket()).doesNotExist();
			assertThat(registry.get("shm.manager.segments").gauge().value()).isZero();
			assertThat(peer.process().isAlive()).isTrue();
		});
	}

	@Test
	void segmentsAreOpenAsLongAsTheServerRuns() {
		List<String> events = new ArrayList<>();
		served().withBean(SegmentListener.class, () -> new SegmentListener() {

			@Override
			public void opened(String key, SharedSegment segment) {
				events.add("open, server %s".formatted(Files.exists(socket()) ? "runs" : "stopped"));
			}

			@Override
			public void closed(String key, SharedSegment segment) {
				events.add("closed, server %s".formatted(Files.exists(socket()) ? "runs" : "stopped"));
			}

		}).run((context) -> {
			assertThat(socket()).exists();
			context.close();
		});
		assertThat(events).containsExactly("open, server stopped", "closed, server stopped");
	}

	@Test
	void contextThatStartsAgainServesAgain() {
		served().run((context) -> {
			try (ManagerClient client = client()) {
				SharedMemory block = client.sharedMemory(1);
				context.getSourceApplicationContext().stop();
				assertThat(exists(block.name())).isFalse();
			}
			assertThat(socket()).doesNotExist();
			assertThat(context.getBean(ManagerServerLifecycle.class).status()).isNull();
			assertThat(context.getBean(SharedMemoryEndpoint.class).segments().manager()).isNull();
			assertThat(health(context.getBean(ManagerServerHealthIndicator.class)).getStatus())
				.isEqualTo(Status.OUT_OF_SERVICE);
			context.getSourceApplicationContext().start();
			try (ManagerClient client = client()) {
				assertThat(client.segments()).isEmpty();
			}
		});
	}

	@Test
	void serverThatClientsCannotReachIsDown() {
		served().run((context) -> {
			ManagerServerHealthIndicator indicator = context.getBean("shmManagerHealthIndicator",
					ManagerServerHealthIndicator.class);
			assertThat(health(indicator).getStatus()).isEqualTo(Status.UP);
			assertThat(health(indicator).getDetails()).containsEntry("address", socket().toString())
				.containsEntry("connections", 0)
				.containsEntry("segments", 0);
			Files.delete(socket());
			assertThat(health(indicator).getStatus()).isEqualTo(Status.DOWN);
			assertThat(health(indicator).getDetails().get("problem")).asString().contains("its socket was removed");
		});
	}

	@Test
	void healthContributorCanBeSwitchedOff() {
		served("management.health.shm-manager.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ManagerServerHealthIndicator.class)
				.hasSingleBean(ManagerServerLifecycle.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "shm.manager.allow-remote=true", "shm.manager.address=/tmp/unused.sock",
			"shm.manager.authkey=secret" })
	void thereIsNoServerWithoutAnAddressAndAKey(String property) {
		runner(property).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(ManagerServerLifecycle.class);
			assertThat(context).doesNotHaveBean("managerServerMetrics")
				.doesNotHaveBean(ManagerServerHealthIndicator.class);
			assertThat(context.getBean(SharedMemoryEndpoint.class).segments().manager()).isNull();
		});
	}

	@Test
	void thereIsNoServerWithoutTheModule() {
		served().withClassLoader(new FilteredClassLoader(ManagerServer.class)).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(ManagerServerLifecycle.class);
			assertThat(context.getBean(SharedMemoryEndpoint.class).segments().manager()).isNull();
		});
	}

	@Test
	void thereIsNoServerIfSharedMemoryIsOff() {
		served("shm.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ManagerServerLifecycle.class));
	}

	@Test
	void childContextUsesTheServerOfItsParent() {
		served().run((parent) -> served().withParent(parent).run((child) -> {
			assertThat(child).hasNotFailed();
			assertThat(child.getSourceApplicationContext().getBeanFactory().getBeanDefinitionNames())
				.doesNotContain("managerServerLifecycle");
		}));
	}

	@Test
	void environmentVariablesSetTheServer() {
		runner()
			.withInitializer((context) -> TestPropertyValues
				.of("SHM_MANAGER_ADDRESS=" + socket(), "SHM_MANAGER_AUTHKEY=secret",
						"SHM_MANAGER_PORT=tcp://10.0.0.1:1", "SHM_MANAGER_SERVICE_HOST=10.0.0.1")
				.applyTo(context.getEnvironment(), Type.SYSTEM_ENVIRONMENT))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				client().close();
			});
	}

	@Test
	void badAddressIsExplained() {
		assertFailure("Property: shm.manager.address", "Value: \"manager.sock\"",
				"Expected the absolute path of a socket, or host and port, found 'manager.sock'",
				"Use an address such as", "shm.manager.address=manager.sock");
	}

	@Test
	void addressThatOtherHostsCanReachIsExplained() {
		assertFailure("Property: shm.manager.address", "Value: \"0.0.0.0:0\"",
				"Expected an address that other hosts cannot reach", "set allow-remote to true",
				"shm.manager.address=0.0.0.0:0");
		served("shm.manager.address=0.0.0.0:0", "shm.manager.allow-remote=true")
			.run((context) -> assertThat(context.getBean(ManagerServerLifecycle.class).status().reachable()).isTrue());
	}

	@Test
	void addressThatIsTakenIsExplained() throws IOException {
		try (ServerSocket other = new ServerSocket(0)) {
			assertFailure("Property: shm.manager.address", "Origin: ", "Could not listen at 127.0.0.1:",
					"stop the program that uses it", "shm.manager.address=127.0.0.1:" + other.getLocalPort());
		}
	}

	@Test
	void emptyKeyIsExplained() {
		assertFailure("Property: shm.manager.authkey", "Origin: ", "Expected a key, found none or an empty one",
				"Use a long random text", "shm.manager.authkey=");
	}

	@Test
	void unknownPropertyIsExplainedWithoutItsValue() {
		served("shm.manager.authkye=hidden").run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("Property: shm.manager.authkye",
					"Expected one of the properties address, allow-remote, authkey below 'shm.manager', found 'authkye'")
				.doesNotContain("hidden");
			assertThat(context.getStartupFailure()).hasMessageNotContaining("hidden");
		});
	}

	@Test
	void otherMistakesAreExplained() {
		assertFailure("Property: shm.manager.allow-remote", "Value: \"perhaps\"", "Expected true or false",
				"Correct the value", "shm.manager.allow-remote=perhaps");
		runner("shm.manager=manager.sock")
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
				.contains("Property: shm.manager", "Expected properties (address, allow-remote, authkey)"));
		runner("shm.manager=").run((context) -> assertThat(context).hasNotFailed());
	}

	private void assertFailure(String property, String detail, String reason, String action, String declared) {
		served(declared).run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains(property, detail, reason);
			assertThat(analysis.getAction()).contains(action);
			assertThat(socket()).doesNotExist();
		});
		assertThat(this.namespace.existing()).isEmpty();
	}

	private ManagerClient client() {
		return ManagerClient.connect(UnixDomainSocketAddress.of(socket()), "secret".getBytes(StandardCharsets.UTF_8));
	}

	private static Health health(ManagerServerHealthIndicator indicator) {
		return indicator.health();
	}

	private static boolean exists(String segment) {
		return Files.exists(Path.of("/dev/shm", segment));
	}

}
