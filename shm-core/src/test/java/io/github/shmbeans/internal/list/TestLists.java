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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Lists to test with.
 */
final class TestLists {

	/** What CPython 3.9 to 3.13 make of {@link #sample()}. */
	static final String SAMPLE_BYTES = """
			07000000000000000000000000000000
			08000000000000001000000000000000
			18000000000000002000000000000000
			28000000000000003000000000000000
			3800000000000000686f776479000000
			486f5764590000005839b4c8761271c0
			64000000000000000000000000000000
			00000000000000012a00000000000000
			38730000000000003873000000000000
			64000000000000007100000000000000
			7878787878783f78787878787878783f
			710000000000000001020000030000
			""";

	static final int SAMPLE_DATA = 0x48;

	static final int SAMPLE_FORMATS = 0x80;

	static final int SAMPLE_CODES = 0xb8;

	private TestLists() {
	}

	static Object[] sample() {
		return new Object[] { "howdy", "HoWdY".getBytes(), -273.154, 100L, null, true, 42L };
	}

	static byte[] sampleBytes() {
		return hex(SAMPLE_BYTES);
	}

	static ListView sampleView() {
		return open(sampleBytes());
	}

	static ListView open(byte[] bytes) {
		return ListCodec.open(ByteBuffer.wrap(bytes));
	}

	static ListView view(ListItem... items) {
		return open(encode(items));
	}

	static byte[] encode(Object... values) {
		return encode(Arrays.stream(values).map(ListItem::of).toArray(ListItem[]::new));
	}

	static byte[] encode(ListItem... items) {
		byte[] bytes = new byte[(int) ListCodec.encodedSize(List.of(items))];
		ListCodec.encode(List.of(items), ByteBuffer.wrap(bytes));
		return bytes;
	}

	static byte[] hex(String text) {
		return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
	}

	static Object[] items(ListView view) {
		Object[] items = new Object[view.size()];
		Arrays.setAll(items, view::get);
		return items;
	}

	static String formats(ListView view) {
		StringBuilder formats = new StringBuilder();
		for (int i = 0; i < view.size(); i++) {
			formats.append(view.format(i));
		}
		return formats.toString();
	}

}
