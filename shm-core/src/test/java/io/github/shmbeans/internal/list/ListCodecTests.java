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

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ListCodecTests {

	@Test
	void listIsEncodedAsCPythonEncodesIt() {
		assertThat(TestLists.encode(TestLists.sample())).hasSize(191).isEqualTo(TestLists.sampleBytes());
	}

	@Test
	void listOfCPythonIsRead() {
		ListView view = TestLists.sampleView();
		assertThat(TestLists.items(view)).isEqualTo(TestLists.sample());
		assertThat(TestLists.formats(view)).isEqualTo("8s8sdqxxxxxx?xxxxxxxx?q");
	}

	@Test
	void emptyListIsSixteenNuls() {
		assertThat(TestLists.encode()).isEqualTo(new byte[16]);
		assertThat(TestLists.open(new byte[16]).size()).isZero();
		assertThat(TestLists.open(new byte[4096]).size()).isZero();
	}

	@Test
	void emptyTextHasASlot() {
		byte[] bytes = TestLists.encode("", new byte[0]);
		assertThat(bytes).isEqualTo(TestLists.hex("""
				0200000000000000 0000000000000000 0800000000000000 1000000000000000
				0000000000000000 0000000000000000 3873000000000000 3873000000000000 0102"""));
		assertThat(TestLists.items(TestLists.open(bytes))).containsExactly("", new byte[0]);
	}

	@Test
	void sizeCountsCapacityAndOverhead() {
		List<ListItem> items = List.of(ListItem.of("howdy"), ListItem.of(null, 100), ListItem.of(1));
		assertThat(ListCodec.encodedSize(items)).isEqualTo(16 + 3 * 17 + 8 + 104 + 8);
		assertThat(ListCodec.encodedSize(List.of())).isEqualTo(16);
	}

	@Test
	void sizeCanPassTwoGibibytesAndIsThenRefused() {
		List<ListItem> items = Collections.nCopies(300, ListItem.of(null, 9_999_992));
		assertThat(ListCodec.encodedSize(items)).isEqualTo(16 + 300L * (17 + 9_999_992));
		assertThatIllegalArgumentException().isThrownBy(() -> ListCodec.encode(items, ByteBuffer.allocate(16)))
			.withMessage("Expected at least 3000002716 bytes for a list of 300 items, found 16");
	}

	@Test
	void targetThatIsTooSmallIsRefusedUntouched() {
		byte[] bytes = new byte[190];
		List<ListItem> items = Arrays.stream(TestLists.sample()).map(ListItem::of).toList();
		assertThatIllegalArgumentException().isThrownBy(() -> ListCodec.encode(items, ByteBuffer.wrap(bytes)))
			.withMessage("Expected at least 191 bytes for a list of 7 items, found 190");
		assertThat(bytes).containsOnly(0);
	}

	@Test
	void readOnlyTargetIsRefused() {
		ByteBuffer target = ByteBuffer.allocate(16).asReadOnlyBuffer();
		assertThatExceptionOfType(ReadOnlyBufferException.class).isThrownBy(() -> ListCodec.encode(List.of(), target));
	}

	@Test
	void everyByteOfTheListIsWrittenAndNoneAfterIt() {
		byte[] bytes = new byte[500];
		Arrays.fill(bytes, (byte) 0xAA);
		ListItem[] items = { ListItem.of("howdy", 40), ListItem.of(null, 24), ListItem.of(7, 16) };
		ListCodec.encode(List.of(items), ByteBuffer.wrap(bytes));
		byte[] clean = TestLists.encode(items);
		assertThat(Arrays.copyOf(bytes, clean.length)).isEqualTo(clean);
		assertThat(Arrays.copyOfRange(bytes, clean.length, bytes.length)).containsOnly(0xAA);
	}

	@Test
	void roomBeyondTheFirstValueShowsInTheOffsetsAndTextFormats() {
		ListView view = TestLists.view(ListItem.of("howdy", 40), ListItem.of(null, 24), ListItem.of(7, 16));
		assertThat(TestLists.formats(view)).isEqualTo("40sxxxxxx?xq");
		assertThat(TestLists.items(view)).containsExactly("howdy", null, 7L);
		assertThat(List.of(view.capacity(0), view.capacity(1), view.capacity(2))).containsExactly(40, 24, 16);
	}

	@Test
	void buffersPositionAndOrderNeitherMatterNorChange() {
		ByteBuffer buffer = ByteBuffer.allocateDirect(300).order(ByteOrder.BIG_ENDIAN).position(77);
		List<ListItem> items = Arrays.stream(TestLists.sample()).map(ListItem::of).toList();
		ListCodec.encode(items, buffer);
		ListView view = ListCodec.open(buffer);
		view.set(3, -5);
		assertThat(TestLists.items(view))
			.isEqualTo(new Object[] { "howdy", "HoWdY".getBytes(), -273.154, -5L, null, true, 42L });
		assertThat(buffer.position()).isEqualTo(77);
		assertThat(buffer.limit()).isEqualTo(300);
		assertThat(buffer.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
		assertThat(buffer.getLong(0)).isEqualTo(Long.reverseBytes(7));
	}

	@Test
	void bytesAfterTheListAreIgnored() {
		byte[] page = Arrays.copyOf(TestLists.sampleBytes(), 4096);
		Arrays.fill(page, 191, 4096, (byte) 0xFF);
		assertThat(TestLists.items(TestLists.open(page))).isEqualTo(TestLists.sample());
	}

	@Test
	void longListKeepsItsItemsApart() {
		Object[] values = new Object[5000];
		Arrays.setAll(values, (i) -> (i % 2 == 0) ? (Object) (long) i : "item " + i);
		assertThat(TestLists.items(TestLists.open(TestLists.encode(values)))).isEqualTo(values);
	}

	@Test
	void widestTextIsWrittenAndRead() {
		String text = "x".repeat(9_999_991);
		ListView view = TestLists.open(TestLists.encode(text, 1));
		assertThat(view.format(0)).isEqualTo("9999992s");
		assertThat(view.get(0)).isEqualTo(text);
		assertThat(view.get(1)).isEqualTo(1L);
	}

}
