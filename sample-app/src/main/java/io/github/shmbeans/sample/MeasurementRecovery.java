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
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.autoconfigure.SharedMemoryRecoveryHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.stereotype.Component;

/**
 * Repairs what a process left behind that died in the middle of a measurement: nothing
 * under {@code ledger}, which says only whose turn it is, and a half-written
 * {@code job-status}. Of other segments it does not know what would be right.
 */
@Component
class MeasurementRecovery implements SharedMemoryRecoveryHandler {

	private static final Log logger = LogFactory.getLog(MeasurementRecovery.class);

	@Override
	public void recover(String key, SharedSegment segment) {
		logger.info("A process died while it held the lock of '%s'".formatted(key));
		if (segment instanceof ShareableList list && key.equals("job-status")) {
			new JobStatus(list).write("died", 0, 0, true);
		}
		else if (!key.equals("ledger")) {
			throw new IllegalStateException("No repair is known for '%s'".formatted(key));
		}
	}

}
