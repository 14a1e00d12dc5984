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

import io.github.shmbeans.RecoveryHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * Looks up the recovery handler of the application. The bean is created when it is
 * needed, so that it may itself depend on segments.
 */
final class SegmentRecovery {

	private final ListableBeanFactory beanFactory;

	/** Looked up once: it takes a pass over all beans. */
	private final SingletonSupplier<Boolean> present = SingletonSupplier.of(this::isPresent);

	SegmentRecovery(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * The handler for an entry, or {@code null} if the application has none.
	 */
	@Nullable RecoveryHandler handler(String key) {
		if (!this.present.obtain()) {
			return null;
		}
		return (segment) -> this.beanFactory.getBean(SharedMemoryRecoveryHandler.class).recover(key, segment);
	}

	private boolean isPresent() {
		return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, SharedMemoryRecoveryHandler.class,
				true, false).length > 0;
	}

}
