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
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

import io.github.shmbeans.engine.ElementCodec;
import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.error.WrongTypeException;

/**
 * Text in character arrays: UTF-8 for {@code char}, UTF-32 for {@code wchar}, ended by
 * NUL unless it fills the array, as ctypes has it.
 */
public final class Text {

	private static final Charset UTF_32 = Charset.forName("UTF-32LE");

	private Text() {
	}

	private static Charset charset(ElementCodec<?> layout) {
		if (layout == Scalar.CHAR) {
			return StandardCharsets.UTF_8;
		}
		if (layout == Scalar.WCHAR) {
			return UTF_32;
		}
		throw new WrongTypeException("an element type of char or wchar for text", layout.name(),
				"Use get and set, or declare a character array");
	}

	/**
	 * The bytes of a text.
	 * @param layout the element type
	 * @param text the text, without NUL
	 * @return its bytes, without terminator
	 * @throws WrongTypeException if the element type is not a character
	 * @throws ValueOutOfRangeException if the text holds NUL or an unpaired surrogate
	 */
	public static byte[] encode(ElementCodec<?> layout, String text) {
		Charset charset = charset(layout);
		if (text.indexOf('\0') >= 0) {
			throw new ValueOutOfRangeException(layout.name() + " text", "no NUL",
					"A text with NUL at index " + text.indexOf('\0'), "Remove the NUL");
		}
		try {
			ByteBuffer encoded = charset.newEncoder()
				.onMalformedInput(CodingErrorAction.REPORT)
				.onUnmappableCharacter(CodingErrorAction.REPORT)
				.encode(CharBuffer.wrap(text));
			byte[] bytes = new byte[encoded.remaining()];
			encoded.get(bytes);
			return bytes;
		}
		catch (CharacterCodingException ex) {
			throw new ValueOutOfRangeException(layout.name() + " text", "Unicode characters",
					"A text with an unpaired surrogate", "Remove the surrogate");
		}
	}

	/**
	 * Check that a text fits an array.
	 * @param layout the element type
	 * @param encoded the bytes of the text
	 * @param length the elements of the array
	 * @throws ValueOutOfRangeException if it does not
	 */
	public static void requireRoom(ElementCodec<?> layout, byte[] encoded, long length) {
		long found = encoded.length / layout.size();
		if (found > length) {
			String unit = (layout.size() == 1) ? "bytes" : "characters";
			throw new ValueOutOfRangeException("%s[%d]".formatted(layout.name(), length),
					"at most %d %s".formatted(length, unit), "A text of %d %s".formatted(found, unit),
					"Shorten the text, or declare a longer array");
		}
	}

	/**
	 * The text of some bytes up to the first NUL.
	 * @param layout the element type
	 * @param bytes the bytes of the array
	 * @return the text
	 * @throws WrongTypeException if the element type is not a character
	 * @throws InvalidSegmentException if the bytes are no text
	 */
	public static String decode(ElementCodec<?> layout, byte[] bytes) {
		Charset charset = charset(layout);
		int end = 0;
		while (end < bytes.length && !isZero(bytes, end, layout.size())) {
			end += layout.size();
		}
		try {
			return charset.newDecoder()
				.onMalformedInput(CodingErrorAction.REPORT)
				.onUnmappableCharacter(CodingErrorAction.REPORT)
				.decode(ByteBuffer.wrap(bytes, 0, end))
				.toString();
		}
		catch (CharacterCodingException ex) {
			throw new InvalidSegmentException(
					"A %s array was expected to hold %s text, found other bytes".formatted(layout.name(), charset),
					"Read it element by element");
		}
	}

	private static boolean isZero(byte[] bytes, int at, int size) {
		for (int i = at; i < at + size; i++) {
			if (bytes[i] != 0) {
				return false;
			}
		}
		return true;
	}

}
