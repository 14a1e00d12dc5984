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

import io.github.shmbeans.internal.posix.NativeStructure.NativeField;

/**
 * Decides how the fields of a JNA structure are stored: as JNA itself stores them, a
 * {@code boolean} as a 32-bit integer that is -1 or 0, a {@code char} as a
 * {@code wchar_t}. Source: the table of default type mappings in JNA's overview.
 */
final class StructureMembers {

	private StructureMembers() {
	}

	static Member<?> member(NativeField field) {
		Member<?> element = element(field);
		return (field.length() == 0) ? element : new ArrayMember(objects(element), field.type(), field.length());
	}

	@SuppressWarnings("unchecked")
	private static Member<Object> objects(Member<?> member) {
		return (Member<Object>) member;
	}

	private static Member<?> element(NativeField field) {
		if (field.nested() != null) {
			return new LayoutMember<>(StructLayout.of(field.nested()));
		}
		Class<?> type = field.type();
		if (type == boolean.class) {
			return MappedMember.BOOLEAN;
		}
		if (type == char.class) {
			return MappedMember.CHARACTER;
		}
		if (Number.class.isAssignableFrom(type)) {
			return MappedMember.NATIVE_LONG;
		}
		return new LayoutMember<>(MemberFactory.scalar(type));
	}

}
