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

package io.github.shmbeans.internal.list;

import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import io.github.shmbeans.error.InvalidSegmentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ListViewTests {

	private final byte[] bytes = TestLists.sampleBytes();

	private final ListView view = TestLists.open(this.bytes);

	@Test
	void primitiveAccessorsReadTheirTypes() {
		assertThat(this.view.getDouble(2)).isEqualTo(-273.154);
		assertThat(this.view.getLong(3)).isEqualTo(100);
		assertThat(this.view.get(5)).isEqualTo(true);
	}

	@Test
	void primitiveAccessorsWriteTheirTypes() {
		this.view.setDouble(2, 0.5);
		this.view.setLong(3, Long.MIN_VALUE);
		this.view.set(5, false);
		assertThat(this.view.getDouble(2)).isEqualTo(0.5);
		assertThat(this.view.getLong(3)).isEqualTo(Long.MIN_VALUE);
		assertThat(this.view.get(5)).isEqualTo(false);
		assertThat(TestLists.formats(this.view)).isEqualTo("8s8sdqxxxxxx?xxxxxxxx?q");
	}

	@Test
	void primitiveAccessorsRefuseOtherTypes() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.view.getLong(0))
			.withMessage("Expected int in item 0, found str (format 8s)");
		assertThatIllegalArgumentException().isThrownBy(() -> this.view.getDouble(3))
			.withMessage("Expected float in item 3, found int (format q)");
		assertThatIllegalArgumentException().isThrownBy(() -> this.view.getLong(4))
			.withMessage("Expected int in item 4, found None (format xxxxxx?x)");
	}

	@Test
	void primitiveAccessorsAllocateNothing() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		usePrimitives();
		long before = threads.getCurrentThreadAllocatedBytes();
		usePrimitives();
		assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
	}

	private void usePrimitives() {
		for (int i = 0; i < 20_000; i++) {
			this.view.setDouble(2, this.view.getDouble(2) + 1);
			this.view.setLong(3, this.view.getLong(3) + 1);
			this.view.setLong(6, i);
			this.view.setDouble(6, i);
		}
	}

	@Test
	void anySlotTakesAnyType() {
		Object[] values = { "text", "bytes".getBytes(), 2.5, 7L, null, false, "é" };
		for (Object value : values) {
			for (int i = 0; i < this.view.size(); i++) {
				this.view.set(i, value);
				assertThat(this.view.get(i)).isEqualTo(value);
			}
		}
	}

	@ParameterizedTest
	@MethodSource
	void itemIsWrittenAsCPythonWritesIt(Object value, String slot, String format, int code) {
		for (int i = 0; i < this.view.size(); i++) {
			this.view.set(i, value);
			assertThat(range(TestLists.SAMPLE_DATA + 8 * i)).isEqualTo(TestLists.hex(slot));
			assertThat(new String(range(TestLists.SAMPLE_FORMATS + 8 * i)).replace("\0", "")).isEqualTo(format);
			assertThat(this.bytes[TestLists.SAMPLE_CODES + i]).isEqualTo((byte) code);
		}
	}

	static Stream<Arguments> itemIsWrittenAsCPythonWritesIt() {
		return Stream.of(Arguments.of(-2, "feffffffffffffff", "q", 0), Arguments.of(1.5, "000000000000f83f", "d", 0),
				Arguments.of(true, "0000000000000001", "xxxxxxx?", 0),
				Arguments.of(false, "0000000000000000", "xxxxxxx?", 0),
				Arguments.of(null, "0000000000000000", "xxxxxx?x", 3), Arguments.of("", "0000000000000000", "8s", 1),
				Arguments.of("éa", "c3a9610000000000", "8s", 1), Arguments.of("12345678", "3132333435363738", "8s", 1),
				Arguments.of(new byte[] { (byte) 0xff, 0, 1 }, "ff00010000000000", "8s", 2));
	}

	@Test
	void writingTouchesNothingBesideTheItem() {
		for (int i = 0; i < this.view.size(); i++) {
			this.view.set(i, "12345678");
		}
		byte[] expected = TestLists.sampleBytes();
		for (int i = 0; i < this.view.size(); i++) {
			System.arraycopy("12345678".getBytes(), 0, expected, TestLists.SAMPLE_DATA + 8 * i, 8);
			System.arraycopy("8s\0\0\0\0\0\0".getBytes(), 0, expected, TestLists.SAMPLE_FORMATS + 8 * i, 8);
			expected[TestLists.SAMPLE_CODES + i] = 1;
		}
		assertThat(this.bytes).isEqualTo(expected);
	}

	@Test
	void shorterTextClearsTheRestOfTheSlot() {
		byte[] wide = TestLists.encode(ListItem.of("x".repeat(39)));
		ListView list = TestLists.open(wide);
		list.set(0, "abcdefghijk");
		assertThat(Arrays.copyOfRange(wide, 24, 64)).isEqualTo(Arrays.copyOf("abcdefghijk".getBytes(), 40));
		list.set(0, "y".repeat(40));
		assertThat(list.get(0)).isEqualTo("y".repeat(40));
		list.set(0, "");
		assertThat(wide).isEqualTo(TestLists.encode(ListItem.of("", 40)));
	}

	@Test
	void numberInAWideSlotLeavesRoomForText() {
		ListView list = TestLists.view(ListItem.of(1, 24));
		list.set(0, "é".repeat(12));
		assertThat(list.format(0)).isEqualTo("24s");
		assertThat(list.get(0)).isEqualTo("é".repeat(12));
		list.set(0, 5);
		assertThat(list.format(0)).isEqualTo("q");
		assertThat(list.getLong(0)).isEqualTo(5);
	}

	@ParameterizedTest
	@MethodSource
	void valueThatCannotBeHeldIsRefusedBeforeAnyByteChanges(Object value, String message) {
		for (int i = 0; i < this.view.size(); i++) {
			int index = i;
			assertThatIllegalArgumentException().isThrownBy(() -> this.view.set(index, value))
				.withMessageContaining(message.replace("#", String.valueOf(index)));
		}
		assertThat(this.bytes).isEqualTo(TestLists.sampleBytes());
	}

	static Stream<Arguments> valueThatCannotBeHeldIsRefusedBeforeAnyByteChanges() {
		return Stream.of(Arguments.of("123456789", "Expected at most 8 bytes in item #, found str of 9 bytes"),
				Arguments.of(new byte[9], "NUL"),
				Arguments.of("ééééé", "Expected at most 8 bytes in item #, found str of 10 bytes"),
				Arguments.of("123456789".getBytes(), "Expected at most 8 bytes in item #, found bytes of 9 bytes"),
				Arguments.of("a\0", "without NUL"), Arguments.of("\uD800", "unpaired surrogate"),
				Arguments.of(new Date(), "found java.util.Date"),
				Arguments.of(BigInteger.TWO.pow(64), "18446744073709551616"));
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 7, Integer.MAX_VALUE, Integer.MIN_VALUE })
	void indexOutsideTheListIsRefused(int index) {
		assertIndexIsRefused(index, () -> this.view.get(index));
		assertIndexIsRefused(index, () -> this.view.set(index, 1));
		assertIndexIsRefused(index, () -> this.view.getLong(index));
		assertIndexIsRefused(index, () -> this.view.getDouble(index));
		assertIndexIsRefused(index, () -> this.view.setLong(index, 1));
		assertIndexIsRefused(index, () -> this.view.setDouble(index, 1));
		assertIndexIsRefused(index, () -> this.view.format(index));
		assertIndexIsRefused(index, () -> this.view.capacity(index));
		assertThat(this.bytes).isEqualTo(TestLists.sampleBytes());
	}

	private void assertIndexIsRefused(int index, Runnable access) {
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(access::run)
			.withMessage("index %d out of range for a list of 7 items", index);
	}

	@Test
	void readOnlyListIsReadAndRefusesWrites() {
		ListView list = ListCodec.open(ByteBuffer.wrap(this.bytes).asReadOnlyBuffer());
		assertThat(TestLists.items(list)).isEqualTo(TestLists.sample());
		assertThatExceptionOfType(ReadOnlyBufferException.class).isThrownBy(() -> list.set(0, "x"));
		assertThatExceptionOfType(ReadOnlyBufferException.class).isThrownBy(() -> list.setLong(3, 1));
	}

	@ParameterizedTest
	@MethodSource
	void itemOfEightBytesIsReplacedAndReadWhole(Object one, Object other) throws Exception {
		ByteBuffer memory = ByteBuffer.allocateDirect(191).put(0, TestLists.sampleBytes());
		ListView written = ListCodec.open(memory);
		ListView read = ListCodec.open(memory);
		written.set(0, one);
		CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
			for (int i = 0; i < 200_000; i++) {
				written.set(0, other);
				written.set(0, one);
			}
		});
		while (!writer.isDone()) {
			assertThat(read.get(0)).isIn(one, other);
		}
		writer.get();
	}

	static Stream<Arguments> itemOfEightBytesIsReplacedAndReadWhole() {
		return Stream.of(Arguments.of(0L, -1L), Arguments.of(1.5, -1e300), Arguments.of("", "12345678"),
				Arguments.of("abc", "éééé"));
	}

	@Test
	void itemRetypedByAnotherProcessIsReadAsItIsNow() {
		ListView other = TestLists.open(this.bytes);
		other.set(0, 12);
		other.set(3, "now");
		assertThat(this.view.getLong(0)).isEqualTo(12);
		assertThat(this.view.get(3)).isEqualTo("now");
	}

	@Test
	void offsetsScribbledOverAfterOpeningAreNotFollowed() {
		Arrays.fill(this.bytes, 0, TestLists.SAMPLE_DATA, (byte) 0x7F);
		assertThat(TestLists.items(this.view)).isEqualTo(TestLists.sample());
	}

	@ParameterizedTest
	@CsvSource({ "0, ''", "3, how", "5, howdy", "8, howdy" })
	void formatThatNamesAnExactLengthIsRead(int length, String text) {
		this.bytes[TestLists.SAMPLE_FORMATS] = (byte) ('0' + length);
		assertThat(this.view.format(0)).isEqualTo(length + "s");
		assertThat(this.view.get(0)).isEqualTo(text);
	}

	@Test
	void exactLengthFormatBecomesTheSlotWidthWhenWritten() {
		this.bytes[TestLists.SAMPLE_FORMATS] = '5';
		this.view.set(0, "longer");
		assertThat(this.view.format(0)).isEqualTo("8s");
		assertThat(this.view.get(0)).isEqualTo("longer");
	}

	@Test
	void slotsOfTheUtf8RuleAreRead() {
		ListView list = TestLists.open(TestLists.hex("""
				0300000000000000 0000000000000000 0800000000000000 0800000000000000 1000000000000000
				3132333435363738 0700000000000000
				3873000000000000 3073000000000000 7100000000000000 010200"""));
		assertThat(TestLists.items(list)).containsExactly("12345678", new byte[0], 7L);
		assertThat(list.capacity(1)).isZero();
		list.set(1, "");
		assertThat(list.get(1)).isEqualTo("");
		assertThatIllegalArgumentException().isThrownBy(() -> list.setLong(1, 5))
			.withMessageContaining("Expected at most 0 bytes in item 1, found int of 8 bytes");
		assertThatIllegalArgumentException().isThrownBy(() -> list.set(1, null));
		assertThat(TestLists.items(list)).containsExactly("12345678", "", 7L);
	}

	@Test
	void anyByteButZeroIsTrue() {
		this.bytes[TestLists.SAMPLE_DATA + 5 * 8 + 7] = (byte) 0x80;
		assertThat(this.view.get(5)).isEqualTo(true);
	}

	@Test
	void bitsOfAFloatAreKept() {
		long bits = 0x7FF0_0000_0000_0001L;
		this.view.set(2, Double.longBitsToDouble(bits));
		assertThat(ByteBuffer.wrap(range(TestLists.SAMPLE_DATA + 16)).order(ByteOrder.LITTLE_ENDIAN).getLong())
			.isEqualTo(bits);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 5 })
	void itemWhoseWriterDiedHalfWayIsNone(int index) {
		this.bytes[TestLists.SAMPLE_CODES + index] = 3;
		assertThat(this.view.get(index)).isNull();
		this.view.set(index, 9);
		assertThat(this.view.get(index)).isEqualTo(9L);
	}

	@Test
	void textWithTheReplacementCharacterIsRead() {
		this.view.set(0, "a\uFFFDb");
		assertThat(this.view.get(0)).isEqualTo("a\uFFFDb");
	}

	@ParameterizedTest
	@ValueSource(strings = { "80", "c3", "c0af", "eda080", "f4908080", "ff", "61c328", "efbfbd80" })
	void textThatIsNotUtf8IsRefused(String malformed) {
		byte[] text = Arrays.copyOf(TestLists.hex(malformed), 8);
		System.arraycopy(text, 0, this.bytes, TestLists.SAMPLE_DATA, 8);
		assertThatExceptionOfType(InvalidSegmentException.class).isThrownBy(() -> this.view.get(0))
			.withMessageContaining("Expected a str in UTF-8 in item 0")
			.withMessageContaining("Write the item again");
		this.view.set(0, "fine");
		assertThat(this.view.get(0)).isEqualTo("fine");
	}

	private byte[] range(int start) {
		return Arrays.copyOfRange(this.bytes, start, start + 8);
	}

}
