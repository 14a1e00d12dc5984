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

import java.lang.System.Logger.Level;

/**
 * What is logged of managers, under the name of {@link ManagerServer}. What clients have
 * sent is not part of it.
 */
final class ManagerLog {

	private static final System.Logger LOGGER = System.getLogger(ManagerServer.class.getName());

	private ManagerLog() {
	}

	static void started(String address) {
		LOGGER.log(Level.INFO, () -> "Manager serves at %s".formatted(address));
	}

	static void stopped(String address, int segments) {
		LOGGER.log(Level.INFO, () -> "Manager at %s has stopped; segments removed: %d".formatted(address, segments));
	}

	/**
	 * Tell that a client has been dropped, or its call refused.
	 */
	static void refused(String client, String reason) {
		LOGGER.log(Level.WARNING, () -> "Manager refused client %s: %s".formatted(client, reason));
	}

	static void left(String client) {
		LOGGER.log(Level.DEBUG, () -> "Client %s of the manager left without a word".formatted(client));
	}

	static void failed(String task, Exception ex) {
		LOGGER.log(Level.WARNING, () -> "Manager could not %s".formatted(task), ex);
	}

	static void tracked(String name) {
		LOGGER.log(Level.DEBUG, () -> "Manager tracks segment '%s'".formatted(name));
	}

	static void removed(String name) {
		LOGGER.log(Level.DEBUG, () -> "Manager removed segment '%s'".formatted(name));
	}

}
