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

package io.github.shmbeans.error;

import java.util.function.BiFunction;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorMessageTests {

	@ParameterizedTest
	@MethodSource
	void messageIsTheProblemAndThenTheRemedy(BiFunction<String, String, SharedMemoryException> constructor) {
		SharedMemoryException exception = constructor.apply("Expected this, found that", "Do so");
		assertThat(exception).hasMessage("Expected this, found that. Do so").hasNoCause();
		assertThat(exception.problem()).isEqualTo("Expected this, found that");
		assertThat(exception.remedy()).isEqualTo("Do so");
	}

	static Stream<BiFunction<String, String, SharedMemoryException>> messageIsTheProblemAndThenTheRemedy() {
		return Stream.of(AttachmentLimitException::new, InvalidSegmentException::new, LockTimeoutException::new,
				SegmentAccessException::new, SegmentExistsException::new, SegmentMismatchException::new,
				SegmentNotFoundException::new, UnsupportedPlatformException::new,
				(problem, remedy) -> new OwnerDiedException(problem, remedy, null));
	}

	@Test
	void invalidSegmentHasAGeneralRemedy() {
		assertThat(new InvalidSegmentException("Expected bytes, found others").remedy())
			.isEqualTo("Stop its users, remove the file from /dev/shm and start again");
	}

	@Test
	void insufficientMemoryTellsTheNeedTheFreeBytesAndHowToGetMore() {
		InsufficientMemoryException exception = new InsufficientMemoryException("big", 20, 10);
		assertThat(exception.needed()).isEqualTo(20);
		assertThat(exception.free()).isEqualTo(10);
		assertThat(exception.problem()).isEqualTo("Segment 'big' needs 20 bytes, found 10 bytes free in /dev/shm");
		assertThat(exception.remedy()).contains("docker run --shm-size=1g", "emptyDir", "mount -o remount,size=1g");
	}

	@Test
	void closedSegmentIsAnIllegalState() {
		assertThat(new SegmentClosedException("gone")).isInstanceOf(IllegalStateException.class)
			.hasMessage("Segment 'gone' was expected to be open, found closed. Open it again to use it");
	}

	@Test
	void unfitValuesAreIllegalArguments() {
		assertThat(new ValueOutOfRangeException("int8", "-128 to 127", 128))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessage("128 does not fit int8 (-128 to 127). Use a wider element type or a value in range");
		assertThat(new WrongTypeException("a Long", "Integer 5", "Convert it"))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessage("Expected a Long, found Integer 5. Convert it");
	}

}
