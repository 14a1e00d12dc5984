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

import java.nio.ByteBuffer;

import io.github.shmbeans.error.WrongTypeException;

/**
 * A text in an array of {@code char} or {@code wchar}, padded with NUL.
 *
 * @param character the type of the array's elements
 * @param length how many there are
 */
record TextMember(Scalar<?> character, int length) implements Member<String> {

	@Override
	public String name() {
		return this.character.name() + "[" + this.length + "]";
	}

	@Override
	public int size() {
		return Math.multiplyExact(this.character.size(), this.length);
	}

	@Override
	public int alignment() {
		return this.character.alignment();
	}

	@Override
	public String read(ByteBuffer bytes, int at) {
		byte[] encoded = new byte[size()];
		bytes.get(at, encoded);
		return Text.decode(this.character, encoded);
	}

	@Override
	public void write(ByteBuffer bytes, int at, String value) {
		byte[] padded = new byte[size()];
		byte[] encoded = Text.encode(this.character, value);
		System.arraycopy(encoded, 0, padded, 0, encoded.length);
		bytes.put(at, padded);
	}

	@Override
	public void requireValid(String value) {
		if (value == null) {
			throw new WrongTypeException("a text for " + name(), "null", "Use an empty text");
		}
		Text.requireRoom(this.character, Text.encode(this.character, value), this.length);
	}

	@Override
	public String convert(Object value) {
		String text = value.toString();
		requireValid(text);
		return text;
	}

}
