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
 * Tests for {@link ValueController}.
 */
@SampleTest({ "shm.values.wide.type=uint64", "shm.values.small.type=int", "shm.values.real.type=double",
		"shm.values.single.type=float", "shm.values.flag.type=bool", "shm.values.letter.type=char",
		"shm.values.glyph.type=wchar" })
class ValueApiTests {

	@Autowired
	private MockMvcTester mvc;

	private MvcTestResult get(String key) {
		return this.mvc.get().uri("/api/values/{key}", key).exchange();
	}

	private MvcTestResult put(String key, String body) {
		return this.mvc.put()
			.uri("/api/values/{key}", key)
			.contentType(MediaType.APPLICATION_JSON)
			.content(body)
			.exchange();
	}

	private MvcTestResult increment(String key, String by) {
		return this.mvc.post().uri("/api/values/{key}/increment?by={by}", key, by).exchange();
	}

	private static void assertValue(MvcTestResult answer, String json) {
		assertThat(answer).hasStatusOk().bodyJson().isStrictlyEqualTo("{\"value\": " + json + "}");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`',
			value = { "request-count, -9223372036854775808", "request-count, 9223372036854775807",
					"wide, 18446744073709551615", "small, -2147483648", "real, 0.1", "real, 1.7976931348623157E308",
					"real, -0.0", "real, \"NaN\"", "real, \"Infinity\"", "real, \"-Infinity\"", "single, 0.1",
					"flag, true", "letter, \"a\"", "letter, \"\\u00e9\"", "letter, \"\\u0000\"", "glyph, \"\\u20ac\"",
					"glyph, \"\\ud83d\\ude00\"", "glyph, 55357" })
	void whatIsWrittenIsRead(String key, String json) {
		assertValue(put(key, "{\"value\": " + json + "}"), json);
		assertValue(get(key), json);
	}

	@Test
	void largeIntegersAreExact() {
		put("wide", "{\"value\": 18446744073709551615}");
		assertThat(get("wide")).bodyText().isEqualTo("{\"value\":18446744073709551615}");
	}

	@Test
	void anIntegerFitsAFloatingPointValue() {
		put("real", "{\"value\": 3}");
		assertThat(get("real")).bodyText().isEqualTo("{\"value\":3.0}");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`',
			value = { "small, 1.0", "small, 1e3", "small, \"5\"", "small, true", "small, null", "small, []",
					"small, {}", "small, 1e999999999", "real, 1e309", "real, -1e309", "real, \"nan\"", "real, \"1.5\"",
					"real, true", "flag, 1", "flag, \"true\"", "letter, \"\"", "letter, \"ab\"", "letter, 65",
					"glyph, \"ab\"", "glyph, 99999999999" })
	void aValueThatDoesNotFitIsRefusedAndNothingIsWritten(String key, String json) throws Exception {
		String before = get(key).getResponse().getContentAsString();
		Problems.assertRefused(put(key, "{\"value\": " + json + "}"), HttpStatus.BAD_REQUEST, "Expected ");
		assertThat(get(key)).bodyText().isEqualTo(before);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`',
			value = { "request-count, 9223372036854775808, int64 (-2^63 to 2^63-1)", "wide, -1, uint64 (0 to 2^64-1)",
					"wide, 18446744073709551616, uint64", "small, 2147483648, int32 (-2147483648 to 2147483647)",
					"single, 1e39, float32", "letter, \"\\u20ac\", char (0 to 255)", "glyph, 1114112, wchar",
					"glyph, -1, wchar" })
	void aValueOutOfRangeIsRefusedAndNothingIsWritten(String key, String json, String type) throws Exception {
		String before = get(key).getResponse().getContentAsString();
		Problems.assertRefused(put(key, "{\"value\": " + json + "}"), HttpStatus.BAD_REQUEST, " does not fit " + type);
		assertThat(get(key)).bodyText().isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "[]", "5", "null", "{\"valu\": 1}", "[1]" })
	void aBodyWithoutAValueIsRefused(String body) {
		Problems.assertRefused(put("small", body), HttpStatus.BAD_REQUEST, "Expected a body {\"value\": …}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "{\"value\": NaN}", "{\"value\": 01}", "{\"value\": 1} 2",
			"{\"value\": 1, \"value\": 2}", "value=1" })
	void anIllFormedBodyIsRefused(String body) {
		Problems.assertRefused(put("small", body), HttpStatus.BAD_REQUEST, "Failed to read request");
	}

	@Test
	void anotherMediaTypeIsRefused() {
		Problems.assertRefused(
				this.mvc.put().uri("/api/values/small").contentType(MediaType.TEXT_PLAIN).content("1").exchange(),
				HttpStatus.UNSUPPORTED_MEDIA_TYPE, "not supported");
	}

	@Test
	void anotherMethodIsRefused() {
		Problems.assertRefused(this.mvc.delete().uri("/api/values/small").exchange(), HttpStatus.METHOD_NOT_ALLOWED,
				"not supported");
	}

	@Test
	void anUnknownKeyIsNotFound() {
		Problems.assertRefused(get("nope"), HttpStatus.NOT_FOUND, "found 'nope'");
		Problems.assertRefused(put("nope", "{\"value\": 1}"), HttpStatus.NOT_FOUND, "found 'nope'");
		Problems.assertRefused(increment("nope", "1"), HttpStatus.NOT_FOUND, "found 'nope'");
		Problems.assertRefused(get("primes"), HttpStatus.NOT_FOUND, "found 'primes'");
	}

	@Test
	void incrementsByOneUnlessToldOtherwise() {
		put("request-count", "{\"value\": 41}");
		assertValue(this.mvc.post().uri("/api/values/request-count/increment").exchange(), "42");
		assertValue(increment("request-count", "-2"), "40");
		assertValue(get("request-count"), "40");
	}

	@ParameterizedTest
	@CsvSource({ "wide, 18446744073709551614, 1, 18446744073709551615", "small, 2, 3, 5", "real, 0.5, 0.25, 0.75",
			"single, 1.5, -3, -1.5" })
	void incrementsEveryKindOfNumber(String key, String before, String by, String after) {
		put(key, "{\"value\": " + before + "}");
		assertValue(increment(key, by), after);
		assertValue(get(key), after);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', value = { "small, x", "small, 1.5", "small, null", "small, true", "small, []",
			"small, 1e999999999", "real, NaN", "real, \"NaN\"", "real, 1e309", "flag, 1", "letter, 1", "glyph, 1" })
	void anIncrementThatMakesNoSenseIsRefused(String key, String by) {
		Problems.assertRefused(increment(key, by), HttpStatus.BAD_REQUEST, "Expected ");
	}

	@ParameterizedTest
	@CsvSource({ "small, 2147483648, int32", "wide, -1, uint64" })
	void anIncrementThatTheTypeDoesNotHoldIsRefused(String key, String by, String type) {
		Problems.assertRefused(increment(key, by), HttpStatus.BAD_REQUEST, by + " does not fit " + type + " (");
	}

	@ParameterizedTest
	@CsvSource({ "small, 2147483647, 1, int32", "request-count, 9223372036854775807, 1, int64",
			"request-count, 1, 9223372036854775807, int64", "request-count, -2, -9223372036854775808, int64",
			"wide, 1, 18446744073709551615, uint64" })
	void anIncrementOutOfRangeIsRefusedAndNothingIsWritten(String key, String before, String by, String type) {
		put(key, "{\"value\": " + before + "}");
		Problems.assertRefused(increment(key, by), HttpStatus.BAD_REQUEST,
				"The sum of %s and %s does not fit %s (".formatted(before, by, type));
		assertValue(get(key), before);
	}

}
