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

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Import;

/**
 * {@link AutoConfiguration Auto-configuration} of what a training run for CDS or the AOT
 * cache needs: {@code spring.context.exit=onRefresh} halts the JVM, which runs neither
 * the destruction of beans nor the shutdown hooks, so the segments are closed before.
 */
@AutoConfiguration(after = SharedMemoryAutoConfiguration.class)
@ConditionalOnBean(SharedMemoryManager.class)
@Import(ClosingLifecycleProcessor.Installer.class)
public final class SharedMemoryTrainingRunAutoConfiguration {

}
