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

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class BlockTests {

	@RegisterExtension
	final Example example = new Example(Block.class);

	@Test
	void printsWhatEachProcessFinds() {
		List<String> lines = this.example.run();
		Matcher block = Pattern.compile("SharedMemory\\[name=(shm_[0-9a-f]{8}), size=10]").matcher(lines.get(0));
		assertThat(block.matches()).as(lines.get(0)).isTrue();
		assertThat(Example.exists(block.group(1))).isFalse();
		assertThat(lines.subList(1, lines.size())).containsExactly("[22, 33, 44, 55, 100]", "howdy");
	}

}
