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

import io.github.shmbeans.ShareableList;
import io.github.shmbeans.sample.testing.Problems;
import io.github.shmbeans.sample.testing.SampleTest;
import org.junit.jupiter.api.BeforeEach;
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
 * Tests for {@link ListController}.
 */
@SampleTest
class ListApiTests {

	private static final String INITIAL = """
			{"format": ["8s", "d", "q", "xxxxxxx?"], "values": ["howdy", -273.154, 100, true]}""";

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private ShareableList jobStatus;

	@BeforeEach
	void setUp() {
		this.jobStatus.set(0, "howdy");
		this.jobStatus.set(1, -273.154);
		this.jobStatus.set(2, 100L);
		this.jobStatus.set(3, true);
	}

	private MvcTestResult get() {
		return this.mvc.get().uri("/api/lists/job-status").exchange();
	}

	private MvcTestResult put(String index, String body) {
		return this.mvc.put()
			.uri("/api/lists/job-status/{index}", index)
			.contentType(MediaType.APPLICATION_JSON)
			.content(body)
			.exchange();
	}

	@Test
	void answersWithFormatsAndItems() {
		assertThat(get()).hasStatusOk().bodyJson().isStrictlyEqualTo(INITIAL);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', delimiter = ';',
			value = { "null; xxxxxx?x", "false; xxxxxxx?", "9223372036854775807; q", "100.0; d", "-0.0; d",
					"\"12345678\"; 8s", "\"\\u00e9\"; 8s", "\"\"; 8s", "\"NaN\"; 8s", "{\"float\":\"NaN\"}; d",
					"{\"float\":\"-Infinity\"}; d", "{\"bytes\":\"aGVsbG8=\"}; 8s", "{\"bytes\":\"\"}; 8s" })
	void whatIsWrittenIsRead(String json, String format) {
		assertThat(put("0", "{\"value\": " + json + "}")).hasStatusOk()
			.bodyJson()
			.isStrictlyEqualTo("{\"value\": " + json + "}");
		assertThat(get()).bodyJson()
			.isStrictlyEqualTo(INITIAL.replace("\"howdy\"", json).replaceFirst("\"8s\"", '"' + format + '"'));
	}

	@Test
	void floatsKeepTheirFraction() {
		put("1", "{\"value\": 100.0}");
		assertThat(get()).bodyText().contains("[\"howdy\",100.0,100,true]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"123456789\"", "\"\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\"", "\"a\\u0000\"", "\"\\ud800\"",
			"1e309", "[]", "{}", "{\"bytes\": 3}", "{\"bytes\": \"a!\"}", "{\"bytes\": \"MTIzNDU2Nzg5\"}",
			"{\"bytes\": \"AA==\"}", "{\"bytes\": \"\", \"float\": \"NaN\"}", "{\"float\": 1}", "{\"float\": \"1\"}" })
	void anItemThatDoesNotFitIsRefusedAndNothingIsWritten(String json) {
		Problems.assertRefused(put("0", "{\"value\": " + json + "}"), HttpStatus.BAD_REQUEST, "Expected ");
		assertThat(get()).bodyJson().isStrictlyEqualTo(INITIAL);
	}

	@Test
	void anIntegerOutOfRangeIsRefusedAndNothingIsWritten() {
		Problems.assertRefused(put("0", "{\"value\": 9223372036854775808}"), HttpStatus.BAD_REQUEST,
				"9223372036854775808 does not fit int (-2^63 to 2^63-1)");
		assertThat(get()).bodyJson().isStrictlyEqualTo(INITIAL);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "[]", "\"text\"", "null" })
	void aBodyWithoutAValueIsRefused(String body) {
		Problems.assertRefused(put("0", body), HttpStatus.BAD_REQUEST, "Expected a body {\"value\": …}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "4", "4294967296" })
	void anIndexOutsideTheListIsNotFound(String index) {
		Problems.assertRefused(put(index, "{\"value\": 1}"), HttpStatus.NOT_FOUND,
				"Expected an index from 0 to 3, found " + index);
	}

	@Test
	void anIndexThatIsNoneIsRefused() {
		Problems.assertRefused(put("x", "{\"value\": 1}"), HttpStatus.BAD_REQUEST, "'index'");
	}

	@Test
	void anUnknownKeyIsNotFound() {
		Problems.assertRefused(this.mvc.get().uri("/api/lists/nope").exchange(), HttpStatus.NOT_FOUND, "found 'nope'");
	}

}
