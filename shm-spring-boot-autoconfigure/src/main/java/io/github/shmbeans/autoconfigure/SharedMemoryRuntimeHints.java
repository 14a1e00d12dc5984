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

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/**
 * Hints for what is found by reflection: the records that properties are bound to, the
 * native functions that JNA binds, and what its structures tell about their layout.
 */
class SharedMemoryRuntimeHints implements RuntimeHintsRegistrar {

	private static final String FUNCTIONS = "io.github.shmbeans.internal.posix.LibC";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		BindableRuntimeHintsRegistrar.forTypes(SharedMemoryProperties.class).registerHints(hints, classLoader);
		hints.reflection().registerType(FilePermissions.class, MemberCategory.INVOKE_PUBLIC_METHODS);
		hints.reflection().registerType(TypeReference.of(FUNCTIONS), MemberCategory.INVOKE_DECLARED_METHODS);
		hints.reflection()
			.registerType(TypeReference.of("com.sun.jna.Structure"), MemberCategory.INVOKE_DECLARED_METHODS);
		hints.jni().registerType(TypeReference.of(FUNCTIONS), MemberCategory.INVOKE_DECLARED_METHODS);
		hints.resources().registerPattern("com/sun/jna/linux-x86-64/libjnidispatch.so");
		hints.resources().registerPattern("com/sun/jna/linux-aarch64/libjnidispatch.so");
	}

}
