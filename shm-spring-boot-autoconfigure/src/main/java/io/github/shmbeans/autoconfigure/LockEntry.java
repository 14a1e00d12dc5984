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

import io.github.shmbeans.LockKind;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;

import org.springframework.core.ResolvableType;

/**
 * An entry of {@code shm.locks}.
 *
 * @param declared the entry as it is written
 * @param common what every entry may say
 * @param kind the mechanism
 */
record LockEntry(DeclaredEntry declared, CommonProperties common, LockKind kind) implements Entry {

	@Override
	public ResolvableType beanType() {
		return ResolvableType.forClass(SharedLock.class);
	}

	@Override
	public Object open(SharedMemoryManager manager, SegmentOptions options) {
		return options.applyTo(manager.lock(key())).kind(this.kind).open();
	}

}
