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

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.support.BeanDefinitionOverrideException;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.env.Environment;

/**
 * Registers a bean for every entry below {@code shm}, or fails with all that is wrong.
 */
class SharedMemoryBeanRegistrar implements BeanRegistrar {

	static final String DESCRIPTION = "Declared by ";

	private static final String PROPERTIES = "shm-" + SharedMemoryProperties.class.getName();

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		EntryBinder binder = new EntryBinder(environment);
		SharedMemoryProperties properties = binder.bind();
		registry.registerBean(PROPERTIES, SharedMemoryProperties.class,
				(spec) -> spec.supplier((context) -> properties));
		EntryOpener opener = new EntryOpener(binder.entries(), environment);
		registry.registerBean(EntryOpener.class, (spec) -> spec.infrastructure().supplier((context) -> opener));
		binder.entries().forEach((entry) -> register(registry, entry, opener, binder.problems()));
		binder.problems().throwIfAny();
	}

	private static void register(BeanRegistry registry, Entry entry, EntryOpener opener, Problems problems) {
		if (problems.concern(entry.name())) {
			return;
		}
		String alias = BeanNames.alias(entry.key());
		if (BeanNames.isReserved(entry.key()) || BeanNames.isReserved(alias)) {
			BeanNames.addTaken(problems, entry, alias, "Spring itself makes it");
			return;
		}
		try {
			ParameterizedTypeReference<Object> type = ParameterizedTypeReference.forType(entry.beanType().getType());
			registry.registerBean(entry.key(), type,
					(spec) -> spec.description(DESCRIPTION + Problems.show(entry.name()))
						.supplier((context) -> opener.open(entry, context)));
			if (!alias.equals(entry.key())) {
				registry.registerAlias(entry.key(), alias);
			}
		}
		catch (BeanDefinitionOverrideException ex) {
			BeanNames.addTaken(problems, entry, ex.getBeanName(), String.valueOf(ex.getMessage()));
		}
		catch (IllegalStateException ex) {
			BeanNames.addTaken(problems, entry, alias, String.valueOf(ex.getMessage()));
		}
	}

}
