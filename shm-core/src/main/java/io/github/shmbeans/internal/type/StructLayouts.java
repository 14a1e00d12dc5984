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
 * Creates the layouts of structures, as hidden copies of {@link StructLayoutTemplate}.
 */
final class StructLayouts {

	private StructLayouts() {
	}

	/**
	 * Create the layout of a structure.
	 */
	@SuppressWarnings("unchecked")
	static <S> StructLayout<S> create(StructModel<S> model) {
		MethodHandle reader = model.reader().asType(MethodType.methodType(Object.class, ByteBuffer.class, int.class));
		MethodHandle writer = MemberHandles.writer(model.javaType(), model.fields())
			.asType(MethodType.methodType(void.class, ByteBuffer.class, int.class, Object.class));
		boolean checked = !model.fields().stream().allMatch(MemberHandles::isExact);
		try (InputStream template = StructLayoutTemplate.class.getResourceAsStream("StructLayoutTemplate.class")) {
			if (template == null) {
				throw new IllegalStateException("Expected StructLayoutTemplate.class beside its class, found none");
			}
			MethodHandles.Lookup copy = MethodHandles.lookup()
				.defineHiddenClassWithClassData(template.readAllBytes(),
						List.of(reader, writer, model.javaType(), checked), true);
			return (StructLayout<S>) copy.lookupClass().getDeclaredConstructor(StructModel.class).newInstance(model);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (NoSuchMethodException | InstantiationException | IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
