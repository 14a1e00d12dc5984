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

import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.error.WrongTypeException;

/**
 * A text in a {@code char} array, padded with NUL.
 *
 * @param length the bytes of the array
 */
record TextMember(int length) implements Member<String> {

	@Override
	public String name() {
		return "char[" + this.length + "]";
	}

	@Override
	public int size() {
		return this.length;
	}

	@Override
	public int alignment() {
		return 1;
	}

	@Override
	public String read(ByteBuffer bytes, int at) {
		byte[] encoded = new byte[this.length];
		bytes.get(at, encoded);
		return Text.decode(Scalar.CHAR, encoded);
	}

	@Override
	public void write(ByteBuffer bytes, int at, String value) {
		byte[] padded = new byte[this.length];
		byte[] encoded = Text.encode(Scalar.CHAR, value);
		System.arraycopy(encoded, 0, padded, 0, encoded.length);
		bytes.put(at, padded);
	}

	@Override
	public void requireValid(String value) {
		if (value == null) {
			throw new WrongTypeException("a text of at most " + this.length + " bytes", "null", "Use an empty text");
		}
		int found = Text.encode(Scalar.CHAR, value).length;
		if (found > this.length) {
			throw new ValueOutOfRangeException("text", "at most " + this.length + " bytes", found + " bytes");
		}
	}

	@Override
	public String convert(Object value) {
		String text = value.toString();
		requireValid(text);
		return text;
	}

}
