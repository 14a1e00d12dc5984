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

import java.math.BigInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CoreSchema}.
 */
class CoreSchemaTests {

	@ParameterizedTest
	@ValueSource(strings = { "null", "Null", "NULL", "~" })
	void nullHasFourForms(String text) {
		assertThat(CoreSchema.infer(text)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "true,true", "True,true", "TRUE,true", "false,false", "FALSE,false" })
	void booleansHaveThreeFormsEach(String text, boolean expected) {
		assertThat(CoreSchema.infer(text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "0,0", "-7,-7", "+7,7", "007,7", "0o17,15", "0xFf,255", "9223372036854775808,9223372036854775808" })
	void integersAreExact(String text, BigInteger expected) {
		assertThat(CoreSchema.infer(text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "1.5,1.5", "-.5,-0.5", "1.,1", "1e3,1000", "-1.5E-3,-0.0015", ".inf,Infinity", "-.INF,-Infinity",
			".nan,NaN" })
	void floatsAreDoubles(String text, double expected) {
		assertThat(CoreSchema.infer(text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "howdy", "yes", "on", "1_000", "1:30", "0b1", "- 1", "1.5.2", "NaN", "nULL", "0x", " 1" })
	void everythingElseIsText(String text) {
		assertThat(CoreSchema.infer(text)).isEqualTo(text);
	}

	@Test
	void emptyTextIsText() {
		assertThat(CoreSchema.infer("")).isEqualTo("");
	}

}
