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

import io.github.shmbeans.SegmentKind;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedValue;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;

/**
 * A declared entry that was found to be sound, as far as can be told before it is opened.
 *
 * @param name the name of the entry, such as {@code shm.values.request-count}
 * @param spec the segment, without the lock of another entry
 * @param guardKey the key of the entry whose lock guards this one, if any
 */
record Entry(ConfigurationPropertyName name, SegmentSpec spec, @Nullable String guardKey) {

	String key() {
		return this.spec.key();
	}

	boolean isLock() {
		return this.spec.content().kind() == SegmentKind.LOCK;
	}

	/**
	 * The type of the bean, generics included.
	 */
	ResolvableType beanType() {
		SegmentSpec.Content content = this.spec.content();
		if (content instanceof SegmentSpec.Value<?> value) {
			return ResolvableType.forClassWithGenerics(SharedValue.class, value.type().javaType());
		}
		if (content instanceof SegmentSpec.Array<?> array) {
			return ResolvableType.forClassWithGenerics(SharedArray.class, array.type().javaType());
		}
		if (content instanceof SegmentSpec.Items) {
			return ResolvableType.forClass(ShareableList.class);
		}
		return ResolvableType.forClass(isLock() ? SharedLock.class : SharedMemory.class);
	}

}
