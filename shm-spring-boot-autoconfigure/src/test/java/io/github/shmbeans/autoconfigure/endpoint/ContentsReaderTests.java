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

package io.github.shmbeans.autoconfigure.endpoint;

import java.util.List;
import java.util.Map;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedMemoryManager;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ContentsReaderTests {

	private final ContentsReader reader = new ContentsReader(0, 10);

	@Test
	void structuresAreShownByTheirMembers() {
		try (SharedMemoryManager manager = SharedMemoryManager.builder()
			.namespace("contents-" + ProcessHandle.current().pid() + "-")
			.build()) {
			Size size = new Size();
			size.width = 3;
			assertThat(
					this.reader.read(manager.value("value", ElementType.ofStructure(Size.class)).initial(size).open()))
				.isEqualTo(Map.of("value", Map.of("width", 3, "height", 0)));
			assertThat(this.reader.read(
					manager.array("array", ElementType.ofRecord(Point.class)).initial(List.of(new Point(1, 2))).open()))
				.isEqualTo(Map.of("from", 0L, "values", List.of(Map.of("x", 1.0, "y", 2.0))));
		}
	}

	record Point(double x, double y) {
	}

	@FieldOrder({ "width", "height" })
	public static class Size extends Structure {

		public int width;

		public int height;

	}

}
