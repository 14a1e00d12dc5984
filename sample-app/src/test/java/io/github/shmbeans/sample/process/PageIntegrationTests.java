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

import java.nio.file.Path;

import io.github.shmbeans.sample.testing.Patience;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the page in a real browser.
 */
@Tag("slow")
class PageIntegrationTests {

	@RegisterExtension
	private final Instances instances = new Instances();

	@RegisterExtension
	private final Browser browser = new Browser();

	@Test
	void aClickOnOneInstanceShowsOnThePageOfTheOther() throws Exception {
		Instance one = this.instances.start();
		Instance other = this.instances.start();
		this.browser.open(one.base().resolve("/"));
		await("#state", "live");
		await("#request-count", "1");
		await("#banner", "hello world");
		this.browser.click("#increment");
		await("#request-count", "2");
		this.browser.open(other.base().resolve("/"));
		await("#request-count", "3");
		one.post("/api/values/request-count/increment");
		await("#request-count", "4");
		assertThat(this.browser.text("#instance")).isEqualTo(other.base().getAuthority());
	}

	@Test
	void aMeasurementOnOneInstanceShowsOnThePageOfTheOther() throws Exception {
		Instance one = this.instances.start("--sample.sensor.interval=100ms");
		Instance other = this.instances.start();
		this.browser.open(other.base().resolve("/"));
		await("#job-status tr:first-child td:last-child", "\"howdy\"");
		assertThat(one.post("/measurements")).isEqualTo(202);
		await("#job-status tr:first-child td:last-child", "\"running\"");
		this.browser.screenshot(Path.of("target", "page.png"));
		this.browser.click("#stop");
		await("#job-status tr:first-child td:last-child", "\"stopped\"");
		await("#job-status tr:last-child td:last-child", "true");
		this.browser.click("#measure");
		await("#job-status tr:first-child td:last-child", "\"running\"");
	}

	@Test
	void theSegmentsAreListedWithTheirProcesses() throws Exception {
		Instance instance = this.instances.start("--spring.application.name=shown");
		this.browser.open(instance.base().resolve("/"));
		Patience.await("list of segments").until(() -> this.browser.text("#segments").contains("shown"));
		assertThat(this.browser.text("#segments")).contains(this.instances.segments());
	}

	@Test
	void aPageWithoutItsInstanceSaysSo() throws Exception {
		Instance instance = this.instances.start();
		this.browser.open(instance.base().resolve("/"));
		await("#state", "live");
		instance.terminate();
		await("#state", "no answer from this instance");
	}

	private void await(String selector, String text) {
		Patience.await(selector).until(() -> this.browser.text(selector), text::equals);
	}

}
