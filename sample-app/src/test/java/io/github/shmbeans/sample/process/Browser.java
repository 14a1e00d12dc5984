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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.shmbeans.sample.testing.Patience;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Headless Chromium, driven by chromedriver in the W3C WebDriver protocol. A test that
 * needs it is skipped if either is not on the path.
 */
final class Browser implements BeforeEachCallback, AfterEachCallback {

	private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");

	private static final Path LOG = Path.of("target", "chromedriver.log");

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private Process driver;

	private URI base;

	private String session = "";

	@Override
	public void beforeEach(ExtensionContext context) throws Exception {
		Assumptions.assumeTrue(Stream.of("chromium", "chromedriver").allMatch(Browser::isOnPath),
				"No chromium and chromedriver on the path");
		Path profile = Files.createTempDirectory(Path.of("target"), "chromium").toAbsolutePath();
		this.driver = new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true)
			.redirectOutput(LOG.toFile())
			.start();
		Patience.await("start of chromedriver").until(() -> PORT.matcher(Files.readString(LOG)).find());
		Matcher matcher = PORT.matcher(Files.readString(LOG));
		Assertions.assertThat(matcher.find()).isTrue();
		this.base = URI.create("http://localhost:" + matcher.group(1));
		List<String> options = List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
				"--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
				"--disable-component-update", "--disable-sync", "--window-size=1200,1200",
				"--user-data-dir=" + profile);
		JsonNode created = send("POST", "/session",
				Map.of("capabilities", Map.of("alwaysMatch", Map.of("goog:chromeOptions", Map.of("args", options)))));
		this.session = "/session/" + created.path("sessionId").asString("");
	}

	private static boolean isOnPath(String command) {
		return Stream.of(System.getenv("PATH").split(":"))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, command)));
	}

	void open(URI page) throws Exception {
		send("POST", this.session + "/url", Map.of("url", page.toString()));
	}

	/**
	 * The text of an element; empty if there is no such element.
	 */
	String text(String selector) throws Exception {
		return send("POST", this.session + "/execute/sync", Map.of("script",
				"return document.querySelector(arguments[0])?.innerText ?? ''", "args", List.of(selector)))
			.asString("");
	}

	void click(String selector) throws Exception {
		send("POST", element(selector) + "/click", Map.of());
	}

	void screenshot(Path file) throws Exception {
		String png = send("GET", this.session + "/screenshot", null).asString("");
		Files.write(file, Base64.getDecoder().decode(png));
	}

	private String element(String selector) throws Exception {
		JsonNode found = send("POST", this.session + "/element", Map.of("using", "css selector", "value", selector));
		return this.session + "/element/" + found.iterator().next().asString("");
	}

	private JsonNode send(String method, String path, Object body) throws Exception {
		HttpRequest.BodyPublisher publisher = (body != null)
				? HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))
				: HttpRequest.BodyPublishers.noBody();
		HttpResponse<String> response = this.client.send(
				HttpRequest.newBuilder(this.base.resolve(path)).method(method, publisher).build(),
				HttpResponse.BodyHandlers.ofString());
		Assertions.assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body()).path("value");
	}

	@Override
	public void afterEach(ExtensionContext context) throws Exception {
		if (this.driver == null) {
			return;
		}
		List<ProcessHandle> browsers = this.driver.descendants().toList();
		try {
			if (!this.session.isEmpty()) {
				send("DELETE", this.session, null);
			}
		}
		catch (IOException ex) {
			context.publishReportEntry("chromedriver", ex.toString());
		}
		finally {
			browsers.forEach(ProcessHandle::destroyForcibly);
			this.driver.destroyForcibly().waitFor();
		}
	}

}
