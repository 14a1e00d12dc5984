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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.github.shmbeans.SharedValue;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.json.BasicJsonTester;
import org.springframework.boot.test.json.JsonContent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for web applications: what Actuator shows, and how they shut down.
 */
class WebApplicationTests {

	@RegisterExtension
	final SegmentNames namespace = new SegmentNames();

	private final HttpClient client = HttpClient.newHttpClient();

	private final BasicJsonTester json = new BasicJsonTester(getClass());

	@Test
	void operatorsSeeSegmentsAndMeters() throws Exception {
		try (ConfigurableApplicationContext context = SpringApplication.run(Application.class,
				"--" + this.namespace.property(), "--server.port=0", "--spring.main.banner-mode=off",
				"--management.endpoints.web.exposure.include=*", "--management.endpoint.health.show-details=always",
				"--management.endpoint.shm.show-values=always", "--shm.values.request-count.type=long",
				"--shm.values.request-count.initial=5", "--shm.lists.status.initial[0]=a",
				"--shm.lists.status.initial[1]=1", "--shm.lists.status.initial[2].type=none",
				"--shm.locks.ledger.kind=process")) {
			JsonContent<Object> segments = get(context, "/shm", 200);
			assertThat(segments).extractingJsonPathStringValue("$.segments[0].key").isEqualTo("request-count");
			assertThat(segments).extractingJsonPathStringValue("$.segments[0].kind").isEqualTo("value");
			assertThat(segments).extractingJsonPathNumberValue("$.segments[0].attachments[0].pid")
				.isEqualTo((int) ProcessHandle.current().pid());
			assertThat(segments).extractingJsonPathBooleanValue("$.segments[0].lock.consistent").isTrue();
			assertThat(segments).doesNotHaveJsonPath("$.segments[0].contents");
			assertThat(get(context, "/shm/request-count", 200)).extractingJsonPathNumberValue("$.contents.value")
				.isEqualTo(5);
			assertThat(get(context, "/shm/status?from=1&count=2", 200))
				.extractingJsonPathArrayValue("$.contents.values")
				.containsExactly(1, null);
			get(context, "/shm/unknown", 404);
			get(context, "/shm/request-count?count=0", 400);
			get(context, "/shm/request-count?from=abc", 400);
			assertThat(get(context, "/health", 200)).extractingJsonPathStringValue("$.components.shm.status")
				.isEqualTo("UP");
			assertThat(get(context, "/metrics/shm.segment.size?tag=segment:request-count", 200))
				.extractingJsonPathStringValue("$.baseUnit")
				.isEqualTo("bytes");
			assertThat(get(context, "/metrics/shm.lock.contention?tag=kind:lock", 200))
				.extractingJsonPathNumberValue("$.measurements[0].value")
				.isEqualTo(0.0);
			assertThat(text(context, "/prometheus")).contains("shm_segment_size_bytes{", "shm_lock_contention");
		}
	}

	@Test
	void requestsThatAreUnderWayCanUseTheirSegmentsWhileTheContextCloses() throws Exception {
		ConfigurableApplicationContext context = SpringApplication.run(DrainingApplication.class,
				"--" + this.namespace.property(), "--server.port=0", "--spring.main.banner-mode=off",
				"--shm.values.request-count.type=long", "--shm.values.request-count.initial=5");
		Draining draining = context.getBean(Draining.class);
		String port = context.getEnvironment().getProperty("local.server.port");
		CompletableFuture<HttpResponse<String>> response = this.client.sendAsync(
				HttpRequest.newBuilder(URI.create("http://localhost:%s/slow".formatted(port))).build(),
				BodyHandlers.ofString());
		draining.requested.await();
		context.close();
		assertThat(response.get().body()).isEqualTo("5");
	}

	private JsonContent<Object> get(ConfigurableApplicationContext context, String path, int status)
			throws IOException, InterruptedException {
		HttpResponse<String> response = send(context, path);
		assertThat(response.statusCode()).as(path + " " + response.body()).isEqualTo(status);
		return this.json.from(response.body());
	}

	private String text(ConfigurableApplicationContext context, String path) throws IOException, InterruptedException {
		return send(context, path).body();
	}

	private HttpResponse<String> send(ConfigurableApplicationContext context, String path)
			throws IOException, InterruptedException {
		String port = context.getEnvironment().getProperty("local.server.port");
		URI uri = URI.create("http://localhost:%s/actuator%s".formatted(port, path));
		return this.client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Draining.class)
	static class DrainingApplication {

	}

	/**
	 * Answers only once the context has begun to wait for its requests.
	 */
	@RestController
	static class Draining implements SmartLifecycle {

		private final SharedValue<Long> requestCount;

		private final CountDownLatch requested = new CountDownLatch(1);

		private final CountDownLatch stopping = new CountDownLatch(1);

		Draining(SharedValue<Long> requestCount) {
			this.requestCount = requestCount;
		}

		@GetMapping("/slow")
		String slow() throws InterruptedException {
			this.requested.countDown();
			this.stopping.await();
			return this.requestCount.get().toString();
		}

		@Override
		public void start() {
		}

		@Override
		public void stop() {
			this.stopping.countDown();
		}

		@Override
		public boolean isRunning() {
			return this.stopping.getCount() > 0;
		}

		@Override
		public int getPhase() {
			return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
		}

	}

}
