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

/**
 * What the items of {@code job-status} mean during a measurement: phase, latest reading,
 * percent, and whether nothing is under way. What belongs together is written under the
 * list's lock, so that nobody reads half of it.
 *
 * @param list the list
 */
record JobStatus(ShareableList list) {

	static final String RUNNING = "running";

	void write(String phase, double reading, long percent, boolean idle) {
		this.list.lock().run(() -> {
			this.list.set(0, phase);
			this.list.set(1, reading);
			this.list.set(2, percent);
			this.list.set(3, idle);
		});
	}

	void begin() {
		write(RUNNING, 0, 0, false);
	}

	void progress(double reading, long percent) {
		this.list.lock().run(() -> {
			this.list.set(1, reading);
			this.list.set(2, percent);
		});
	}

	void end(String phase) {
		this.list.lock().run(() -> {
			this.list.set(0, phase);
			this.list.set(3, true);
		});
	}

	boolean isRunning() {
		return RUNNING.equals(this.list.get(0));
	}

}
