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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.shmbeans.testing.CPython;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Pickles}.
 */
@Tag("any-jdk")
class PicklesTests {

	private static final String DUMP = "import pickle, sys; print(pickle.dumps(eval(sys.argv[1]), int(sys.argv[2])).hex())";

	private static final String LOAD = "import pickle, sys; print(repr(pickle.loads(bytes.fromhex(sys.argv[1]))))";

	@ParameterizedTest
	@MethodSource("protocols")
	void plainDataOfCPythonIsRead(int protocol) throws ProtocolException {
		Object[] tuple = (Object[]) load(
				"(None, True, False, 1, -1, 300, 2**40, 1.5, 'a', 'ü' * 300, b'b', [1, 'x'], {})", protocol);
		assertThat(tuple).usingRecursiveComparison()
			.isEqualTo(new Object[] { null, true, false, 1, -1, 300, 1L << 40, 1.5, "a", "ü".repeat(300),
					new byte[] { 'b' }, List.of(1, "x"), Map.of() });
	}

	@Test
	void plainDataIsReadByCPython() {
		Object[] tuple = { null, true, 1, -300, 1L << 40, 1.5, "ü", List.of("a", "b"), List.of(), new Object[0],
				Map.of() };
		assertThat(CPython.assume().run(LOAD, HexFormat.of().formatHex(Pickles.dump(tuple))))
			.containsExactly("(None, True, 1, -300, 1099511627776, 1.5, 'ü', ['a', 'b'], [], (), {})");
	}

	@Test
	void plainDataIsReadHere() throws ProtocolException {
		Object[] tuple = { null, "a", List.of("b"), Map.of(), new Object[] { 1 } };
		assertThat(Pickles.load(Pickles.dump(tuple))).usingRecursiveComparison().isEqualTo(tuple);
	}

	@ParameterizedTest
	@MethodSource("foreign")
	void everythingElseIsRefused(String expression, int protocol) {
		assertThatExceptionOfType(ProtocolException.class).as("%s by protocol %d", expression, protocol)
			.isThrownBy(() -> load(expression, protocol))
			.withMessageStartingWith("Expected ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cos\nsystem\n(S'true'\ntR.", "cbuiltins\neval\n.", "c__builtin__\nset\n.",
			"(ibuiltins\nlist\n.", "(cos\nsystem\no.", "\u0080\u0002\u0082\u0001.", "\u0080\u0002\u0083\u0001\u0001.",
			"\u0080\u0002\u0084\u0001\u0001\u0001\u0001.", "Pid\n.", "NQ.", "N}b.", "N)R.", "N)\u0081.", "N)}\u0092.",
			"\u0080\u0005\u0097.", "\u0080\u0005N\u0098.", "\u008f.", "(\u0091.", "I1\n.", "L1L\n.", "F1.0\n.",
			"S'a'\n.", "Va\n.", "N0.", "(1.", "N2." })
	void opcodesOfOtherPicklesAreRefused(String pickle) {
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> Pickles.load(pickle.getBytes(StandardCharsets.ISO_8859_1)))
			.withMessageContaining("found opcode 0x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "58ffffff7f2e", "58ffffffff2e", "5800000080", "5801000000", "58", "8cff2e", "8aff2e",
			"43ff2e", "4bff", "4b", "2e", "", "80", "8006", "4a00", "65", "2865", "2875", "7d7d75", "4e61", "6800",
			"719f", "86", "95ff" })
	void brokenPicklesAreRefused(String pickle) {
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> Pickles.load(HexFormat.of().parseHex(pickle)));
	}

	@Test
	void dictWithItemsIsRefused() {
		byte[] nested = new byte[1 << 16];
		Arrays.fill(nested, (byte) ']');
		Arrays.fill(nested, nested.length / 2, nested.length, (byte) 'a');
		nested[0] = '}';
		nested[1] = '(';
		nested[nested.length - 3] = 'N';
		nested[nested.length - 2] = 'u';
		nested[nested.length - 1] = '.';
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Pickles.load(nested))
			.withMessage("Expected an empty dict, found one with items");
	}

	@Test
	void deepNestingAndRecursionAreHarmless() throws ProtocolException {
		byte[] nested = new byte[1 << 16];
		Arrays.fill(nested, (byte) 0x85);
		nested[0] = ')';
		nested[nested.length - 1] = '.';
		assertThat(Pickles.load(nested)).isInstanceOf(Object[].class);
		assertThat(Pickles.load(new byte[] { ']', 'q', 0, 'h', 0, 'a', '.' })).isInstanceOf(List.class);
	}

	@Test
	void requestIsATupleOfFour() throws ProtocolException {
		assertThat(Request.decode(Request.of("track_segment", "a").encode())).satisfies((request) -> {
			assertThat(request.object()).isNull();
			assertThat(request.method()).isEqualTo("track_segment");
			assertThat(request.text()).isEqualTo("a");
		});
		for (Object other : new Object[] { "a", 1, List.of(), new Object[3],
				new Object[] { null, 1, new Object[0], Map.of() }, new Object[] { 1, "a", new Object[0], Map.of() },
				new Object[] { null, "a", List.of(), Map.of() }, new Object[] { null, "a", new Object[0], null } }) {
			assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Request.decode(Pickles.dump(other)))
				.withMessageContaining("found another object");
		}
	}

	private static List<Integer> protocols() {
		return IntStream.rangeClosed(3, 5).boxed().toList();
	}

	private static List<Arguments> foreign() {
		List<String> expressions = List.of("len", "object()", "{1: 2}", "{1, 2}", "frozenset([1])", "bytearray(b'x')",
				"ValueError('x')", "range(3)", "1j", "__import__('decimal').Decimal(1)",
				"__import__('datetime').date(2026, 1, 1)", "__import__('functools').partial(len)",
				"__import__('array').array('i', [1])", "__import__('collections').OrderedDict()",
				"__import__('multiprocessing.managers').managers.Token('a', 'b', 'c')", "b'b' * 300", "2**4000");
		return expressions.stream()

			.flatMap((expression) -> protocols().stream().map((protocol) -> Arguments.of(expression, protocol)))
			.toList();
	}

	private static Object load(String expression, int protocol) throws ProtocolException {
		return Pickles
			.load(HexFormat.of().parseHex(CPython.assume().run(DUMP, expression, String.valueOf(protocol)).get(0)));
	}

}
