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

package io.github.shmbeans.sample.testing;

import io.github.shmbeans.testing.SegmentNames;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Gives every application context of this JVM the same namespace of segments, which no
 * other JVM has, and fails a test class after which one of them is left.
 */
public final class SampleContext
		implements ApplicationContextInitializer<ConfigurableApplicationContext>, AfterAllCallback {

	private static final SegmentNames SEGMENTS = new SegmentNames();

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		TestPropertyValues.of(SEGMENTS.property()).applyTo(context);
	}

	@Override
	public void afterAll(ExtensionContext context) {
		Assertions.assertThat(SEGMENTS.clear()).as("segments left behind").isEmpty();
	}

}
