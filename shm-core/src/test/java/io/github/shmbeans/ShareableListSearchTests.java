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

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Searching and comparing as {@link List} defines it, by the Java types of the items.
 */
class ShareableListSearchTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	private ShareableList list;

	@BeforeEach
	void openList() {
		this.list = this.manager.list("list")
			.initial(1, 1.0, true, "1", "1".getBytes(), null, 1, Double.NaN, "1".getBytes())
			.open();
	}

	static Stream<Arguments> items() {
		return Stream.of(Arguments.of(1L, 2, 0, 6), Arguments.of(1, 2, 0, 6), Arguments.of((short) 1, 2, 0, 6),
				Arguments.of((byte) 1, 2, 0, 6), Arguments.of(BigInteger.ONE, 2, 0, 6), Arguments.of(1.0, 1, 1, 1),
				Arguments.of(1.0f, 1, 1, 1), Arguments.of(true, 1, 2, 2), Arguments.of("1", 1, 3, 3),
				Arguments.of("1".getBytes(), 2, 4, 8), Arguments.of(null, 1, 5, 5), Arguments.of(Double.NaN, 1, 7, 7),
				Arguments.of(Float.NaN, 1, 7, 7));
	}

	@ParameterizedTest
	@MethodSource("items")
	void itemIsFoundByItsTypeAndValue(Object item, int count, int first, int last) {
		assertThat(this.list.count(item)).isEqualTo(count);
		assertThat(this.list.index(item)).isEqualTo(first);
		assertThat(this.list.indexOf(item)).isEqualTo(first);
		assertThat(this.list.lastIndexOf(item)).isEqualTo(last);
		assertThat(this.list.contains(item)).isTrue();
	}

	static Stream<Object> strangers() {
		return Stream.of(2, 0.0, -0.0, false, "", "11", new byte[0], 'c', new Object(),
				BigInteger.TWO.pow(64).add(BigInteger.ONE));
	}

	@ParameterizedTest
	@MethodSource("strangers")
	void itemThatDoesNotOccurIsNotFound(Object item) {
		assertThat(this.list.count(item)).isZero();
		assertThat(this.list.indexOf(item)).isEqualTo(-1);
		assertThat(this.list.lastIndexOf(item)).isEqualTo(-1);
		assertThat(this.list.contains(item)).isFalse();
	}

	@Test
	void searchIsOneLockedStep() {
		long before = this.list.lock().statistics().acquisitions();
		this.list.count(1);
		this.list.indexOf("none");
		this.list.lastIndexOf("none");
		assertThat(this.list.contains("none")).isFalse();
		assertThat(this.list.toArray()).hasSize(9);
		assertThat(this.list.lock().statistics().acquisitions() - before).isEqualTo(5);
	}

	@Test
	void listEqualsAnyListOfEqualItems() {
		ShareableList numbers = this.manager.list("numbers").initial(1, 2.5, "three", null, false).open();
		List<Object> equal = Arrays.asList(1L, 2.5, "three", null, false);
		assertThat(numbers).isEqualTo(equal).hasSameHashCodeAs(equal);
		assertThat(equal).isEqualTo(numbers);
		assertThat(new ArrayList<>(numbers)).isEqualTo(equal);
		assertThat(numbers).isNotEqualTo(Arrays.asList(1, 2.5, "three", null, false));
		assertThat(numbers).isNotEqualTo(Arrays.asList(1L, 2.5, "three", null));
		assertThat(numbers).isNotEqualTo("list");
		assertThat(numbers.subList(0, 2)).isEqualTo(List.of(1L, 2.5));
		ShareableList same = this.manager.list("same").initial(1, 2.5, "three", null, false).open();
		assertThat(same).isEqualTo(numbers);
		same.set(0, 2);
		assertThat(same).isNotEqualTo(numbers);
	}

}
