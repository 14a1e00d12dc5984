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

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Refuses other beans under the camelCase alias of an entry: the alias would hide them.
 */
final class BeanNameCollisions implements BeanFactoryPostProcessor {

	static final String ACTION = "Rename the key or the other bean; a key is the name of the bean, and with dashes also has a camelCase alias";

	static String reason(String name, String found) {
		return "Expected the bean name '%s' to be free, found another bean of that name: %s".formatted(name, found);
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		for (Entry entry : beanFactory.getBean(SharedMemoryProperties.class).entries()) {
			String alias = BeanNames.alias(entry.key());
			if (!alias.equals(entry.key()) && beanFactory.containsBeanDefinition(alias)) {
				throw entry.declared()
					.invalid(entry.declared().name(),
							reason(alias, String.valueOf(beanFactory.getBeanDefinition(alias))), ACTION, null);
			}
		}
	}

}
