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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FilePermissions}.
 */
class FilePermissionsTests {

	@ParameterizedTest
	@ValueSource(strings = { "0660", "660", "0o660", " 0660 " })
	void textIsOctal(String text) {
		assertThat(FilePermissions.of(text)).isEqualTo(0660);
	}

	@Test
	void numberIsBitsAsYamlReadsThem() {
		assertThat(FilePermissions.of(String.valueOf(0660))).isEqualTo(0660);
	}

	@Test
	void noNumberCanBeReadBothWays() {
		for (int bits : new int[] { 0600, 0602, 0604, 0606, 0620, 0622, 0640, 0644, 0660, 0664, 0666 }) {
			assertThat(FilePermissions.of(String.valueOf(bits))).isEqualTo(bits);
			assertThat(FilePermissions.of(Integer.toOctalString(bits))).isEqualTo(bits);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0700", "0400", "0800", "rw", "06600", "-600", "777", "1000", "0" })
	void otherTextIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> FilePermissions.of(text))
			.withMessageStartingWith("Expected permissions of 0600 to 0666");
	}

}
