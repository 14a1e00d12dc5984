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

import java.nio.charset.StandardCharsets;

/**
 * A str or bytes.
 */
final class TextValue implements SlotValue {

	private final SlotKind kind;

	private final byte[] bytes;

	private TextValue(SlotKind kind, byte[] bytes) {
		if (bytes.length > 0 && bytes[bytes.length - 1] == 0) {
			throw new IllegalArgumentException(
					"Expected %s without NUL at its end, which readers strip, found one after %d bytes".formatted(kind,
							bytes.length - 1));
		}
		this.kind = kind;
		this.bytes = bytes;
	}

	static TextValue of(String text) {
		return new TextValue(SlotKind.STR, Utf8.encode(text));
	}

	static TextValue of(byte[] bytes) {
		return new TextValue(SlotKind.BYTES, bytes.clone());
	}

	@Override
	public SlotKind kind() {
		return this.kind;
	}

	@Override
	public int length() {
		return this.bytes.length;
	}

	@Override
	public long slotWidth() {
		return Long.BYTES * (this.bytes.length / Long.BYTES + 1L);
	}

	@Override
	public void store(SlotMemory memory, int index) {
		memory.storeText(index, this.kind, this.bytes);
	}

	@Override
	public Object toObject() {
		return (this.kind == SlotKind.STR) ? new String(this.bytes, StandardCharsets.UTF_8) : this.bytes.clone();
	}

}
