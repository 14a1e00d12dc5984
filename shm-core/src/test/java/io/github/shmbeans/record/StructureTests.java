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

import com.sun.jna.Callback;
import com.sun.jna.DefaultTypeMapper;
import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import com.sun.jna.Union;
import com.sun.jna.WString;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Structures of JNA as element types.
 */
class StructureTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.create();

	@AfterEach
	void close() {
		this.manager.close();
	}

	@Test
	void bytesAreThoseThatJnaWrites() {
		Wide wide = wide();
		wide.write();
		SharedValue<Wide> value = this.manager.value(this.names.name("v"), ElementType.ofStructure(Wide.class))
			.initial(wide)
			.open();
		byte[] bytes = new byte[wide.size()];
		value.raw().copy(this.names.name("copy")).close();
		SharedArray<Wide> array = this.manager.array(this.names.name("a"), ElementType.ofStructure(Wide.class))
			.length(2)
			.open();
		array.set(1, wide);
		array.buffer(1, 1).get(bytes);
		assertThat(bytes).isEqualTo(wide.getPointer().getByteArray(0, wide.size()));
		assertThat(value.dataSize()).isEqualTo(wide.size());
	}

	@Test
	void jnaReadsWhatIsInTheSegment() {
		SharedArray<Wide> array = this.manager.array(this.names.name("a"), ElementType.ofStructure(Wide.class))
			.initial(List.of(wide(), new Wide()))
			.open();
		byte[] bytes = new byte[array.elementType().size()];
		array.buffer(0, 1).get(bytes);
		Memory memory = new Memory(bytes.length);
		memory.write(0, bytes, 0, bytes.length);
		Wide read = Structure.newInstance(Wide.class, memory);
		read.read();
		assertSame(read, wide());
		assertSame(array.get(0), wide());
		assertSame(array.get(1), new Wide());
		Wide again = array.get(0);
		again.write();
		assertThat(again.getPointer().getByteArray(0, bytes.length)).isEqualTo(bytes);
	}

	@Test
	void layoutIsNamedAsThatOfARecord() {
		assertThat(ElementType.ofStructure(Wide.class).name()).isEqualTo(
				"struct{flag:int32@0,small:int8@4,letter:wchar@8,number:int16@12,count:int64@16,ratio:float32@24,"
						+ "exact:float64@32,origin:struct{x:float64@0,y:float64@8}16@40,data:int16[3]@56,"
						+ "path:struct{x:float64@0,y:float64@8}16[2]@64,size:int64@96}104");
		assertThat(ElementType.ofStructure(Point.class).name())
			.isEqualTo(ElementType.ofRecord(RecordPoint.class).name());
		assertThat(ElementType.of(Point.class)).isEqualTo(ElementType.ofStructure(Point.class));
		assertThat(ElementType.of(RecordPoint.class)).isEqualTo(ElementType.ofRecord(RecordPoint.class));
	}

	@Test
	void packedStructureIsLaidOutAsJnaDoes() {
		ElementType<Packed> type = ElementType.ofStructure(Packed.class);
		assertThat(type.name()).isEqualTo("struct{tag:int8@0,count:int64@1,rest:int16@9}11");
		SharedArray<Packed> array = this.manager.array(this.names.name("a"), type).length(3).open();
		Packed packed = new Packed();
		packed.tag = 1;
		packed.count = -2;
		packed.rest = 3;
		array.set(2, packed);
		assertThat(array.get(2).count).isEqualTo(-2);
		assertThat(array.get(2).rest).isEqualTo((short) 3);
		assertThat(array.dataSize()).isEqualTo(33);
	}

	@Test
	void layoutOfAClassIsMadeOnce() {
		assertThat(ElementType.ofStructure(Wide.class)).isSameAs(ElementType.ofStructure(Wide.class));
	}

	@Test
	void nestedStructureWithAnotherLayoutThanItsClassIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ElementType.ofStructure(Grown.class))
			.withMessageStartingWith("Expected a structure with the layout of its class, found one whose arrays have "
					+ "other lengths than those of a new " + Growing.class.getName() + ": 'longer' of ");
		assertThat(ElementType.ofStructure(Growing.class).name()).isEqualTo("struct{data:int32[2]@0}8");
	}

	@Test
	void fieldsOfTheSuperclassComeFirst() {
		assertThat(ElementType.ofStructure(Point3.class).name())
			.isEqualTo("struct{x:float64@0,y:float64@8,z:int32@16}24");
	}

	@Test
	void recordAndStructureShareASegment() {
		SharedValue<RecordPoint> record = this.manager.value("r", ElementType.ofRecord(RecordPoint.class))
			.segmentName(this.names.name("v"))
			.initial(new RecordPoint(1, 2))
			.open();
		SharedValue<Point> structure = this.manager.value("s", ElementType.ofStructure(Point.class))
			.segmentName(this.names.name("v"))
			.open();
		assertThat(structure.get().y).isEqualTo(2);
		structure.update((point) -> {
			point.x = 5;
			return point;
		});
		assertThat(record.get()).isEqualTo(new RecordPoint(5, 2));
	}

	@Test
	void otherLayoutIsRefusedWithTheFirstMemberThatDiffers() {
		this.manager.value("a", ElementType.ofRecord(Narrow.class)).segmentName(this.names.name("v")).open();
		assertThatExceptionOfType(SegmentMismatchException.class)
			.isThrownBy(() -> this.manager.value("b", ElementType.ofStructure(Point.class))
				.segmentName(this.names.name("v"))
				.open())
			.withMessageContaining("field y: float64 at 8, found y: float32 at 8");
	}

	@Test
	void propertiesBecomeStructures() {
		Wide wide = ElementType.ofStructure(Wide.class)
			.convert(Map.of("flag", "true", "letter", "é", "origin", Map.of("x", 1.5), "data", List.of(1, "2", 3),
					"path", List.of(Map.of("y", 2), Map.of()), "size", 7));
		assertThat(wide.flag).isTrue();
		assertThat(wide.letter).isEqualTo('é');
		assertThat(wide.origin.x).isEqualTo(1.5);
		assertThat(wide.data).containsExactly(1, 2, 3);
		assertThat(wide.path[0].y).isEqualTo(2);
		assertThat(wide.path[1].y).isZero();
		assertThat(wide.size).isEqualTo(new NativeLong(7));
		assertThat(wide.count).isZero();
		assertThatExceptionOfType(WrongTypeException.class)
			.isThrownBy(() -> ElementType.ofStructure(Point.class).convert(Map.of("z", 1)))
			.withMessageContaining("members [x, y] for Point, found [z]");
		assertThatExceptionOfType(ValueOutOfRangeException.class)
			.isThrownBy(() -> ElementType.ofStructure(Wide.class).convert(Map.of("small", 128)));
	}

	@Test
	void membersAreShownAsMapsAndLists() {
		Map<String, Object> members = ElementType.ofStructure(Wide.class).members(wide());
		assertThat(members).containsEntry("flag", true)
			.containsEntry("letter", '€')
			.containsEntry("origin", Map.of("x", 1.0, "y", 2.0))
			.containsEntry("data", new short[] { 1, -2, 3 })
			.containsEntry("path", List.of(Map.of("x", 3.0, "y", 4.0), Map.of("x", 0.0, "y", 0.0)));
		assertThat(ElementType.INT8.hasMembers()).isFalse();
		assertThat(ElementType.ofRecord(RecordPoint.class).members(new RecordPoint(1, 2)))
			.isEqualTo(Map.of("x", 1.0, "y", 2.0));
	}

	@Test
	void unfitInstanceIsRefusedBeforeAnyByteChanges() {
		SharedArray<Wide> array = this.manager.array(this.names.name("a"), ElementType.ofStructure(Wide.class))
			.initial(List.of(wide()))
			.open();
		Wide unfit = new Wide();
		unfit.data = new short[4];
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> array.set(0, unfit))
			.withMessageStartingWith("Expected an array of 3 elements, found 4 elements");
		Wide hollow = new Wide();
		hollow.path[1] = null;
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> array.set(0, hollow));
		Wide missing = new Wide();
		missing.origin = null;
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> array.set(0, missing));
		Wide unset = new Wide();
		unset.size = null;
		assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> array.set(0, unset));
		assertSame(array.get(0), wide());
	}

	@ParameterizedTest
	@ValueSource(classes = { Pointed.class, Referring.class, Named.class, WideNamed.class, Calling.class, OneOf.class,
			HoldingUnion.class, Sized.class, Fixed.class, Mapped.class, Inner.class, Point.Reference.class,
			Structure.class, Unordered.class, String.class })
	void structureThatMeansNothingElsewhereIsRefusedWithItsName(Class<?> type) {
		assertThatIllegalArgumentException().isThrownBy(() -> ElementType.ofStructure(type))
			.withMessageStartingWith("Expected ")
			.withMessageContaining(", found ")
			.withMessageContaining(type.getSimpleName())
			.withMessageMatching("(?s).*\\. [A-Z].*");
	}

	@Test
	void pointerIsRefusedForWhatItIs() {
		assertThatIllegalArgumentException().isThrownBy(() -> ElementType.ofStructure(Pointed.class))
			.withMessage(
					"Expected a number, boolean, char, NativeLong, structure, or an array of these as field 'next' of "
							+ Pointed.class.getName()
							+ ", found com.sun.jna.Pointer, a pointer, which means nothing in another process. "
							+ "Change the field or share the bytes");
	}

	private static Wide wide() {
		Wide wide = new Wide();
		wide.flag = true;
		wide.small = -3;
		wide.letter = '€';
		wide.number = 1234;
		wide.count = Long.MIN_VALUE;
		wide.ratio = 0.5f;
		wide.exact = Math.PI;
		wide.origin.x = 1;
		wide.origin.y = 2;
		wide.data = new short[] { 1, -2, 3 };
		wide.path[0].x = 3;
		wide.path[0].y = 4;
		wide.size = new NativeLong(77);
		return wide;
	}

	private static void assertSame(Wide found, Wide expected) {
		assertThat(ElementType.ofStructure(Wide.class).members(found)).usingRecursiveComparison()
			.isEqualTo(ElementType.ofStructure(Wide.class).members(expected));
	}

	record RecordPoint(double x, double y) {
	}

	record Narrow(double x, float y) {
	}

	record Text(@Length(4) String text) {
	}

	@FieldOrder({ "x", "y" })
	public static class Point extends Structure {

		public double x;

		public double y;

		public static class Reference extends Point implements Structure.ByReference {

		}

	}

	@FieldOrder("data")
	public static class Growing extends Structure {

		public int[] data = new int[2];

		static Growing of(int length) {
			Growing growing = new Growing();
			growing.data = new int[length];
			return growing;
		}

	}

	@FieldOrder({ "usual", "longer" })
	public static class Grown extends Structure {

		public Growing usual = new Growing();

		public Growing longer = Growing.of(3);

	}

	@FieldOrder("z")
	public static class Point3 extends Point {

		public int z;

	}

	@FieldOrder({ "flag", "small", "letter", "number", "count", "ratio", "exact", "origin", "data", "path", "size" })
	public static class Wide extends Structure {

		public boolean flag;

		public byte small;

		public char letter;

		public short number;

		public long count;

		public float ratio;

		public double exact;

		public Point origin = new Point();

		public short[] data = new short[3];

		public Point[] path = { new Point(), new Point() };

		public NativeLong size = new NativeLong();

	}

	@FieldOrder({ "tag", "count", "rest" })
	public static class Packed extends Structure {

		public byte tag;

		public long count;

		public short rest;

		Packed() {
			super(ALIGN_NONE);
		}

	}

	@FieldOrder({ "count", "next" })
	public static class Pointed extends Structure {

		public int count;

		public Pointer next;

	}

	@FieldOrder("next")
	public static class Referring extends Structure {

		public Point.Reference next;

	}

	@FieldOrder("name")
	public static class Named extends Structure {

		public String name;

	}

	@FieldOrder("name")
	public static class WideNamed extends Structure {

		public WString name;

	}

	@FieldOrder("call")
	public static class Calling extends Structure {

		public Handler call;

		public interface Handler extends Callback {

			void handle();

		}

	}

	public static class OneOf extends Union {

		public int number;

		public float ratio;

	}

	@FieldOrder("either")
	public static class HoldingUnion extends Structure {

		public OneOf either;

	}

	@FieldOrder("data")
	public static class Sized extends Structure {

		public int[] data;

	}

	@FieldOrder("number")
	public static class Fixed extends Structure {

		public final int number = 1;

	}

	@FieldOrder("number")
	public static class Mapped extends Structure {

		public int number;

		Mapped() {
			super(new DefaultTypeMapper());
		}

	}

	@FieldOrder("number")
	public class Inner extends Structure {

		public int number;

	}

	public static class Unordered extends Structure {

		public int number;

		public int other;

	}

}
