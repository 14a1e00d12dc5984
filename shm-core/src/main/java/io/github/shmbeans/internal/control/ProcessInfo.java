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

package io.github.shmbeans.internal.control;

import java.time.Instant;

/**
 * How this process describes itself in the segments that it creates and attaches.
 *
 * @param pid its process id
 * @param startTime when it started
 * @param application its name
 */
public record ProcessInfo(long pid, Instant startTime, String application) {

	private static final ProcessHandle PROCESS = ProcessHandle.current();

	private static final Instant START = PROCESS.info().startInstant().orElse(Instant.EPOCH);

	/**
	 * This process under the name of an application.
	 */
	public static ProcessInfo of(String application) {
		return new ProcessInfo(PROCESS.pid(), START, application);
	}

}
