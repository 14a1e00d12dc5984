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

package io.github.shmbeans;

import java.util.List;

import io.github.shmbeans.error.SegmentMismatchException;
import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class InitialElementsTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	@Test
	void textAndElementsReplaceEachOther() {
		ArrayBuilder<Character> builder = SegmentSpec.array("array", ElementType.CHAR);
		assertThat(builder.initial(List.of('a', 'b')).initialText("xyz").spec().content())
			.isEqualTo(new SegmentSpec.Array<>(ElementType.CHAR, null, null, "xyz"));
		assertThat(builder.initial(List.of('a', 'b')).spec().content())
			.isEqualTo(new SegmentSpec.Array<>(ElementType.CHAR, null, List.of('a', 'b'), null));
	}

	@Test
	void initialElementsGiveTheLength() {
		SharedArray<Integer> primes = this.manager.array("primes", ElementType.INT32)
			.initial(List.of(2, 3, 5, 7))
			.open();
		assertThat(primes.length()).isEqualTo(4);
		assertThat(primes.stream()).containsExactly(2, 3, 5, 7);
	}

	@Test
	void initialElementsMayAgreeWithTheLength() {
		assertThat(this.manager.array("a", ElementType.INT32).length(2).initial(List.of(1, 2)).open().length())
			.isEqualTo(2);
	}

	@Test
	void initialElementsThatDisagreeWithTheLengthAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.manager.array("primes", ElementType.INT32).length(3).initial(List.of(2, 3)).open())
			.withMessage("Expected 3 elements for the initial data of array 'primes', found 2. "
					+ "Make length and initial agree, or leave one out");
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void arrayWithoutLengthIsRefusedUnlessItAttaches() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.manager.array("a", ElementType.INT32).open())
			.withMessage("Expected the number of elements of array 'a', found neither length nor initial data. "
					+ "Set length, shape or initial; only mode attach and read-only access go without");
		this.manager.array("a", ElementType.INT32).length(3).open();
		assertThat(this.manager.array("b", ElementType.INT32)
			.segmentName(this.names.name("a"))
			.mode(OpenMode.ATTACH)
			.open()
			.length()).isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, Long.MIN_VALUE })
	void negativeLengthIsRefused(long length) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.manager.array("a", ElementType.INT32).length(length))
			.withMessage("Expected an array length of 0 or more, found %d. Declare how many elements to share", length);
	}

	@Test
	void initialElementOutOfRangeLeavesNothingBehind() {
		assertThatExceptionOfType(ValueOutOfRangeException.class).isThrownBy(
				() -> this.manager.array("a", ElementType.UINT8).initial(List.of((short) 1, (short) 256)).open());
		assertThatExceptionOfType(ValueOutOfRangeException.class)
			.isThrownBy(() -> this.manager.value("v", ElementType.UINT16).initial(65536).open());
		assertThat(this.names.existing()).isEmpty();
		assertThat(this.manager.segments()).isEmpty();
	}

	@Test
	void attachedSegmentKeepsItsElements() {
		this.manager.array("a", ElementType.INT32).initial(List.of(1, 2)).open();
		this.manager.value("v", ElementType.INT32).initial(3).open();
		try (SharedMemoryManager other = SharedMemoryManager.builder().namespace(this.names.prefix()).build()) {
			assertThat(other.array("a", ElementType.INT32).initial(List.of(8, 9)).open().stream()).containsExactly(1,
					2);
			assertThat(other.value("v", ElementType.INT32).initial(4).open().get()).isEqualTo(3);
			assertThatExceptionOfType(SegmentMismatchException.class)
				.isThrownBy(() -> other.array("b", ElementType.INT32)
					.segmentName(this.names.name("a"))
					.initial(List.of(1, 2, 3))
					.open());
		}
	}

}
