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

package io.github.shmbeans.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What CPython's test suite asks of values and arrays, between two JVMs.
 */
class CPythonSharedCTypesTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	private void inOtherProcess(String task, boolean locked) {
		Peer peer = this.peers.java(BehaviourPeer.class, task, this.names.prefix(), Boolean.toString(locked));
		peer.expect("done");
		assertThat(peer.waitFor()).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void valuesOfEveryWidthAreSetByAnotherProcess(boolean locked) {
		BehaviourObjects objects = new BehaviourObjects(this.manager, locked);
		List<SharedValue<?>> values = List.of(objects.intValue(), objects.doubleValue(), objects.shortValue(),
				objects.longValue(), objects.charValue());
		assertThat(values).extracting(SharedValue::get)
			.isEqualTo(List.of(4343, 3.625, (short) -232, 8_589_934_592L, 'x'));
		inOtherProcess("set-values", locked);
		assertThat(values).extracting(SharedValue::get)
			.isEqualTo(List.of(24234, -4.25, (short) 234, 17_179_869_184L, 'y'));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void arrayIsReadAndWrittenElementByElementByAnotherProcess(boolean locked) {
		SharedArray<Integer> array = new BehaviourObjects(this.manager, locked).sequence();
		List<Integer> expected = new ArrayList<>(BehaviourObjects.SEQUENCE);
		assertThat(array.length()).isEqualTo(expected.size());
		assertThat(array.get(3)).isEqualTo(expected.get(3));
		assertThat(array.slice(2, 7)).isEqualTo(expected.subList(2, 7));
		array.setSlice(4, List.of(1, 2, 3, 4));
		for (int i = 0; i < 4; i++) {
			expected.set(4 + i, i + 1);
		}
		assertThat(array.slice(0, array.length())).isEqualTo(expected);
		for (int i = 1; i < expected.size(); i++) {
			expected.set(i, expected.get(i) + expected.get(i - 1));
		}
		inOtherProcess("sum-up", locked);
		assertThat(array.slice(0, array.length())).isEqualTo(expected);
	}

	@Test
	void newArrayIsZeroWhateverWasThereBefore() {
		List<Integer> numbers = IntStream.range(1, 5001).boxed().toList();
		for (int round = 0; round < 3; round++) {
			try (SharedArray<Integer> array = this.manager.array("array", ElementType.INT32).length(5000).open()) {
				assertThat(array.slice(0, 5000)).hasSize(5000).containsOnly(0);
				array.setSlice(0, numbers);
				assertThat(array.slice(0, 5000)).isEqualTo(numbers);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void objectsOfEveryKindAreDoubledByAnotherProcess(boolean locked) {
		BehaviourObjects objects = new BehaviourObjects(this.manager, locked);
		SharedValue<Integer> integer = objects.intValue();
		SharedValue<Double> number = objects.doubleValue();
		SharedValue<Long> wide = objects.longValue();
		SharedValue<BehaviourObjects.Foo> structure = objects.structure();
		SharedArray<Double> numbers = objects.numbers();
		SharedArray<Character> text = objects.text();
		List<Double> before = IntStream.range(0, 10).mapToObj((i) -> (double) i).toList();
		numbers.setSlice(0, before);
		inOtherProcess("double", locked);
		assertThat(integer.get()).isEqualTo(8686);
		assertThat(number.get()).isEqualTo(7.25);
		assertThat(wide.get()).isEqualTo(1L << 34);
		assertThat(structure.get()).isEqualTo(new BehaviourObjects.Foo(6, 4.0, 0));
		assertThat(numbers.slice(0, 10)).isEqualTo(before.stream().map((each) -> each * 2).toList());
		assertThat(text.getText()).isEqualTo("hellohello");
	}

	@Test
	void unlockedArrayHasNoLock() {
		SharedArray<Integer> array = new BehaviourObjects(this.manager, false).sequence();
		assertThatIllegalStateException().isThrownBy(array::lock)
			.withMessage("Expected segment '%s' to have a lock, found it opened without. "
					+ "Open it with 'lock: true' or the key of a lock", array.name());
		assertThatIllegalStateException().isThrownBy(array.raw()::lock);
	}

}
