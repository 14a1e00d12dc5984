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

import java.util.List;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.LockKind;
import io.github.shmbeans.SegmentBuilder;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;

/**
 * The objects that CPython's tests hand to their child process. Each process opens them
 * by name, locked or not.
 */
final class BehaviourObjects {

	static final List<Integer> SEQUENCE = List.of(680, 626, 934, 821, 150, 233, 548, 982, 714, 831);

	private final SharedMemoryManager manager;

	private final boolean locked;

	BehaviourObjects(SharedMemoryManager manager, boolean locked) {
		this.manager = manager;
		this.locked = locked;
	}

	private <B extends SegmentBuilder<B>> B lockedOrNot(B builder) {
		return builder.locked(this.locked);
	}

	private <T> SharedValue<T> value(String typecode, ElementType<T> type, T initial) {
		return lockedOrNot(this.manager.value(typecode, type)).initial(initial).open();
	}

	SharedValue<Integer> intValue() {
		return value("i", ElementType.INT32, 4343);
	}

	SharedValue<Double> doubleValue() {
		return value("d", ElementType.FLOAT64, 3.625);
	}

	SharedValue<Short> shortValue() {
		return value("h", ElementType.INT16, (short) -232);
	}

	SharedValue<Long> longValue() {
		return value("q", ElementType.INT64, 1L << 33);
	}

	SharedValue<Character> charValue() {
		return value("c", ElementType.CHAR, 'x');
	}

	void setValues() {
		intValue().set(24234);
		doubleValue().set(-4.25);
		shortValue().set((short) 234);
		longValue().set(1L << 34);
		charValue().set('y');
	}

	SharedArray<Integer> sequence() {
		return lockedOrNot(this.manager.array("sequence", ElementType.INT32)).initial(SEQUENCE).open();
	}

	SharedValue<Foo> structure() {
		return value("foo", ElementType.ofRecord(Foo.class), new Foo(3, 2, 0));
	}

	SharedArray<Double> numbers() {
		return lockedOrNot(this.manager.array("numbers", ElementType.FLOAT64)).length(10).open();
	}

	SharedArray<Character> text() {
		return lockedOrNot(this.manager.array("text", ElementType.CHAR)).length(20).initialText("hello").open();
	}

	void doubleAll() {
		SharedValue<Integer> integer = intValue();
		integer.set(integer.get() * 2);
		SharedValue<Double> number = doubleValue();
		number.set(number.get() * 2);
		SharedValue<Long> wide = longValue();
		wide.set(wide.get() * 2);
		SharedValue<Foo> structure = structure();
		structure.set(structure.get().doubled());
		SharedArray<Double> numbers = numbers();
		for (long i = 0; i < numbers.length(); i++) {
			numbers.set(i, numbers.get(i) * 2);
		}
		SharedArray<Character> text = text();
		text.setText(text.getText().repeat(2));
	}

	/**
	 * Open one of each kind that has a file of its own.
	 */
	void hold() {
		this.manager.lock("semaphore").kind(LockKind.SEMAPHORE).open().lock();
		this.manager.block("block").size(10).open();
		this.manager.list("list").initial(1).open();
		longValue();
	}

	/**
	 * The structure of a 32-bit, a floating-point and a 64-bit member.
	 */
	record Foo(int x, double y, long z) {

		Foo doubled() {
			return new Foo(this.x * 2, this.y * 2, this.z);
		}

	}

}
