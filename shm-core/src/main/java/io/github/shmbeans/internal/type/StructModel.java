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
import java.util.List;

/**
 * What a class says about a C structure: {@link RecordModel a record} or {@link JnaModel
 * a structure of JNA}.
 *
 * @param <S> the class
 */
sealed interface StructModel<S> permits RecordModel, JnaModel {

	Class<S> javaType();

	List<StructField> fields();

	int size();

	int alignment();

	/**
	 * Reads an instance: {@code (ByteBuffer, int)S}.
	 */
	MethodHandle reader();

	/**
	 * Make an instance of its members, in their order.
	 */
	S construct(Object[] members);

}
