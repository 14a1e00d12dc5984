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

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ClosedAccessTests {

	/** What they return does not depend on the data. */
	private static final Set<String> CALLABLE = Set.of("elementType", "length", "shape", "index", "lock", "raw",
			"synchronizedWith");

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	static Stream<Method> valueMethods() {
		return accessors(SharedValue.class);
	}

	static Stream<Method> arrayMethods() {
		return accessors(SharedArray.class);
	}

	static Stream<Method> listMethods() {
		return accessors(ShareableList.class);
	}

	static Stream<Method> memoryMethods() {
		return accessors(SharedMemory.class).filter((method) -> !method.getName().equals("size"));
	}

	private static Stream<Method> accessors(Class<?> type) {
		return Arrays.stream(type.getDeclaredMethods())
			.filter((method) -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge()
					&& !CALLABLE.contains(method.getName()));
	}

	private Object[] arguments(Method method) {
		return switch (method.getName()) {
			case "read", "write" -> new Object[] { 0L, array(method.getParameterTypes()[1]), 0, 1 };
			case "slice" -> new Object[] { 0L, 2L };
			case "setSlice" -> new Object[] { 0L, List.of(1L) };
			case "buffer" -> (method.getParameterCount() == 0) ? new Object[0] : new Object[] { 0L, 1 };
			default -> Arrays.stream(method.getParameterTypes()).map(this::argument).toArray();
		};
	}

	private static Object array(Class<?> type) {
		return type.getComponentType().isPrimitive() ? Array.newInstance(type.getComponentType(), 1)
				: new Long[] { 0L };
	}

	private Object argument(Class<?> type) {
		if (type == int.class) {
			return 0;
		}
		if (type == double.class) {
			return 0.0;
		}
		if (type == String.class) {
			return this.names.name("copy");
		}
		return (type == UnaryOperator.class) ? UnaryOperator.identity() : (Object) 0L;
	}

	private void assertRefused(Method method, SharedSegment target) {
		assertThatExceptionOfType(SegmentClosedException.class).as(method.toString()).isThrownBy(() -> {
			try {
				Object result = method.invoke(target, arguments(method));
				if (result instanceof Stream<?> stream) {
					stream.forEach((element) -> {
					});
				}
				else if (result instanceof Iterator<?> iterator) {
					iterator.next();
				}
			}
			catch (InvocationTargetException ex) {
				throw ex.getCause();
			}
		}).withMessage("Segment '%s' was expected to be open, found closed. Open it again to use it", target.name());
		assertThat(this.names.existing()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("valueMethods")
	void everyAccessToAClosedValueIsRefused(Method method) {
		SharedValue<?> value = method.getName().equals("setDouble")
				? this.manager.value("value", ElementType.FLOAT64).open()
				: this.manager.value("value", ElementType.INT64).open();
		value.close();
		assertRefused(method, value);
		if (!method.getName().equals("update")) {
			assertRefused(method, value.raw());
		}
	}

	@ParameterizedTest
	@MethodSource("arrayMethods")
	void everyAccessToAClosedArrayIsRefused(Method method) {
		SharedArray<?> array = switch (method.getName()) {
			case "setDouble" -> this.manager.array("array", ElementType.FLOAT64).length(4).open();
			case "getText", "setText" -> this.manager.array("array", ElementType.CHAR).length(64).open();
			case "read", "write" ->
				this.manager.array("array", numbers(method.getParameterTypes()[1])).length(4).open();
			default -> this.manager.array("array", ElementType.INT64).length(4).open();
		};
		array.close();
		assertRefused(method, array);
		if (!method.getName().equals("update")) {
			assertRefused(method, array.raw());
		}
	}

	private static ElementType<?> numbers(Class<?> array) {
		return array.getComponentType().isPrimitive() ? ElementType.of(array.getComponentType().getName())
				: ElementType.INT64;
	}

	@ParameterizedTest
	@MethodSource("listMethods")
	void everyAccessToAClosedListIsRefused(Method method) {
		if (method.getName().equals("capacity")) {
			return;
		}
		ShareableList locked = this.manager.list("list").initial(1, 2.5).open();
		ShareableList raw = this.manager.list("raw").initial(1, 2.5).locked(false).open();
		locked.close();
		raw.close();
		assertRefused(method, locked);
		assertRefused(method, raw);
	}

	@Test
	void everyLookAtTheItemsOfAClosedListIsRefused() {
		for (boolean lock : new boolean[] { true, false }) {
			ShareableList list = this.manager.list("list").initial(1, 2.5).locked(lock).open();
			list.close();
			for (Callable<Object> look : List.<Callable<Object>>of(() -> list.contains(1), () -> list.indexOf(1),
					() -> list.lastIndexOf(1), list::toArray, () -> list.iterator().next(),
					() -> list.stream().toList(), () -> list.equals(List.of(1L, 2.5)), list::hashCode,
					() -> list.subList(0, 1).get(0), () -> List.copyOf(list))) {
				assertThatExceptionOfType(SegmentClosedException.class).isThrownBy(look::call);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("memoryMethods")
	void everyAccessToAClosedBlockIsRefused(Method method) {
		SharedMemory memory = this.manager.block("block").size(8).open();
		memory.close();
		assertRefused(method, memory);
	}

	@Test
	void lockOfAClosedSegmentIsRefused() {
		SharedValue<Long> value = this.manager.value("value", ElementType.INT64).open();
		SharedLock lock = value.lock();
		value.close();
		assertThatExceptionOfType(SegmentClosedException.class).isThrownBy(lock::lock);
		assertThatExceptionOfType(SegmentClosedException.class).isThrownBy(lock::tryLock);
		assertThatExceptionOfType(SegmentClosedException.class).isThrownBy(lock::lockInterruptibly);
		assertThat(lock.isLocked()).isFalse();
		assertThat(lock.waiting()).isZero();
		assertThat(lock.owner()).isEmpty();
	}

	@Test
	void methodsOfTheSegmentStayCallableAndCloseIsIdempotent() {
		List<SharedSegment> segments = List.of(this.manager.value("value", ElementType.INT64).open(),
				this.manager.array("array", ElementType.INT64).length(4).open(),
				this.manager.list("list").initial(1).open(), this.manager.block("block").size(8).open());
		for (SharedSegment segment : segments) {
			String description = (segment instanceof ShareableList) ? "" : segment.toString();
			assertThat(segment.status().closed()).isFalse();
			segment.close();
			segment.close();
			assertThat(segment.isClosed()).isTrue();
			assertThat(segment.name()).startsWith(this.names.prefix());
			assertThat(segment.dataSize()).isPositive();
			assertThat(segment.fileSize()).isEqualTo(16384);
			assertThat(segment.kind()).isNotNull();
			assertThat(segment.status().closed()).isTrue();
			assertThat(segment.status().linked()).isFalse();
			assertThat(segment.status().attachments()).isEmpty();
			assertThat(segment.status().lock()).isNull();
			assertThatCode(segment::unlink).doesNotThrowAnyException();
			if (!description.isEmpty()) {
				assertThat(segment).hasToString(description);
			}
		}
		assertThat(this.names.existing()).isEmpty();
	}

}
