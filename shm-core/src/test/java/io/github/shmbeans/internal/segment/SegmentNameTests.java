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

package io.github.shmbeans.internal.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.github.shmbeans.error.SegmentExistsException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SegmentNameTests {

	@Test
	void nameThatIsTakenIsReplacedByTheNext() {
		List<String> asked = new ArrayList<>();
		String created = SegmentName.firstFree(List.of("one", "two", "three").iterator()::next, (name) -> {
			asked.add(name);
			if (!name.equals("two")) {
				throw new SegmentExistsException("taken", "another");
			}
			return name;
		});
		assertThat(created).isEqualTo("two");
		assertThat(asked).containsExactly("one", "two");
	}

	@Test
	void randomNamesAreValidAndDiffer() {
		assertThat(IntStream.range(0, 100).mapToObj((i) -> SegmentName.random((name) -> name)).distinct())
			.hasSizeGreaterThan(95)
			.allMatch((name) -> name.matches("shm_[0-9a-f]{8}"));
	}

}
