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

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Starts measurements.
 */
@RestController
@ConditionalOnBooleanProperty(name = "shm.enabled", matchIfMissing = true)
class MeasurementController {

	private final SensorService sensor;

	MeasurementController(SensorService sensor) {
		this.sensor = sensor;
	}

	@PostMapping("/measurements")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void start() {
		if (!this.sensor.start()) {
			throw new ResponseStatusException(HttpStatus.CONFLICT,
					"Expected nothing under way, found an instance measuring. Wait, or write another phase than 'running' to job-status");
		}
	}

}
