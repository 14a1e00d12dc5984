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

import org.springframework.core.ResolvableType;

/**
 * A shared bean and where it comes from.
 *
 * @param name the bean name
 * @param type its type, generics included
 * @param property the entry that declares it, or {@code null} if the application has made
 * it in another way
 * @param origin where that is, or {@code null} if it is not known
 */
record DeclaredBean(String name, ResolvableType type, @Nullable String property, @Nullable String origin) {

	@Override
	public String toString() {
		String where = (this.origin != null) ? " (%s)".formatted(this.origin) : "";
		return "%s: %s, declared by %s%s".formatted(this.name, SharedBeanKind.show(this.type),
				(this.property != null) ? this.property : "the application", where);
	}

}
