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

package io.github.shmbeans.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The bytes that a fuzzer mutates: how to open a file, and the file. A file of a segment
 * is mostly zeros; only the parts of its control block that are read, and its data, are
 * given, so that most mutations hit something.
 *
 * <pre>
 * 0       subject, see {@link Subject}
 * 1       flags, see {@link Opening}
 * 2       number of data pages; {@value #VERBATIM}: the rest is the file as it is
 * 3       the first {@value #HEAD} bytes of the control block
 * 643     the first {@value #SLOT} bytes of attachment slot 0
 * 659     the data
 * </pre>
 *
 * @param subject as what to open it
 * @param opening how to open it
 * @param file the bytes of the file
 */
record FuzzInput(Subject subject, Opening opening, byte[] file) {

	static final int PAGE = 4096;

	static final int CONTROL = 12288;

	private static final int HEAD = 640;

	private static final int SLOTS = 4096;

	private static final int SLOT = 16;

	private static final int MOST_PAGES = 3;

	private static final int VERBATIM = 4;

	static final int PREFIX = 3;

	/**
	 * Read an input; there is one for any bytes.
	 */
	static FuzzInput of(byte[] bytes) {
		byte[] input = Arrays.copyOf(bytes, Math.max(PREFIX, bytes.length));
		Subject[] subjects = Subject.values();
		Subject subject = subjects[(input[0] & 0xff) % subjects.length];
		int pages = (input[2] & 0xff) % (VERBATIM + 1);
		return new FuzzInput(subject, new Opening(input[1]),
				(pages == VERBATIM) ? tail(input, PREFIX) : file(input, pages));
	}

	private static byte[] file(byte[] input, int pages) {
		byte[] file = new byte[pages * PAGE + CONTROL];
		int control = pages * PAGE;
		byte[] rest = tail(input, PREFIX);
		copy(rest, 0, file, control, HEAD);
		copy(rest, HEAD, file, control + SLOTS, SLOT);
		copy(rest, HEAD + SLOT, file, 0, control);
		return file;
	}

	private static byte[] tail(byte[] bytes, int from) {
		return Arrays.copyOfRange(bytes, from, bytes.length);
	}

	private static void copy(byte[] source, int from, byte[] target, int at, int most) {
		int count = Math.min(most, source.length - from);
		if (count > 0) {
			System.arraycopy(source, from, target, at, count);
		}
	}

	/**
	 * The bytes of an input that stands for a file of a segment.
	 */
	static byte[] encode(Subject subject, Opening opening, byte[] file) {
		int control = file.length - CONTROL;
		int pages = control / PAGE;
		if (pages > MOST_PAGES) {
			throw new IllegalArgumentException(pages + " pages");
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.write(subject.ordinal());
		bytes.write(opening.flags());
		bytes.write(pages);
		bytes.write(file, control, HEAD);
		bytes.write(file, control + SLOTS, SLOT);
		bytes.write(file, 0, lengthWithoutZeros(file, control));
		return bytes.toByteArray();
	}

	/**
	 * The bytes of an input that stands for a file as it is.
	 */
	static byte[] encodeVerbatim(Subject subject, Opening opening, byte[] file) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.write(subject.ordinal());
		bytes.write(opening.flags());
		bytes.write(VERBATIM);
		bytes.writeBytes(file);
		return bytes.toByteArray();
	}

	private static int lengthWithoutZeros(byte[] bytes, int limit) {
		int length = limit;
		while (length > 0 && bytes[length - 1] == 0) {
			length--;
		}
		return length;
	}

}
