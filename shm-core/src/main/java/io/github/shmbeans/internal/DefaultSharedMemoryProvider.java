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

package io.github.shmbeans.internal;

import java.util.ServiceLoader;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedMemoryProvider;
import io.github.shmbeans.engine.SegmentEngine;
import io.github.shmbeans.internal.memory.InitialData;
import io.github.shmbeans.internal.memory.Standalone;
import io.github.shmbeans.internal.type.Scalar;
import io.github.shmbeans.internal.type.StructLayout;
import org.jspecify.annotations.Nullable;

/**
 * Implements the static methods of the API.
 */
public final class DefaultSharedMemoryProvider implements SharedMemoryProvider {

	@Override
	public SharedMemoryManager manager(SharedMemoryManager.Builder builder) {
		return DefaultSharedMemoryManager.open(builder, sharedMemory());
	}

	private static SegmentEngine sharedMemory() {
		return ServiceLoader.load(SegmentEngine.class, SegmentEngine.class.getClassLoader())
			.stream()
			.map(ServiceLoader.Provider::get)
			.filter((engine) -> engine.name().equals(SegmentEngine.SHARED_MEMORY))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(
					"Expected an engine named '%s', found none. Keep META-INF/services of shm-core when you repackage it"
						.formatted(SegmentEngine.SHARED_MEMORY)));
	}

	@Override
	public ElementType<?> elementType(String name) {
		return Scalar.named(name);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> ElementType<T> scalar(String name, Class<T> javaType) {
		Scalar<?> scalar = Scalar.named(name);
		if (scalar.javaType() != javaType) {
			throw new IllegalArgumentException("Expected %s to be a %s, found %s".formatted(name, javaType.getName(),
					scalar.javaType().getName()));
		}
		return (ElementType<T>) scalar;
	}

	@Override
	public <T> ElementType<T> elementType(Class<T> type) {
		return StructLayout.of(type);
	}

	@Override
	public void check(SegmentSpec spec) {
		InitialData.check(spec);
	}

	@Override
	public SharedMemory createBlock(@Nullable String name, long size) {
		return Standalone.createBlock(name, size);
	}

	@Override
	public SharedMemory attachBlock(String name) {
		return Standalone.attachBlock(name);
	}

	@Override
	public ShareableList attachList(String name) {
		return Standalone.attachList(name);
	}

}
