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

package io.github.shmbeans.manager;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What managers have logged as a warning or worse during a test.
 */
final class RecordedLog extends Handler implements BeforeEachCallback, AfterEachCallback {

	private static final Logger LOGGER = Logger.getLogger(ManagerServer.class.getName());

	private final List<String> lines = new CopyOnWriteArrayList<>();

	RecordedLog() {
		setLevel(Level.WARNING);
	}

	List<String> lines() {
		return this.lines;
	}

	@Override
	public void publish(LogRecord entry) {
		if (isLoggable(entry)) {
			this.lines.add(entry.getMessage());
		}
	}

	@Override
	public void flush() {
	}

	@Override
	public void close() {
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		LOGGER.addHandler(this);
		LOGGER.setUseParentHandlers(false);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		LOGGER.removeHandler(this);
		LOGGER.setUseParentHandlers(true);
	}

}
