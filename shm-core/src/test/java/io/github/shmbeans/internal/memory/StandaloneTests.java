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

package io.github.shmbeans.internal.memory;

import java.util.List;
import java.util.stream.IntStream;

import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.internal.segment.SegmentName;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class StandaloneTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@Test
	void nameOfItsOwnMakingThatIsTakenIsReplacedByTheNext() {
		List<String> made = List.of(this.names.name("one"), this.names.name("other"));
		try (SharedMemory one = Standalone.createBlock(made.iterator()::next, 1);
				SharedMemory other = Standalone.createBlock(made.iterator()::next, 1)) {
			assertThat(List.of(one.name(), other.name())).isEqualTo(made);
			one.unlink();
			other.unlink();
		}
	}

	@Test
	void randomNamesAreValidAndDiffer() {
		assertThat(IntStream.range(0, 100).mapToObj((i) -> SegmentName.random()).distinct()).hasSizeGreaterThan(95)
			.allMatch((name) -> name.matches("shm_[0-9a-f]{8}"));
	}

}
