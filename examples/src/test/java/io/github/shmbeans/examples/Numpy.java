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

package io.github.shmbeans.examples;

import java.io.IOException;

import org.junit.jupiter.api.Assumptions;

/**
 * A real Python with numpy: that of {@code SHM_TEST_PYTHON}, else {@code python3}.
 */
final class Numpy {

	private static final String COMMAND = System.getenv().getOrDefault("SHM_TEST_PYTHON", "python3");

	private Numpy() {
	}

	/**
	 * Skip the test if there is none.
	 * @return its command
	 */
	static String assume() {
		Assumptions.assumeTrue(isPresent(),
				() -> "Skipped: '%s' is not Python with numpy; name one in SHM_TEST_PYTHON".formatted(COMMAND));
		return COMMAND;
	}

	private static boolean isPresent() {
		try {
			return new ProcessBuilder(COMMAND, "-c", "import numpy").redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
