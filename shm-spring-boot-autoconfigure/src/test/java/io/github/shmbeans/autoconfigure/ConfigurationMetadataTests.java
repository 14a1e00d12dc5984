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

import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.shmbeans.autoconfigure.SharedMemoryProperties.ArrayProperties;
import io.github.shmbeans.autoconfigure.SharedMemoryProperties.BlockProperties;
import io.github.shmbeans.autoconfigure.SharedMemoryProperties.ListProperties;
import io.github.shmbeans.autoconfigure.SharedMemoryProperties.LockProperties;
import io.github.shmbeans.autoconfigure.SharedMemoryProperties.ValueProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the configuration metadata, which the processor writes.
 */
class ConfigurationMetadataTests {

	private final Map<String, Object> metadata;

	ConfigurationMetadataTests() throws IOException {
		this.metadata = JsonParserFactory.getJsonParser()
			.parseMap(new ClassPathResource("META-INF/spring-configuration-metadata.json")
				.getContentAsString(StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@ValueSource(classes = { ValueProperties.class, ArrayProperties.class, ListProperties.class, BlockProperties.class,
			LockProperties.class })
	void everyMapHasTheClassOfItsEntriesAsItsType(Class<?> type) {
		String map = type.getSimpleName().replace("Properties", "s").toLowerCase(Locale.ROOT);
		assertThat(property("shm." + map)).containsEntry("type",
				"java.util.Map<java.lang.String,%s>".formatted(type.getName()));
	}

	@ParameterizedTest
	@ValueSource(classes = { ValueProperties.class, ArrayProperties.class, ListProperties.class, BlockProperties.class,
			LockProperties.class })
	void everyPropertyOfAnEntryHasAPublicGetterAndSetter(Class<?> type) {
		assertThat(BeanUtils.getPropertyDescriptors(type)).filteredOn((property) -> !property.getName().equals("class"))
			.extracting(PropertyDescriptor::getName)
			.contains("segmentName", "mode", "onShutdown", "onMismatch", "attachTimeout", "lock", "lockTimeout",
					"onOwnerDeath", "permissions", "access", "foreignOwner");
		assertThat(BeanUtils.getPropertyDescriptors(type)).filteredOn((property) -> !property.getName().equals("class"))
			.allSatisfy((property) -> {
				assertThat(property.getReadMethod()).isNotNull();
				assertThat(property.getWriteMethod()).isNotNull();
			});
	}

	@Test
	void allPropertiesAreDescribed() {
		assertThat(names()).contains("shm.enabled", "shm.namespace", "shm.values", "shm.arrays", "shm.lists",
				"shm.blocks", "shm.locks", "shm.manager.address", "shm.manager.authkey", "shm.manager.allow-remote",
				"management.endpoint.shm.show-values", "management.endpoint.shm.roles",
				"management.endpoint.shm.access", "management.health.shm.enabled",
				"management.health.shm-manager.enabled");
		assertThat(names()).noneMatch((name) -> name.contains("*"));
		assertThat(properties())
			.allSatisfy((property) -> assertThat(property.get("description")).asString().endsWith("."));
	}

	@Test
	void defaultsOfTheSwitchesAreNamed() {
		assertThat(property("shm.enabled")).containsEntry("defaultValue", true);
		assertThat(property("shm.namespace")).containsEntry("defaultValue", "");
		assertThat(property("shm.manager.allow-remote")).containsEntry("defaultValue", false);
		assertThat(property("shm.manager.authkey")).doesNotContainKey("defaultValue");
	}

	private List<String> names() {
		return properties().stream().map((property) -> (String) property.get("name")).toList();
	}

	private Map<String, Object> property(String name) {
		return properties().stream().filter((property) -> name.equals(property.get("name"))).findFirst().orElseThrow();
	}

	@SuppressWarnings("unchecked")
	private List<Map<String, Object>> properties() {
		return (List<Map<String, Object>>) this.metadata.get("properties");
	}

}
