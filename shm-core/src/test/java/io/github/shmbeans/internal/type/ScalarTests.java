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

package io.github.shmbeans.internal.type;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import io.github.shmbeans.engine.ElementCodec;
import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.error.WrongTypeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ScalarTests {

	private static final BigInteger UINT64_MAX = new BigInteger("18446744073709551615");

	private final ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);

	@ParameterizedTest
	@MethodSource
	<T> void elementIsLaidOutInLittleEndianOrder(Scalar<T> scalar, T value, String expected) {
		scalar.write(this.bytes, 8, value);
		String zeros = "00".repeat(16 - scalar.size());
		assertThat(HexFormat.of().formatHex(this.bytes.array())).isEqualTo("00".repeat(8) + expected + zeros);
		assertThat(scalar.read(this.bytes, 8)).isEqualTo(value);
	}

	static Stream<Arguments> elementIsLaidOutInLittleEndianOrder() {
		return Stream.of(Arguments.of(Scalar.INT8, (byte) -2, "fe"), Arguments.of(Scalar.UINT8, (short) 254, "fe"),
				Arguments.of(Scalar.INT16, (short) 0x1234, "3412"), Arguments.of(Scalar.UINT16, 0xfedc, "dcfe"),
				Arguments.of(Scalar.INT32, -2, "feffffff"), Arguments.of(Scalar.UINT32, 0xfedcba98L, "98badcfe"),
				Arguments.of(Scalar.INT64, 0x0123456789abcdefL, "efcdab8967452301"),
				Arguments.of(Scalar.UINT64, UINT64_MAX.subtract(BigInteger.ONE), "feffffffffffffff"),
				Arguments.of(Scalar.FLOAT32, 1.5f, "0000c03f"),
				Arguments.of(Scalar.FLOAT64, -273.154, "5839b4c8761271c0"), Arguments.of(Scalar.BOOL, true, "01"),
				Arguments.of(Scalar.CHAR, 'ÿ', "ff"), Arguments.of(Scalar.WCHAR, 0x1f600, "00f60100"));
	}

	@ParameterizedTest
	@MethodSource
	<T> void leastAndGreatestElementsAreTaken(Scalar<T> scalar, T least, T greatest) {
		for (T value : List.of(least, greatest)) {
			scalar.write(this.bytes, 0, value);
			assertThat(scalar.read(this.bytes, 0)).isEqualTo(value);
			scalar.requireValid(value);
		}
	}

	static Stream<Arguments> leastAndGreatestElementsAreTaken() {
		return Stream.of(Arguments.of(Scalar.INT8, Byte.MIN_VALUE, Byte.MAX_VALUE),
				Arguments.of(Scalar.UINT8, (short) 0, (short) 255),
				Arguments.of(Scalar.INT16, Short.MIN_VALUE, Short.MAX_VALUE), Arguments.of(Scalar.UINT16, 0, 65535),
				Arguments.of(Scalar.INT32, Integer.MIN_VALUE, Integer.MAX_VALUE),
				Arguments.of(Scalar.UINT32, 0L, 4294967295L),
				Arguments.of(Scalar.INT64, Long.MIN_VALUE, Long.MAX_VALUE),
				Arguments.of(Scalar.UINT64, BigInteger.ZERO, UINT64_MAX),
				Arguments.of(Scalar.FLOAT32, Float.MIN_VALUE, Float.MAX_VALUE),
				Arguments.of(Scalar.FLOAT64, Double.MIN_VALUE, Double.MAX_VALUE),
				Arguments.of(Scalar.BOOL, false, true), Arguments.of(Scalar.CHAR, '\0', 'ÿ'),
				Arguments.of(Scalar.WCHAR, 0, 0x10ffff));
	}

	@ParameterizedTest
	@MethodSource
	<T> void oneBeyondTheRangeIsRefusedAndNothingWritten(Scalar<T> scalar, T value, String range) {
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> scalar.write(this.bytes, 8, value))
			.withMessage("%s does not fit %s (%s). Use a wider element type or a value in range",
					(value instanceof Character c) ? (long) c : value, scalar.name(), range);
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(() -> scalar.requireValid(value));
		assertThat(this.bytes.array()).containsOnly(0);
	}

	static Stream<Arguments> oneBeyondTheRangeIsRefusedAndNothingWritten() {
		return Stream.of(Arguments.of(Scalar.UINT8, (short) -1, "0 to 255"),
				Arguments.of(Scalar.UINT8, (short) 256, "0 to 255"), Arguments.of(Scalar.UINT16, -1, "0 to 65535"),
				Arguments.of(Scalar.UINT16, 65536, "0 to 65535"), Arguments.of(Scalar.UINT32, -1L, "0 to 4294967295"),
				Arguments.of(Scalar.UINT32, 4294967296L, "0 to 4294967295"),
				Arguments.of(Scalar.UINT64, BigInteger.ONE.negate(), "0 to 2^64-1"),
				Arguments.of(Scalar.UINT64, UINT64_MAX.add(BigInteger.ONE), "0 to 2^64-1"),
				Arguments.of(Scalar.CHAR, 'Ā', "0 to 255"), Arguments.of(Scalar.WCHAR, -1, "0 to 1114111"),
				Arguments.of(Scalar.WCHAR, 0x110000, "0 to 1114111"));
	}

	@Test
	@SuppressWarnings({ "unchecked", "rawtypes" })
	void valueOfAnotherJavaTypeIsRefusedAndNothingWritten() {
		assertThatExceptionOfType(WrongTypeException.class)
			.isThrownBy(() -> ((ElementCodec) Scalar.INT64).write(this.bytes, 0, 5))
			.withMessage("Expected a Long for int64, found Integer 5. Convert the value or use another element type");
		assertThatExceptionOfType(WrongTypeException.class)
			.isThrownBy(() -> ((ElementCodec) Scalar.UINT8).requireValid("1"))
			.withMessageStartingWith("Expected a Short for uint8, found String 1");
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> Scalar.BOOL.encode(null))
			.withMessageStartingWith("Expected a Boolean for bool, found null");
		assertThat(this.bytes.array()).containsOnly(0);
	}

	@ParameterizedTest
	@ValueSource(longs = { 0x7ff8000000000000L, 0x7ff0000000000001L, 0xfff8dead0000beefL, 0x7ff0000000000000L,
			0xfff0000000000000L, 0x8000000000000000L, 1L })
	void float64KeepsEveryBit(long bits) {
		Scalar.FLOAT64.write(this.bytes, 0, Double.longBitsToDouble(bits));
		assertThat(this.bytes.getLong(0)).isEqualTo(bits);
		assertThat(Double.doubleToRawLongBits(Scalar.FLOAT64.read(this.bytes, 0))).isEqualTo(bits);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x7fc00000, 0x7fc0beef, 0xffc0dead, 0x7f800000, 0xff800000, 0x80000000, 1 })
	void float32KeepsEveryBit(int bits) {
		Scalar.FLOAT32.write(this.bytes, 0, Float.intBitsToFloat(bits));
		assertThat(this.bytes.getInt(0)).isEqualTo(bits);
		assertThat(Float.floatToRawIntBits(Scalar.FLOAT32.read(this.bytes, 0))).isEqualTo(bits);
	}

	@Test
	void anyByteButZeroIsTrue() {
		for (int i = 0; i < 256; i++) {
			this.bytes.put(3, (byte) i);
			assertThat(Scalar.BOOL.read(this.bytes, 3)).isEqualTo(i != 0);
		}
	}

}
