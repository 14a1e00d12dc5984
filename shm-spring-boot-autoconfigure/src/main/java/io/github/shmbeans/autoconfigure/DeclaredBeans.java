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

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/**
 * The shared beans of an application, for people to read.
 *
 * @param beanFactory has the beans
 * @param environment has the properties that declare them
 */
record DeclaredBeans(BeanFactory beanFactory, Environment environment) {

	private static final ConfigurationPropertyName ENABLED = ConfigurationPropertyName.of("shm.enabled");

	List<DeclaredBean> of(SharedBeanKind kind) {
		if (!(this.beanFactory instanceof ListableBeanFactory listable)) {
			return List.of();
		}
		String[] names = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(listable, kind.type(), true, false);
		return named(Arrays.asList(names));
	}

	List<DeclaredBean> named(@Nullable Collection<String> names) {
		return (names != null) ? names.stream().map(this::named).toList() : List.of();
	}

	private DeclaredBean named(String name) {
		BeanDefinition definition = definition(name);
		ResolvableType type = (definition != null) ? definition.getResolvableType()
				: ResolvableType.forClass(this.beanFactory.getType(name));
		SharedBeanKind kind = SharedBeanKind.of(type);
		ConfigurationProperty declaration = (kind != null) ? declaration(kind, name) : null;
		if (kind != null && declaration != null) {
			return new DeclaredBean(name, type, kind.section() + "." + name, origin(declaration));
		}
		return new DeclaredBean(name, type, null, (definition != null) ? definition.getResourceDescription() : null);
	}

	private @Nullable BeanDefinition definition(String name) {
		return (this.beanFactory instanceof ConfigurableBeanFactory configurable && configurable.containsBean(name)
				&& hasDefinition(name)) ? configurable.getMergedBeanDefinition(name) : null;
	}

	private boolean hasDefinition(String name) {
		BeanFactory factory = this.beanFactory;
		while (factory instanceof ListableBeanFactory listable) {
			if (listable.containsBeanDefinition(name)) {
				return true;
			}
			factory = (listable instanceof ConfigurableBeanFactory child) ? child.getParentBeanFactory() : null;
		}
		return false;
	}

	/**
	 * The first property of the entry, in the source of highest precedence that has one.
	 */
	private @Nullable ConfigurationProperty declaration(SharedBeanKind kind, String key) {
		ConfigurationPropertyName section = ConfigurationPropertyName.of(kind.section());
		int position = section.getNumberOfElements();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource properties) {
				for (ConfigurationPropertyName name : properties) {
					if (section.isAncestorOf(name) && name.getElement(position, Form.ORIGINAL).equals(key)) {
						return properties.getConfigurationProperty(name);
					}
				}
			}
		}
		return null;
	}

	/**
	 * The property that switches shared memory off, or {@code null} if it is on.
	 */
	@Nullable String disabledBy() {
		if (this.environment.getProperty("shm.enabled", Boolean.class, true)) {
			return null;
		}
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(ENABLED);
			if (property != null) {
				String origin = origin(property);
				return "'shm.enabled: %s'%s".formatted(property.getValue(),
						(origin != null) ? " (%s)".formatted(origin) : "");
			}
		}
		return "'shm.enabled'";
	}

	private static @Nullable String origin(ConfigurationProperty property) {
		return (property.getOrigin() != null) ? property.getOrigin().toString() : null;
	}

}
