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

package io.github.shmbeans.sample;

import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.sample.testing.Patience;
import io.github.shmbeans.sample.testing.SampleTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a measurement from its begin to its end.
 */
@SampleTest("sample.sensor.interval=1ms")
class MeasurementTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private SharedArray<Double> sensorReadings;

	@Autowired
	private ShareableList jobStatus;

	@Autowired
	private SharedLock ledger;

	@Test
	void fillsTheArrayAndTellsHowFarItIs() {
		this.sensorReadings.fill(Double.NaN);
		assertThat(this.mvc.post().uri("/measurements")).hasStatus(HttpStatus.ACCEPTED);
		Patience.await("end of the measurement").until(() -> !this.ledger.isLocked());
		assertThat(this.sensorReadings.stream()).allMatch(Double::isFinite);
		double last = this.sensorReadings.getDouble(this.sensorReadings.length() - 1);
		assertThat(this.jobStatus).containsExactly("finished", last, 100L, true);
	}

}
