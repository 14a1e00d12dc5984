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

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class InitialDataSourcesTests {

	private static final ConfigurationPropertyName NAME = ConfigurationPropertyName.of("shm.lists.my-list.initial");

	private final MapConfigurationPropertySource first = new MapConfigurationPropertySource(
			Map.of("shm.lists.my-list.initial[0]", "a", "shm.lists.other.initial[0]", "b", "shm.lists.my-list.mode",
					"attach", "server.port", "1"));

	private final MapConfigurationPropertySource second = new MapConfigurationPropertySource(
			Map.of("shm.lists.my-list.initial[0]", "c", "shm.lists.mylist.initial[1].value", "d"));

	@Test
	void sourcesHaveTheInitialDataOfOneEntryAndNothingElse() {
		List<ConfigurationPropertySource> sources = new InitialDataSources(List.of(this.first, this.second)).of(NAME);
		assertThat(sources).hasSize(2);
		assertThat(names(sources.get(0))).containsExactly("shm.lists.my-list.initial[0]");
		assertThat(names(sources.get(1))).containsExactlyInAnyOrder("shm.lists.my-list.initial[0]",
				"shm.lists.mylist.initial[1].value");
		assertThat(sources.get(0).getConfigurationProperty(NAME.append("[0]")).getValue()).isEqualTo("a");
	}

	@Test
	void sourceWithoutInitialDataIsLeftOut() {
		MapConfigurationPropertySource without = new MapConfigurationPropertySource(Map.of("server.port", "1"));
		assertThat(new InitialDataSources(List.of(without)).of(NAME)).isEmpty();
	}

	@Test
	void environmentAndSourcesThatCannotBeListedStayWhole() {
		ConfigurationPropertySource unlisted = (name) -> null;
		ConfigurationPropertySource environment = ConfigurationPropertySource
			.from(new SystemEnvironmentPropertySource("systemEnvironment", Map.of("SHM_LISTS_MYLIST_INITIAL_0", "e")));
		assertThat(new InitialDataSources(List.of(unlisted, environment)).of(NAME)).containsExactly(unlisted,
				environment);
	}

	private static Stream<String> names(ConfigurationPropertySource source) {
		return ((IterableConfigurationPropertySource) source).stream().map(ConfigurationPropertyName::toString);
	}

}
