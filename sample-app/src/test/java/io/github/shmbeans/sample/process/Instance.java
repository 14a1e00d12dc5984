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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.shmbeans.sample.testing.Patience;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process that runs the packaged application, and a client of its HTTP interface.
 */
final class Instance {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private static final Pattern READY = Pattern.compile("Started SampleApplication");

	private final Process process;

	private final Path log;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private URI base = URI.create("http://localhost");

	private Instance(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	static Instance launch(List<String> command, Path log) {
		try {
			Files.createDirectories(log.getParent());
			return new Instance(
					new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Instance awaitReady() {
		Patience.await("start of an instance").until(() -> {
			Assertions.assertThat(this.process.isAlive()).as("alive").isTrue();
			return READY.matcher(output()).find();
		});
		Matcher matcher = PORT.matcher(output());
		Assertions.assertThat(matcher.find()).isTrue();
		this.base = URI.create("http://localhost:" + matcher.group(1));
		return this;
	}

	URI base() {
		return this.base;
	}

	Path log() {
		return this.log;
	}

	String output() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	JsonNode get(String path) {
		return JsonMapper.shared().readTree(text(path));
	}

	String text(String path) {
		HttpResponse<String> response = send("GET", path, "");
		Assertions.assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return response.body();
	}

	void put(String path, String value) {
		HttpResponse<String> response = send("PUT", path, "{\"value\": " + value + "}");
		Assertions.assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
	}

	int post(String path) {
		return send("POST", path, "").statusCode();
	}

	private HttpResponse<String> send(String method, String path, String body) {
		HttpRequest request = HttpRequest.newBuilder(this.base.resolve(path))
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.timeout(PATIENCE)
			.build();
		try {
			return this.client.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * End the process with SIGTERM and wait until it is gone.
	 */
	int terminate() {
		askToEnd();
		return waitFor();
	}

	void askToEnd() {
		this.process.destroy();
	}

	/**
	 * End the process with SIGKILL and wait until it is gone.
	 */
	int kill() {
		this.process.destroyForcibly();
		return waitFor();
	}

	int waitFor() {
		try {
			Assertions.assertThat(this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
