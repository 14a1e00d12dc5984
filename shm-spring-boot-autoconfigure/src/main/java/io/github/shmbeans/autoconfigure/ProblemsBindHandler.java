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

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.ObjectUtils;

/**
 * Collects what cannot be bound instead of failing at the first mistake. What stands
 * below {@code initial} is left to {@link InitialDataBinder}.
 */
final class ProblemsBindHandler extends NoUnboundElementsBindHandler {

	private static final int INITIAL = 3;

	private final Problems problems;

	ProblemsBindHandler(Problems problems) {
		super(new ExactNumbersBindHandler());
		this.problems = problems;
	}

	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) {
		if (error instanceof UnboundConfigurationPropertiesException unbound) {
			report(unbound);
			return null;
		}
		ConfigurationProperty property = this.problems.find(name);
		Class<?> type = target.getType().toClass();
		boolean empty = property != null && ObjectUtils.isEmpty(property.getValue());
		if (!empty || !(SegmentProperties.class.isAssignableFrom(type) || type == Map.class
				|| type == SharedMemoryProperties.ManagerProperties.class)) {
			this.problems.add(name, property, type, error);
		}
		return null;
	}

	@Override
	public void onFinish(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			@Nullable Object result) throws Exception {
		try {
			super.onFinish(name, target, context, result);
		}
		catch (UnboundConfigurationPropertiesException ex) {
			report(ex);
		}
	}

	private void report(UnboundConfigurationPropertiesException ex) {
		for (ConfigurationProperty property : ex.getUnboundProperties()) {
			ConfigurationPropertyName name = property.getName();
			String map = (name.getNumberOfElements() > 1) ? name.getElement(1, Form.UNIFORM) : "";
			if (!isInitial(name) && !isForeign(property, map) && !ObjectUtils.isEmpty(property.getValue())) {
				this.problems.addUnknown(property, Keys.propertiesOf(map));
			}
		}
	}

	private static boolean isInitial(ConfigurationPropertyName name) {
		return name.getNumberOfElements() > INITIAL && name.getElement(INITIAL, Form.UNIFORM).equals("initial");
	}

	/**
	 * Whether it is an environment variable that only happens to begin with {@code SHM_}.
	 */
	private static boolean isForeign(ConfigurationProperty property, String map) {
		return property.getSource() != null
				&& property.getSource().getUnderlyingSource() instanceof SystemEnvironmentPropertySource
				&& !Keys.isMap(map);
	}

}
