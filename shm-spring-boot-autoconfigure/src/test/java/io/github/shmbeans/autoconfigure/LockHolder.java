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

package io.github.shmbeans.autoconfigure;

import java.io.IOException;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.testing.FinishedProcess;
import io.github.shmbeans.testing.JavaProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that dies while it holds the lock of an {@code int64} value.
 */
public final class LockHolder {

	private LockHolder() {
	}

	public static void main(String[] args) {
		SharedMemoryManager manager = SharedMemoryManager.builder().closeOnExit(false).build();
		manager.value("value", ElementType.INT64).segmentName(args[0]).open().lock().lock();
		Runtime.getRuntime().halt(0);
	}

	/**
	 * Run such a process to its end.
	 */
	public static void dieHolding(String segment) throws IOException, InterruptedException {
		FinishedProcess result = new JavaProcess().run(LockHolder.class, segment);
		assertThat(result.exitCode()).as(result.output()).isZero();
	}

}
