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

package io.github.shmbeans.autoconfigure.jackson;

import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedSegment;
import tools.jackson.databind.module.SimpleModule;

/**
 * Jackson module that writes shared values, arrays and lists as their contents, and
 * refuses blocks and locks.
 */
public class SharedMemoryJacksonModule extends SimpleModule {

	/**
	 * Create the module.
	 */
	public SharedMemoryJacksonModule() {
		super("shmbeans");
		addSerializer(SharedSegment.class, new SharedSegmentSerializer());
		addSerializer(SharedLock.class, new SharedLockSerializer());
	}

}
