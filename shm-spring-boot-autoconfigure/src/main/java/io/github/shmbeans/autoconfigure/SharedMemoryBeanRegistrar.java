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
 * Registers a bean for every entry below {@code shm}.
 */
class SharedMemoryBeanRegistrar implements BeanRegistrar {

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		SharedMemoryProperties properties = SharedMemoryProperties.bind(environment);
		registry.registerBean(SharedMemoryProperties.class,
				(spec) -> spec.infrastructure().supplier((context) -> properties));
		EntryOpener opener = new EntryOpener();
		registry.registerBean(EntryOpener.class, (spec) -> spec.infrastructure().supplier((context) -> opener));
		properties.entries().forEach((entry) -> register(registry, entry, opener));
	}

	private static void register(BeanRegistry registry, Entry entry, EntryOpener opener) {
		String alias = BeanNames.alias(entry.key());
		try {
			ParameterizedTypeReference<Object> type = ParameterizedTypeReference.forType(entry.beanType().getType());
			registry.registerBean(entry.key(), type, (spec) -> spec.description("Declared by " + entry.declared())
				.supplier((context) -> opener.open(entry, context)));
			if (!alias.equals(entry.key())) {
				registry.registerAlias(entry.key(), alias);
			}
		}
		catch (BeanDefinitionOverrideException ex) {
			throw taken(entry, ex.getBeanName(), ex);
		}
		catch (IllegalStateException ex) {
			throw taken(entry, alias, ex);
		}
	}

	private static InvalidSharedMemoryPropertyException taken(Entry entry, String name, RuntimeException cause) {
		return entry.declared()
			.invalid(entry.declared().name(), BeanNameCollisions.reason(name, String.valueOf(cause.getMessage())),
					BeanNameCollisions.ACTION, cause);
	}

}
