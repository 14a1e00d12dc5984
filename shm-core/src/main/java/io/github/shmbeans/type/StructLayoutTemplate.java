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

package io.github.shmbeans.type;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Never used itself: each structure has a hidden copy of this class, whose method handles
 * are constants that the compiler inlines.
 */
final class StructLayoutTemplate extends StructLayout<Object> {

	private static final MethodHandle READ = handle(0);

	private static final MethodHandle WRITE = handle(1);

	StructLayoutTemplate(StructModel<Object> model) {
		super(model);
	}

	private static MethodHandle handle(int index) {
		try {
			return MethodHandles.classDataAt(MethodHandles.lookup(), "_", MethodHandle.class, index);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Make a copy for a structure.
	 */
	@SuppressWarnings("unchecked")
	static <S> StructLayout<S> copy(StructModel<S> model) {
		MethodHandle reader = model.reader().asType(MethodType.methodType(Object.class, ByteBuffer.class, int.class));
		MethodHandle writer = MemberHandles.writer(model.javaType(), model.fields())
			.asType(MethodType.methodType(void.class, ByteBuffer.class, int.class, Object.class));
		try (InputStream template = StructLayoutTemplate.class.getResourceAsStream("StructLayoutTemplate.class")) {
			if (template == null) {
				throw new IllegalStateException("Expected StructLayoutTemplate.class beside its class, found none");
			}
			MethodHandles.Lookup copy = MethodHandles.lookup()
				.defineHiddenClassWithClassData(template.readAllBytes(), List.of(reader, writer), true);
			return (StructLayout<S>) copy.lookupClass().getDeclaredConstructor(StructModel.class).newInstance(model);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (NoSuchMethodException | InstantiationException | IllegalAccessException | InvocationTargetException ex) {
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
	void writeMembers(ByteBuffer bytes, int at, Object value) {
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
