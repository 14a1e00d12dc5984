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
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says which shared beans are there, and where they are declared, when none or several of
 * them fit an injection point.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class SharedBeanFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

	private final BeanFactory beanFactory;

	private final Environment environment;

	SharedBeanFailureAnalyzer(BeanFactory beanFactory, Environment environment) {
		this.beanFactory = beanFactory;
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		ResolvableType required = (cause.getResolvableType() != null) ? element(cause.getResolvableType()) : null;
		SharedBeanKind kind = (required != null) ? SharedBeanKind.of(required) : null;
		if (required == null || kind == null) {
			return null;
		}
		DeclaredBeans beans = new DeclaredBeans(this.beanFactory, this.environment);
		String consumer = (description != null) ? description : "A component";
		if (cause instanceof NoUniqueBeanDefinitionException several) {
			return ambiguous(consumer, beans.named(several.getBeanNamesFound()), several);
		}
		String problem = "%s required a bean of type '%s' that could not be found.".formatted(consumer,
				SharedBeanKind.show(required));
		String disabled = beans.disabledBy();
		if (disabled != null) {
			return new FailureAnalysis("%s Shared memory is switched off by %s.".formatted(problem, disabled),
					"Remove that property, or do without the bean: inject ObjectProvider<%s>, or put @ConditionalOnBooleanProperty(name = \"shm.enabled\", matchIfMissing = true) on the class that needs it."
						.formatted(SharedBeanKind.show(required)),
					cause);
		}
		return missing(problem, required, kind, beans, cause);
	}

	private static ResolvableType element(ResolvableType type) {
		Class<?> raw = type.toClass();
		if (Map.class.isAssignableFrom(raw)) {
			return type.asMap().getGeneric(1);
		}
		return (Collection.class.isAssignableFrom(raw) && !SharedBeanKind.isShared(raw))
				? type.asCollection().getGeneric() : type;
	}

	private static FailureAnalysis ambiguous(String consumer, List<DeclaredBean> found,
			NoUniqueBeanDefinitionException cause) {
		String key = found.isEmpty() ? "request-count" : found.get(0).name();
		return new FailureAnalysis(
				"%s required a single bean, but %d were found:%n%s".formatted(consumer, found.size(), list(found)),
				"Name the field or parameter after the key, in camelCase ('%s' for '%s'; compile with '-parameters'), or add @Qualifier(\"%2$s\"), or inject a Map<String, …> of all of them."
					.formatted(BeanNames.alias(key), key),
				cause);
	}

	private static FailureAnalysis missing(String problem, ResolvableType required, SharedBeanKind kind,
			DeclaredBeans beans, NoSuchBeanDefinitionException cause) {
		List<DeclaredBean> sameKind = beans.of(kind);
		if (!sameKind.isEmpty()) {
			String description = "%s These beans of that kind are there:%n%s".formatted(problem, list(sameKind));
			return new FailureAnalysis(description, remedy(required, kind, sameKind), cause);
		}
		List<DeclaredBean> all = Arrays.stream(SharedBeanKind.values())
			.flatMap((other) -> beans.of(other).stream())
			.toList();
		String others = all.isEmpty() ? "" : " Other shared beans are there:%n%s".formatted(list(all));
		return new FailureAnalysis("%s No entry is declared below '%s'.%s".formatted(problem, kind.section(), others),
				"Declare the bean below '%s': %s".formatted(kind.section(), kind.example(required)), cause);
	}

	private static String remedy(ResolvableType required, SharedBeanKind kind, List<DeclaredBean> beans) {
		for (DeclaredBean bean : beans) {
			if (required.isAssignableFrom(bean.type())) {
				return "'%s' has that type: add @Qualifier(\"%1$s\"), or correct the qualifier that is there."
					.formatted(bean.name());
			}
		}
		DeclaredBean first = beans.get(0);
		String change = (first.property() != null) ? ", or change '%s.type' or declare another entry below '%s'"
			.formatted(first.property(), kind.section())
				: ", or declare another entry below '%s'".formatted(kind.section());
		return "Inject '%s' as %s%s. The generic is the Java type of the elements: Long for 'long', Double for 'double', Short for 'uint8'."
			.formatted(first.name(), SharedBeanKind.show(first.type()), change);
	}

	private static String list(List<DeclaredBean> beans) {
		return beans.stream().map((bean) -> "\t- " + bean).collect(Collectors.joining(System.lineSeparator()));
	}

}
