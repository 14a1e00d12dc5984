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

package io.github.shmbeans.internal.type;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;

/**
 * Never used itself: each structure has a hidden copy of this class, whose type is a
 * constant to the compiler, and whose method handles are inlined.
 */
final class StructLayoutTemplate extends StructLayout<Object> {

	private static final MethodHandle READ = constant(0, MethodHandle.class);

	private static final MethodHandle WRITE = constant(1, MethodHandle.class);

	private static final Class<?> TYPE = constant(2, Class.class);

	/** Whether some values of the members' Java types cannot be stored. */
	private static final boolean CHECKED = constant(3, Boolean.class);

	StructLayoutTemplate(StructModel<Object> model) {
		super(model);
	}

	private static <C> C constant(int index, Class<C> type) {
		try {
			return MethodHandles.classDataAt(MethodHandles.lookup(), "_", type, index);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public Object read(ByteBuffer bytes, int at) {
		try {
			return (Object) READ.invokeExact(bytes, at);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void write(ByteBuffer bytes, int at, Object value) {
		if (CHECKED || !TYPE.isInstance(value)) {
			requireValid(value);
		}
		try {
			WRITE.invokeExact(bytes, at, value);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

}
