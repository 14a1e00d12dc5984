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

package io.github.shmbeans.manager;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link Authentication}, with messages that CPython 3.11.2 and 3.13.0 have
 * sent.
 */
class AuthenticationTests {

	private final Authentication authentication = new Authentication(bytes("secret"));

	@ParameterizedTest
	@CsvFileSource(resources = "/recorded/challenges.csv")
	void recordedChallengeIsAnsweredAsCPythonDoes(String version, String challenge, String answer)
			throws ProtocolException {
		assertThat(this.authentication.answer(unhex(challenge))).isEqualTo(unhex(answer));
	}

	@ParameterizedTest
	@CsvFileSource(resources = "/recorded/challenges.csv")
	void recordedAnswerIsVerified(String version, String challenge, String answer) {
		assertThat(this.authentication.verify(unhex(challenge), unhex(answer))).isTrue();
		assertThat(new Authentication(bytes("Secret")).verify(unhex(challenge), unhex(answer))).isFalse();
		byte[] wrong = unhex(answer);
		wrong[wrong.length - 1] ^= 1;
		assertThat(this.authentication.verify(unhex(challenge), wrong)).isFalse();
	}

	@Test
	void newerChallengeThatAnOlderVersionHasSignedIsVerified() {
		byte[] challenge = unhex("234348414c4c454e4745237b7368613235367dcf86501b33753af645d370bf6a97e9c3b680c1"
				+ "662a6abcc70d1bb451df7026fced95b0e05b39bc81");
		assertThat(this.authentication.verify(challenge, unhex("aae8eff6bec304ddd4da4d6b5962eace"))).isTrue();
		assertThat(this.authentication.verify(challenge, unhex("aae8eff6bec304ddd4da4d6b5962ea"))).isFalse();
	}

	@Test
	void challengeIsOfTheNewerFormAndNeverTheSame() {
		byte[] challenge = this.authentication.challenge();
		assertThat(new String(challenge, StandardCharsets.ISO_8859_1)).startsWith("#CHALLENGE#{sha256}");
		assertThat(challenge).hasSize(11 + 8 + 40).isNotEqualTo(this.authentication.challenge());
	}

	@Test
	void bothSidesUnderstandEachOther() throws ProtocolException {
		byte[] challenge = this.authentication.challenge();
		byte[] answer = this.authentication.answer(challenge);
		assertThat(this.authentication.verify(challenge, answer)).isTrue();
		assertThat(this.authentication.verify(this.authentication.challenge(), answer)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "#CHALLENGE", "#CHALLENGE#", "#CHALLENGE#0123456789012345678",
			"#CHALLENGE#012345678901234567890", "#CHALLENGE#{sha1}0123456789012345678901234567890",
			"#CHALLENGE#{sha256012345678901234567890123456789", "#WELCOME#0123456789012345678901234567890" })
	void whatIsNoChallengeIsRefused(String message) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.authentication.answer(bytes(message)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{sha256}", "{sha256}0123456789abcdef", "{none}0123456789abcdef", "0123456789abcdef",
			"01234567890123456789", "}{", "{" })
	void whatIsNoAnswerIsRefused(String answer) {
		assertThat(this.authentication.verify(this.authentication.challenge(), bytes(answer))).isFalse();
	}

	@Test
	void verdictIsRead() {
		assertThatNoException().isThrownBy(() -> Authentication.requireWelcome(Authentication.verdict(true)));
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> Authentication.requireWelcome(Authentication.verdict(false)))
			.withMessageContaining("another key");
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> Authentication.requireWelcome(Arrays.copyOf(Authentication.verdict(true), 8)));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] unhex(String text) {
		return HexFormat.of().parseHex(text);
	}

}
