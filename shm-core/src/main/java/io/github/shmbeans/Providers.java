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

package io.github.shmbeans;

import java.util.ServiceLoader;

/**
 * Finds the one {@link SharedMemoryProvider} of this class loader.
 */
final class Providers {

	private static final SharedMemoryProvider INSTANCE = ServiceLoader
		.load(SharedMemoryProvider.class, SharedMemoryProvider.class.getClassLoader())
		.findFirst()
		.orElseThrow(() -> new IllegalStateException(
				"Expected an implementation of %s, found none. Keep META-INF/services of shm-core when you repackage it"
					.formatted(SharedMemoryProvider.class.getName())));

	private Providers() {
	}

	static SharedMemoryProvider get() {
		return INSTANCE;
	}

}
