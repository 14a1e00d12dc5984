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

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;

import io.github.shmbeans.error.InvalidOptionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ManagerAddress}.
 */
@Tag("any-jdk")
class ManagerAddressTests {

	@Test
	void pathIsThatOfAUnixDomainSocket() {
		assertThat(ManagerAddress.parse("/run/app/manager.sock"))
			.isEqualTo(UnixDomainSocketAddress.of("/run/app/manager.sock"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1:50000", "[::1]:50000" })
	void hostAndPortAreAnInternetAddress(String text) {
		assertThat(ManagerAddress.parse(text)).isInstanceOfSatisfying(InetSocketAddress.class, (address) -> {
			assertThat(address.getAddress().isLoopbackAddress()).isTrue();
			assertThat(address.getPort()).isEqualTo(50000);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "/run/app/manager.sock", "127.0.0.1:50000", "[0:0:0:0:0:0:0:1]:50000" })
	void addressIsShownAsItIsRead(String text) {
		assertThat(ManagerAddress.format(ManagerAddress.parse(text))).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "manager.sock", "./manager.sock", "localhost", ":50000", "localhost:",
			"localhost:70000", "localhost:x", "localhost:-1", "::1:50000", "tcp://localhost:50000", "/a\u0000b",
			"no.such.host.invalid:1" })
	void everythingElseIsRefused(String text) {
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(() -> ManagerAddress.parse(text))
			.satisfies((ex) -> assertThat(ex.option()).isEqualTo("address"))
			.withMessageContaining("Expected ");
	}

	@Test
	void pathThatTheKernelDoesNotTakeIsRefused() {
		assertThat(ManagerAddress.parse("/" + "a".repeat(106))).isNotNull();
		assertThatExceptionOfType(InvalidOptionException.class)
			.isThrownBy(() -> ManagerAddress.parse("/" + "a".repeat(107)))
			.withMessageContaining("at most 107 bytes, found 108");
	}

}
