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

/**
 * A component of a record, or a field of a JNA structure, as a member of the C structure.
 *
 * @param name its name
 * @param member how it is stored
 * @param offset where it begins, in bytes from the beginning of the structure
 * @param accessor reads it from an instance
 */
record StructField(String name, Member<?> member, int offset, MethodHandle accessor) {

	/**
	 * Read the field of a structure in the heap.
	 */
	Object get(Object structure) {
		try {
			return this.accessor.invoke(structure);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	int end() {
		return this.offset + this.member.size();
	}

	String describe() {
		return this.name + ":" + this.member.name() + "@" + this.offset;
	}

	static int align(int offset, int alignment) {
		return (offset + alignment - 1) / alignment * alignment;
	}

}
