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
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Strict UTF-8: nothing is ever replaced.
 */
final class Utf8 {

	private static final char REPLACEMENT = '\uFFFD';

	private Utf8() {
	}

	/**
	 * Encode a text.
	 * @param text the text
	 * @return its bytes
	 * @throws IllegalArgumentException if a surrogate has no partner
	 */
	static byte[] encode(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (Character.isSurrogate(text.charAt(i))) {
				int character = text.codePointAt(i);
				if (!Character.isSupplementaryCodePoint(character)) {
					throw new IllegalArgumentException(
							"Expected text that UTF-8 can encode, found an unpaired surrogate U+%04X at index %d"
								.formatted(character, i));
				}
				i++;
			}
		}
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Decode a text.
	 * @param bytes its bytes
	 * @return the text
	 * @throws CharacterCodingException if the bytes are not well-formed UTF-8
	 */
	static String decode(byte[] bytes) throws CharacterCodingException {
		String text = new String(bytes, StandardCharsets.UTF_8);
		if (text.indexOf(REPLACEMENT) < 0) {
			return text;
		}
		return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
	}

}
