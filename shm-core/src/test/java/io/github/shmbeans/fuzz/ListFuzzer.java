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

import java.nio.ByteBuffer;
import java.util.Arrays;

import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.internal.list.ListCodec;
import io.github.shmbeans.internal.list.ListView;
import org.assertj.core.api.Assertions;

/**
 * Opens arbitrary bytes as a list, without a file, and reads and writes every item. The
 * bytes in front of and behind the list must not change.
 */
public final class ListFuzzer {

	private static final int MARGIN = 64;

	private static final byte MARK = 0x5a;

	private ListFuzzer() {
	}

	/**
	 * The entry point that Jazzer looks for.
	 */
	public static void fuzzerTestOneInput(byte[] bytes) {
		run(bytes);
	}

	/**
	 * Run one input.
	 * @return whether the bytes are a list
	 */
	static boolean run(byte[] bytes) {
		ByteBuffer all = ByteBuffer.allocate(bytes.length + 2 * MARGIN);
		Arrays.fill(all.array(), MARK);
		all.put(MARGIN, bytes);
		ListView view;
		try {
			view = ListCodec.open(all.slice(MARGIN, bytes.length));
		}
		catch (InvalidSegmentException ex) {
			return false;
		}
		for (int i = 0; i < view.size(); i++) {
			use(view, i);
		}
		for (int i = 0; i < MARGIN; i++) {
			Assertions.assertThat(all.get(i)).isEqualTo(MARK);
			Assertions.assertThat(all.get(MARGIN + bytes.length + i)).isEqualTo(MARK);
		}
		return true;
	}

	private static void use(ListView view, int index) {
		attempt(() -> view.get(index));
		attempt(() -> view.format(index));
		attempt(() -> view.getLong(index));
		attempt(() -> view.getDouble(index));
		for (Object item : new Object[] { 5L, 1.5, true, "text", "longer than a slot", null }) {
			if (attempt(() -> view.set(index, item))) {
				Assertions.assertThat(view.get(index)).isEqualTo(item);
			}
		}
	}

	private static boolean attempt(Runnable step) {
		try {
			step.run();
			return true;
		}
		catch (InvalidSegmentException ex) {
			Assertions.assertThat(ex.remedy()).isNotBlank();
			return false;
		}
		catch (IllegalArgumentException ex) {
			Assertions.assertThat(ex.getMessage()).startsWith("Expected ");
			return false;
		}
	}

}
