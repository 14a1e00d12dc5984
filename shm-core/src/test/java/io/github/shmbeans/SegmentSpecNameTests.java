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

package io.github.shmbeans;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SegmentSpecNameTests {

	private static final String LONGEST = "n".repeat(250);

	@ParameterizedTest
	@ValueSource(strings = { "a", "Z", "0", "-", "_", "a.b", "a.", "psm_21467_46075", "-rf", "A-Z_a.z09" })
	void nameOfLettersDigitsDotsAndDashesIsTaken(String name) {
		assertThat(name(name)).isEqualTo(name);
	}

	@Test
	void nameOf250CharactersIsTakenAndOneMoreRefused() {
		assertThat(name(LONGEST)).isEqualTo(LONGEST);
		assertThatIllegalArgumentException().isThrownBy(() -> name(LONGEST + "n"))
			.withMessageContaining("found '%sn' (251 characters)", LONGEST);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "..", ".hidden", "a/b", "/a", "a/", "../etc", "a\0b", "\0", "a b", " a", "a\n",
			"\n", "é", "a:b", "a*", "😀" })
	void anyOtherNameIsRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> name(name))
			.withMessage(
					"Expected a segment name of 1 to 250 characters A-Z a-z 0-9 . _ - without leading dot, "
							+ "found '%s' (%d characters). Choose another key, namespace or segment name",
					name, name.length());
	}

	@Test
	void nameFromNamespaceAndKeyIsChecked() {
		assertThatIllegalArgumentException().isThrownBy(() -> SegmentSpec.block("key").size(1).spec().inNamespace("a/"))
			.withMessageContaining("found 'a/key' (5 characters)");
		assertThat(SegmentSpec.block("key").segmentName("name").size(1).spec().inNamespace("a/").requireSegmentName())
			.isEqualTo("name");
	}

	@Test
	void withoutNamespaceThereIsNoName() {
		assertThatIllegalStateException().isThrownBy(() -> SegmentSpec.block("key").size(1).spec().requireSegmentName())
			.withMessage(
					"Expected 'key' to have a segment name, found none. Use segmentName(…), or open it with a manager");
	}

	private static String name(String name) {
		return SegmentSpec.block(name).size(1).spec().inNamespace("").requireSegmentName();
	}

}
