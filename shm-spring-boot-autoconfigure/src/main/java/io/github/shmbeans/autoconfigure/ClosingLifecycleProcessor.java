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

import io.github.shmbeans.SharedMemoryManager;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.SpringProperties;

/**
 * Closes the manager before a {@link LifecycleProcessor} that halts the JVM, when all
 * beans have been initialized.
 *
 * @param delegate the processor that halts the JVM
 * @param manager the manager to close
 */
record ClosingLifecycleProcessor(LifecycleProcessor delegate,
		ObjectProvider<SharedMemoryManager> manager) implements LifecycleProcessor {

	@Override
	public void onRefresh() {
		this.manager.ifAvailable(SharedMemoryManager::close);
		this.delegate.onRefresh();
	}

	@Override
	public void onClose() {
		this.delegate.onClose();
	}

	@Override
	public void start() {
		this.delegate.start();
	}

	@Override
	public void stop() {
		this.delegate.stop();
	}

	@Override
	public boolean isRunning() {
		return this.delegate.isRunning();
	}

	/**
	 * Puts it before the context's processor if that is going to halt the JVM. This is
	 * decided when the application runs, not when it is processed ahead of time.
	 *
	 * @param manager the manager to close
	 */
	record Installer(ObjectProvider<SharedMemoryManager> manager) implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			return (bean instanceof LifecycleProcessor processor
					&& beanName.equals(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME) && isHalting())
							? new ClosingLifecycleProcessor(processor, this.manager) : bean;
		}

		private static boolean isHalting() {
			return DefaultLifecycleProcessor.ON_REFRESH_VALUE
				.equalsIgnoreCase(SpringProperties.getProperty(DefaultLifecycleProcessor.EXIT_PROPERTY_NAME));
		}

	}

}
