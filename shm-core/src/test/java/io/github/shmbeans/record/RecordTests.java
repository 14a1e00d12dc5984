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

import java.util.List;
import java.util.Map;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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

	record NoLength(String text) {
	}

	record Empty() {
	}

	record Unknown(Object any) {
	}

}
