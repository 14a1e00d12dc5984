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

package io.github.shmbeans.examples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class ModifiedObjectsTests {

	@RegisterExtension
	final Example example = new Example(ModifiedObjects.class);

	@Test
	void printsWhatCPythonPrints() {
		assertThat(this.example.run()).containsExactly("49", "0.1111111111111111", "HELLO WORLD",
				"[(3.515625, 39.0625), (33.0625, 4.0), (5.640625, 90.25)]");
	}

}
