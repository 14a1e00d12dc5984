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

package io.github.shmbeans.record;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.shmbeans.CType;
import io.github.shmbeans.ElementType;
import io.github.shmbeans.Length;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.error.SegmentMismatchException;
import io.github.shmbeans.error.ValueOutOfRangeException;
import io.github.shmbeans.error.WrongTypeException;
import io.github.shmbeans.testing.SegmentNames;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RecordTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.create();

	@AfterEach
	void close() {
		this.manager.close();
	}

	@Test
	void recordsReadBackAsWritten() {
		SharedArray<Point> points = this.manager.array(this.names.name("p"), ElementType.ofRecord(Point.class))
			.length(3)
			.open();
		points.set(1, new Point(1.5, -2));
		assertThat(points.slice(0, 3)).containsExactly(new Point(0, 0), new Point(1.5, -2), new Point(0, 0));
		assertThat(points.update(1, (point) -> new Point(point.y(), point.x()))).isEqualTo(new Point(-2, 1.5));
	}

	@Test
	void membersLieAtTheirNaturalAlignment() {
		ElementType<Mixed> type = ElementType.ofRecord(Mixed.class);
		assertThat(type.name()).isEqualTo(
				"struct{flag:bool@0,count:int64@8,small:uint8@16,ratio:float32@20,origin:struct{x:float64@0,y:float64@8}16@24,data:int16[3]@40,name:char[5]@46}56");
		assertThat(type.size()).isEqualTo(56);
		SharedValue<Mixed> value = this.manager.value(this.names.name("v"), type).open();
		Mixed mixed = new Mixed(true, -1L, (short) 200, 0.5f, new Point(3, 4), new short[] { 1, 2, 3 }, "h\u00e9");
		value.set(mixed);
		assertThat(value.get()).usingRecursiveComparison().isEqualTo(mixed);
	}

	@Test
	void componentOutOfRangeIsRefusedBeforeAnyByteChanges() {
		SharedValue<Mixed> value = this.manager.value(this.names.name("v"), ElementType.ofRecord(Mixed.class)).open();
		Mixed before = value.get();
		assertThatExceptionOfType(ValueOutOfRangeException.class)
			.isThrownBy(() -> value.set(new Mixed(true, 1, (short) 256, 1, new Point(1, 1), new short[3], "")));
		assertThatExceptionOfType(ValueOutOfRangeException.class)
			.isThrownBy(() -> value.set(new Mixed(true, 1, (short) 1, 1, new Point(1, 1), new short[3], "123456")));
		assertThatExceptionOfType(WrongTypeException.class)
			.isThrownBy(() -> value.set(new Mixed(true, 1, (short) 1, 1, new Point(1, 1), new short[2], "")));
		assertThat(value.get()).usingRecursiveComparison().isEqualTo(before);
	}

	@Test
	void propertiesBecomeRecords() {
		ElementType<Mixed> type = ElementType.ofRecord(Mixed.class);
		Mixed mixed = type.convert(Map.of("flag", "true", "count", 5, "small", "7", "origin", Map.of("x", 1.5), "data",
				List.of(1, "2", 3), "name", "ab"));
		assertThat(mixed).usingRecursiveComparison()
			.isEqualTo(new Mixed(true, 5, (short) 7, 0, new Point(1.5, 0), new short[] { 1, 2, 3 }, "ab"));
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> type.convert(Map.of("flga", true)))
			.withMessageContaining("flga");
	}

	@Test
	void otherLayoutIsRefusedWithTheFirstMemberThatDiffers() {
		this.manager.value("a", ElementType.ofRecord(Point.class)).segmentName(this.names.name("v")).open();
		assertThatExceptionOfType(SegmentMismatchException.class)
			.isThrownBy(() -> this.manager.value("b", ElementType.ofRecord(Narrow.class))
				.segmentName(this.names.name("v"))
				.open())
			.withMessageContaining("field y: float32 at 8, found y: float64 at 8");
	}

	@Test
	void recordsWithoutLayoutAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ElementType.ofRecord(NoLength.class))
			.withMessageContaining("text");
		assertThatIllegalArgumentException().isThrownBy(() -> ElementType.ofRecord(Empty.class));
		assertThatIllegalArgumentException().isThrownBy(() -> ElementType.ofRecord(Unknown.class))
			.withMessageContaining("java.lang.Object");
	}

	@Test
	void layoutOfAClassIsMadeOnce() {
		assertThat(ElementType.ofRecord(Point.class)).isSameAs(ElementType.ofRecord(Point.class));
		assertThat(ElementType.of(Point.class)).isSameAs(ElementType.ofRecord(Point.class));
		assertThat(ElementType.ofRecord(Point.class)).isNotEqualTo(ElementType.ofRecord(Narrow.class));
	}

	@Test
	void layoutDoesNotKeepItsClassAlive() throws Exception {
		PhantomReference<Class<?>> loaded = loadAndForget();
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(loaded.refersTo(null)).isTrue();
		});
	}

	/**
	 * Lay out a copy of a record in a class loader of its own that nobody keeps.
	 */
	private static PhantomReference<Class<?>> loadAndForget() throws Exception {
		URL[] path = { Point.class.getProtectionDomain().getCodeSource().getLocation() };
		try (URLClassLoader loader = new URLClassLoader(path, null)) {
			Class<? extends Record> copy = loader.loadClass(Point.class.getName()).asSubclass(Record.class);
			assertThat(copy).isNotSameAs(Point.class);
			assertThat(ElementType.ofRecord(copy).size()).isEqualTo(16);
			return new PhantomReference<>(copy, new ReferenceQueue<>());
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { Node.class, Tree.class, Outer.class })
	void recordThatContainsItselfIsRefused(Class<? extends Record> type) {
		assertThatIllegalArgumentException().isThrownBy(() -> ElementType.ofRecord(type))
			.withMessageContaining("Expected a type of fixed size for component '")
			.withMessageContaining("which contains this component. Change the component or its annotations");
	}

	@Test
	void recordMayOccurTwiceSideBySide() {
		assertThat(ElementType.ofRecord(Line.class).size()).isEqualTo(64);
	}

	@Test
	void textIsUtf32IfDeclaredAsWchar() {
		ElementType<Wide> type = ElementType.ofRecord(Wide.class);
		assertThat(type.name()).isEqualTo("struct{flag:bool@0,text:wchar[5]@4,last:int8@24}28");
		SharedValue<Wide> value = this.manager.value(this.names.name("v"), type).open();
		value.set(new Wide(true, "h\u00e9\ud83d\ude00", (byte) 7));
		assertThat(value.get()).isEqualTo(new Wide(true, "h\u00e9\ud83d\ude00", (byte) 7));
		value.set(new Wide(true, "\ud83d\ude00".repeat(5), (byte) 7));
		assertThat(value.get().text()).isEqualTo("\ud83d\ude00".repeat(5));
		assertThatExceptionOfType(ValueOutOfRangeException.class)
			.isThrownBy(() -> value.set(new Wide(true, "123456", (byte) 7)))
			.withMessageStartingWith("A text of 6 characters does not fit wchar[5] (at most 5 characters)");
		assertThat(type.convert(Map.of("text", "ab")).text()).isEqualTo("ab");
	}

	@ParameterizedTest
	@ValueSource(classes = { NumberAsText.class, UnknownText.class, UnknownNumber.class, NumberWithLength.class,
			RecordWithLength.class, RecordWithType.class })
	void annotationThatDoesNotFitIsRefusedWithTheComponent(Class<? extends Record> type) {
		assertThatIllegalArgumentException().isThrownBy(() -> ElementType.ofRecord(type))
			.withMessageMatching("Expected .* for component 'component' of " + Pattern.quote(type.getName())
					+ ", found .*\\. Change the component or its annotations");
	}

	@Test
	void recordsAreExchangedUnderTheLockOnly() {
		SharedArray<Point> points = this.manager.array(this.names.name("p"), ElementType.ofRecord(Point.class))
			.length(3)
			.open();
		assertThat(points.getAndSet(1, new Point(1, 2))).isEqualTo(new Point(0, 0));
		assertThat(points.getAndSet(1, new Point(3, 4))).isEqualTo(new Point(1, 2));
		assertThatIllegalStateException().isThrownBy(() -> points.raw().getAndSet(1, new Point(5, 6)))
			.withMessage("Expected a lock for getAndSet, found none. Open the segment with a lock");
		assertThat(points).containsExactly(new Point(0, 0), new Point(3, 4), new Point(0, 0));
	}

	@Test
	void recordsAreCopiedBetweenSegments() {
		SharedValue<Point> value = this.manager.value(this.names.name("v"), ElementType.ofRecord(Point.class))
			.initial(new Point(1, 2))
			.open();
		SharedValue<Point> copy = value.copy(this.names.name("w"));
		value.set(new Point(5, 6));
		assertThat(copy.get()).isEqualTo(new Point(1, 2));
	}

	record Point(double x, double y) {
	}

	record Narrow(double x, float y) {
	}

	record Mixed(boolean flag, long count, @CType("uint8") short small, float ratio, Point origin,
			@Length(3) short[] data, @Length(5) String name) {
	}

	record Node(int number, Node next) {
	}

	record Tree(@Length(2) Tree[] children) {
	}

	record Outer(int number, Inner inner) {
	}

	record Inner(@Length(3) Outer[] outer) {
	}

	record Line(Point from, Point to, @Length(2) Point[] between) {
	}

	record Wide(boolean flag, @Length(5) @CType("wchar") String text, byte last) {
	}

	record NumberAsText(@Length(5) @CType("int8") String component) {
	}

	record UnknownText(@Length(5) @CType("nonsense") String component) {
	}

	record UnknownNumber(@CType("nonsense") int component) {
	}

	record NumberWithLength(@Length(3) int component) {
	}

	record RecordWithLength(@Length(3) Point component) {
	}

	record RecordWithType(@CType("int8") Point component) {
	}

	record NoLength(String text) {
	}

	record Empty() {
	}

	record Unknown(Object any) {
	}

}
