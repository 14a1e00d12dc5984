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

import java.util.Collection;

import io.github.shmbeans.SharedMemoryManager;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Holds unless a parent context has opened the segments already. A manager that was
 * configured there without any entry does not count. Decided before bean definitions are
 * made, so that it counts ahead of time too.
 */
class OnMissingParentManagerCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Shared memory of a parent context");
		ConfigurableListableBeanFactory beanFactory = context.getBeanFactory();
		BeanFactory parent = (beanFactory != null) ? beanFactory.getParentBeanFactory() : null;
		if (parent instanceof ListableBeanFactory listable) {
			String[] managers = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(listable, SharedMemoryManager.class,
					true, false);
			if (managers.length > 0 && !isWithoutEntries(listable)) {
				return ConditionOutcome.noMatch(message.found("manager").items((Object[]) managers));
			}
		}
		return ConditionOutcome.match(message.didNotFind("manager").atAll());
	}

	private static boolean isWithoutEntries(ListableBeanFactory parent) {
		Collection<EntryOpener> openers = BeanFactoryUtils
			.beansOfTypeIncludingAncestors(parent, EntryOpener.class, true, false)
			.values();
		return !openers.isEmpty() && openers.stream().allMatch((opener) -> opener.entries().isEmpty());
	}

}
