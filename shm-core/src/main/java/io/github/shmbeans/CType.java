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

package io.github.shmbeans;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The scalar type of a record component, or of its elements, where it is not the one that
 * its Java type suggests: a {@code short} as {@code uint8}, a {@link String} as
 * {@code wchar}. The Java type must be the one that the scalar type has, see
 * {@link io.github.shmbeans.ElementType}; a {@code String} is {@code char} or
 * {@code wchar}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface CType {

	/**
	 * The name of the scalar: a typecode, fixed-width name, Java name or ctypes name.
	 * @return the name
	 */
	String value();

}
