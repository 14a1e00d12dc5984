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

import java.util.Set;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Refuses keys that are the names of other beans, also where beans may be overridden: a
 * bean of the application is never replaced, nor hidden by the camelCase alias of a key.
 * It also creates {@link SharedMemoryProperties} before Boot's post-processor of
 * {@code @ConfigurationProperties} is there, so that they are bound only once.
 */
final class BeanNames implements BeanFactoryPostProcessor, PriorityOrdered {

	private static final Set<String> RESERVED = Set.of(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME,
			ConfigurableApplicationContext.SYSTEM_PROPERTIES_BEAN_NAME,
			ConfigurableApplicationContext.SYSTEM_ENVIRONMENT_BEAN_NAME,
			ConfigurableApplicationContext.APPLICATION_STARTUP_BEAN_NAME,
			ConfigurableApplicationContext.CONVERSION_SERVICE_BEAN_NAME,
			ConfigurableApplicationContext.LOAD_TIME_WEAVER_BEAN_NAME,
			ConfigurableApplicationContext.BOOTSTRAP_EXECUTOR_BEAN_NAME,
			AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME,
			AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME,
			AbstractApplicationContext.MESSAGE_SOURCE_BEAN_NAME);

	private final Set<String> taken;

	BeanNames(String[] taken) {
		this.taken = Set.of(taken);
	}

	/**
	 * The camelCase form of a key in kebab case; the key itself if it has no dash.
	 */
	static String alias(String key) {
		StringBuilder alias = new StringBuilder(key.length());
		boolean dash = false;
		for (int i = 0; i < key.length(); i++) {
			char character = key.charAt(i);
			if (character != '-') {
				alias.append((dash && !alias.isEmpty()) ? Character.toUpperCase(character) : character);
			}
			dash = character == '-';
		}
		return alias.toString();
	}

	/**
	 * Whether a name is that of a bean that Spring itself makes.
	 */
	static boolean isReserved(String name) {
		return RESERVED.contains(name);
	}

	static void addTaken(Problems problems, Entry entry, String name, String found) {
		problems.add(entry.name(),
				"Expected the bean name '%s' to be free, found another bean of that name: %s".formatted(name, found),
				"Rename the key or the other bean; a key is the name of the bean, and with dashes also has a camelCase alias");
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		beanFactory.getBean(SharedMemoryProperties.class);
		Problems problems = new Problems(ConfigurationPropertySources
			.get(beanFactory.getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, Environment.class)));
		for (Entry entry : beanFactory.getBean(EntryOpener.class).entries()) {
			String key = entry.key();
			String alias = alias(key);
			if (this.taken.contains(key) || !isOurs(beanFactory, key)) {
				addTaken(problems, entry, key, describe(beanFactory, key));
			}
			else if (!alias.equals(key) && (this.taken.contains(alias) || beanFactory.containsBeanDefinition(alias))) {
				addTaken(problems, entry, alias, describe(beanFactory, alias));
			}
		}
		problems.throwIfAny();
	}

	private static boolean isOurs(ConfigurableListableBeanFactory beanFactory, String key) {
		String description = beanFactory.getBeanDefinition(key).getDescription();
		return description != null && description.startsWith(SharedMemoryBeanRegistrar.DESCRIPTION);
	}

	private String describe(ConfigurableListableBeanFactory beanFactory, String name) {
		boolean known = beanFactory.containsBeanDefinition(name) && !this.taken.contains(name);
		return known ? String.valueOf(beanFactory.getBeanDefinition(name)) : "it was defined before";
	}

	/**
	 * Notes the names of all beans that are there before those of the entries.
	 */
	static class Registrar implements ImportBeanDefinitionRegistrar {

		@Override
		public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
			RootBeanDefinition definition = new RootBeanDefinition(BeanNames.class);
			definition.getConstructorArgumentValues().addIndexedArgumentValue(0, registry.getBeanDefinitionNames());
			definition.setRole(RootBeanDefinition.ROLE_INFRASTRUCTURE);
			registry.registerBeanDefinition(BeanNames.class.getName(), definition);
		}

	}

}
