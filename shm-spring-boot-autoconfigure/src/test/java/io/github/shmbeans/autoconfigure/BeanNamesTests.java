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

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BeanNames}.
 */
class BeanNamesTests {

	@ParameterizedTest
	@CsvSource({ "request-count,requestCount", "count,count", "a-b-c,aBC", "x-1,x1", "-a,a", "a-,a", "a--b,aB",
			"a.b-c,a.bC" })
	void dashesMakeCamelCase(String key, String alias) {
		assertThat(BeanNames.alias(key)).isEqualTo(alias);
	}

}
