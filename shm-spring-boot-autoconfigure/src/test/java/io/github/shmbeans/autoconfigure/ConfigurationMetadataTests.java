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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.shmbeans.AccessMode;
import io.github.shmbeans.ElementType;
import io.github.shmbeans.LockKind;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.OwnerDeathPolicy;
import io.github.shmbeans.ShutdownPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for the configuration metadata, which is written by hand.
 */
class ConfigurationMetadataTests {

	private final Map<String, Object> metadata;

	ConfigurationMetadataTests() throws IOException {
		this.metadata = JsonParserFactory.getJsonParser()
			.parseMap(new ClassPathResource("META-INF/spring-configuration-metadata.json")
				.getContentAsString(StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@EnumSource
	void everyPropertyOfAnEntryIsDescribed(Section section) {
		String prefix = "shm." + section.name().toLowerCase(Locale.ROOT);
		assertThat(names("properties")).contains(prefix);
		assertThat(names("properties")).filteredOn((name) -> name.startsWith(prefix + ".*."))
			.extracting((name) -> name.substring(prefix.length() + 3))
			.containsExactlyInAnyOrderElementsOf(section.properties().names());
	}

	@Test
	void otherPropertiesAreDescribed() {
		assertThat(names("properties")).contains("shm.enabled", "shm.namespace", "management.endpoint.shm.show-values",
				"management.endpoint.shm.roles", "management.endpoint.shm.access", "management.health.shm.enabled");
		assertThat(list("properties"))
			.allSatisfy((property) -> assertThat(property.get("description")).asString().endsWith("."));
	}

	@Test
	void defaultsAreThoseOfTheProperties() {
		CommonProperties defaults = new Binder(List.of()).bindOrCreate("shm.values.count", CommonProperties.class);
		assertThat(defaults("mode")).isEqualTo(kebab(defaults.mode()));
		assertThat(defaults("lock")).isEqualTo(defaults.lock());
		assertThat(defaults("on-owner-death")).isEqualTo(kebab(defaults.onOwnerDeath()));
		assertThat(defaults("permissions")).isEqualTo("0%o".formatted(defaults.permissions().bits()));
		assertThat(defaults("access")).isEqualTo(kebab(defaults.access()));
		assertThat(defaults("foreign-owner")).isEqualTo(defaults.foreignOwner());
		assertThat(defaults("attach-timeout")).isEqualTo(String.valueOf(defaults.attachTimeout().toMillis()));
	}

	@Test
	void hintsNameEveryConstant() {
		assertThat(hints("shm.values.*.mode")).isEqualTo(constants(OpenMode.values()));
		assertThat(hints("shm.values.*.on-shutdown")).isEqualTo(constants(ShutdownPolicy.values()));
		assertThat(hints("shm.values.*.on-owner-death")).isEqualTo(constants(OwnerDeathPolicy.values()));
		assertThat(hints("shm.values.*.access")).isEqualTo(constants(AccessMode.values()));
		assertThat(hints("shm.locks.*.kind")).isEqualTo(constants(LockKind.values()));
	}

	@Test
	void hintsNameOnlyElementTypesThatExist() {
		assertThat(hints("shm.arrays.*.type")).isNotEmpty()
			.allSatisfy((type) -> assertThatNoException().isThrownBy(() -> ElementType.of(type)));
	}

	private List<String> names(String section) {
		return list(section).stream().map((entry) -> (String) entry.get("name")).toList();
	}

	private Object defaults(String property) {
		return find("properties", "shm.values.*." + property).get("defaultValue");
	}

	@SuppressWarnings("unchecked")
	private List<String> hints(String name) {
		return ((List<Map<String, Object>>) find("hints", name).get("values")).stream()
			.map((value) -> (String) value.get("value"))
			.toList();
	}

	private Map<String, Object> find(String section, String name) {
		return list(section).stream().filter((entry) -> name.equals(entry.get("name"))).findFirst().orElseThrow();
	}

	@SuppressWarnings("unchecked")
	private List<Map<String, Object>> list(String section) {
		return (List<Map<String, Object>>) this.metadata.get(section);
	}

	private static List<String> constants(Enum<?>[] constants) {
		return Arrays.stream(constants).map(ConfigurationMetadataTests::kebab).toList();
	}

	private static String kebab(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
