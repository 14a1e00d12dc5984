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

import io.github.shmbeans.SegmentListener;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedSegment;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} of shared-memory beans: one for every
 * entry of {@code shm.values}, {@code shm.arrays}, {@code shm.lists}, {@code shm.blocks}
 * and {@code shm.locks}, and the {@link SharedMemoryManager} that owns their segments.
 * <p>
 * A key is the name of its bean; a key in kebab case has its camelCase form as an alias.
 * The segments are opened when the context starts and closed, after the beans that use
 * them, when it closes. A context whose parent has a {@code SharedMemoryManager} uses
 * that. {@link SegmentListener} beans are told of segments that open and close; an
 * application that makes a {@code SharedMemoryManager} of its own hands them to it.
 */
@AutoConfiguration
@Conditional(OnMissingParentManagerCondition.class)
@ConditionalOnBooleanProperty(name = "shm.enabled", matchIfMissing = true)
@Import({ BeanNames.Registrar.class, SharedMemoryBeanRegistrar.class })
@ImportRuntimeHints(SharedMemoryRuntimeHints.class)
public final class SharedMemoryAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SharedMemoryManager sharedMemoryManager(SharedMemoryProperties properties, EntryOpener opener,
			Environment environment, ObjectProvider<SegmentListener> listeners) {
		SharedMemoryManager.Builder builder = SharedMemoryManager.builder()
			.namespace(properties.getNamespace())
			.closeOnExit(false)
			.expectedSegments(opener.entries().size())
			.listener(new SegmentListeners(listeners.orderedStream().toList()));
		String application = environment.getProperty("spring.application.name", "");
		return (!application.isBlank() ? builder.application(application) : builder).build();
	}

	@Bean
	SegmentRecovery sharedMemorySegmentRecovery(ListableBeanFactory beanFactory) {
		return new SegmentRecovery(beanFactory);
	}

	@Bean
	static LazyInitializationExcludeFilter sharedMemoryLazyInitializationExcludeFilter() {
		return LazyInitializationExcludeFilter.forBeanTypes(SharedSegment.class, SharedLock.class);
	}

}
