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

package io.github.shmbeans.sample.api;

import io.github.shmbeans.SharedArray;
import io.github.shmbeans.sample.testing.Problems;
import io.github.shmbeans.sample.testing.SampleTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ArrayController}.
 */
@SampleTest({ "shm.arrays.large.type=int8", "shm.arrays.large.length=20000", "shm.arrays.glyphs.type=wchar",
		"shm.arrays.glyphs.length=3" })
class ArrayApiTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private SharedArray<Double> sensorReadings;

	@Autowired
	private SharedArray<Integer> glyphs;

	private MvcTestResult get(String uri) {
		return this.mvc.get().uri("/api/arrays/" + uri).exchange();
	}

	private MvcTestResult put(String key, String index, String body) {
		return this.mvc.put()
			.uri("/api/arrays/{key}/{index}", key, index)
			.contentType(MediaType.APPLICATION_JSON)
			.content(body)
			.exchange();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "primes; [2, 3, 5, 7]", "primes?from=2; [5, 7]", "primes?count=1; [2]",
			"primes?from=1&count=2; [3, 5]", "primes?from=3&count=0; []" })
	void answersWithTheElementsAskedFor(String uri, String values) {
		assertThat(get(uri)).hasStatusOk().bodyJson().isStrictlyEqualTo("{\"length\": 4, \"values\": " + values + "}");
	}

	@Test
	void charactersAreStrings() {
		assertThat(get("banner?from=6&count=6")).bodyJson()
			.isStrictlyEqualTo("{\"length\": 64, \"values\": [\"w\", \"o\", \"r\", \"l\", \"d\", \"\\u0000\"]}");
	}

	@Test
	void wideCharactersThatAreNoneAreNumbers() {
		this.glyphs.set(0, 0x1f600);
		this.glyphs.set(1, 0xd800);
		this.glyphs.buffer().putInt(8, -1);
		assertThat(get("glyphs")).bodyJson()
			.isStrictlyEqualTo("{\"length\": 3, \"values\": [\"\\ud83d\\ude00\", 55296, -1]}");
	}

	@Test
	void anAnswerHasAtMostTenThousandElements() {
		assertThat(get("large")).bodyJson().extractingPath("$.values").asArray().hasSize(10_000);
		assertThat(get("large?from=15000")).bodyJson().extractingPath("$.values").asArray().hasSize(5_000);
		Problems.assertRefused(get("large?count=10001"), HttpStatus.BAD_REQUEST, "from 0 to 10000");
	}

	@ParameterizedTest
	@ValueSource(strings = { "from=-1", "from=4", "from=9223372036854775807", "from=99999999999999999999", "from=x",
			"from=1.5", "count=-1", "count=5", "from=3&count=2", "count=9223372036854775807", "count=x" })
	void aRangeOutsideTheArrayIsRefused(String query) {
		Problems.assertRefused(get("primes?" + query), HttpStatus.BAD_REQUEST, "");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', value = { "sensor-readings, 1023, 0.1", "sensor-readings, 0, \"NaN\"",
			"primes, 3, -11", "banner, 63, \"z\"" })
	void whatIsWrittenIsRead(String key, String index, String json) {
		assertThat(put(key, index, "{\"value\": " + json + "}")).hasStatusOk()
			.bodyJson()
			.isStrictlyEqualTo("{\"value\": " + json + "}");
		assertThat(get(key + "?count=1&from=" + index)).bodyText().contains("[" + json + "]");
	}

	@Test
	void theApplicationReadsWhatIsWritten() {
		put("sensor-readings", "7", "{\"value\": 2.75}");
		assertThat(this.sensorReadings.getDouble(7)).isEqualTo(2.75);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "4", "9223372036854775807" })
	void anIndexOutsideTheArrayIsNotFound(String index) {
		Problems.assertRefused(put("primes", index, "{\"value\": 1}"), HttpStatus.NOT_FOUND,
				"Expected an index from 0 to 3, found " + index);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "1.5", "99999999999999999999", " " })
	void anIndexThatIsNoneIsRefused(String index) {
		Problems.assertRefused(put("primes", index, "{\"value\": 1}"), HttpStatus.BAD_REQUEST, "'index'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"value\": 1.5}", "{\"value\": \"2\"}", "{\"value\": null}", "{}", "2" })
	void anElementThatDoesNotFitIsRefused(String body) {
		Problems.assertRefused(put("primes", "0", body), HttpStatus.BAD_REQUEST, "Expected ");
	}

	@Test
	void anElementOutOfRangeIsRefused() {
		Problems.assertRefused(put("primes", "0", "{\"value\": 2147483648}"), HttpStatus.BAD_REQUEST,
				"2147483648 does not fit int32 (-2147483648 to 2147483647)");
	}

	@Test
	void anUnknownKeyIsNotFound() {
		Problems.assertRefused(get("nope"), HttpStatus.NOT_FOUND, "found 'nope'");
		Problems.assertRefused(put("nope", "0", "{\"value\": 1}"), HttpStatus.NOT_FOUND, "found 'nope'");
	}

}
