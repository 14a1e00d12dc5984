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
import java.util.regex.Pattern;

import com.sun.jna.NativeLong;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import io.github.shmbeans.CType;
import io.github.shmbeans.ElementType;
import io.github.shmbeans.Length;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.error.SegmentMismatchException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Records and JNA structures shared with ctypes' {@code Structure} and numpy's structured
 * arrays.
 */
class StructureInteropTests {

	private static final String CTYPES = """
			class Point(ctypes.Structure):
			    _fields_ = [('x', ctypes.c_double), ('y', ctypes.c_double)]

			class Mixed(ctypes.Structure):
			    _fields_ = [('flag', ctypes.c_bool), ('count', ctypes.c_longlong), ('small', ctypes.c_ubyte),
			                ('ratio', ctypes.c_float), ('origin', Point), ('data', ctypes.c_short * 3),
			                ('path', Point * 2), ('letter', ctypes.c_char), ('name', ctypes.c_char * 5)]

			class Titled(ctypes.Structure):
			    _fields_ = [('number', ctypes.c_byte), ('title', ctypes.c_wchar * 5), ('last', ctypes.c_byte)]

			class Native(ctypes.Structure):
			    _fields_ = [('flag', ctypes.c_int), ('small', ctypes.c_byte), ('letter', ctypes.c_wchar),
			                ('count', ctypes.c_longlong), ('origin', Point), ('data', ctypes.c_short * 3),
			                ('path', Point * 2), ('size', ctypes.c_long)]

			class Packed(ctypes.Structure):
			    _pack_ = 1
			    _layout_ = 'ms'
			    _fields_ = [('tag', ctypes.c_byte), ('count', ctypes.c_longlong), ('rest', ctypes.c_short)]

			def offsets(struct):
			    return [getattr(struct, name).offset for name, _ in struct._fields_] + [ctypes.sizeof(struct)]

			def over(name, struct):
			    global shm
			    shm = attach(name)
			    return struct.from_buffer(shm.buf)
			""";

	private static final String NUMPY = """
			import numpy
			point = numpy.dtype([('x', 'f8'), ('y', 'f8')], align=True)
			mixed = numpy.dtype([('flag', '?'), ('count', 'i8'), ('small', 'u1'), ('ratio', 'f4'), ('origin', point),
			                     ('data', 'i2', 3), ('path', point, 2), ('letter', 'S1'), ('name', 'S5')], align=True)
			""";

	@Order(1)
	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@Order(2)
	@RegisterExtension
	final PythonSession python = new PythonSession();

	private final SharedMemoryManager manager = SharedMemoryManager.create();

	private final String name = this.names.name("s");

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	private static Mixed mixed() {
		return new Mixed(true, -5, (short) 200, 0.5f, new Point(1.5, -2), new short[] { 1, -2, 3 },
				new Point[] { new Point(3, 4), new Point(5, 6) }, 'é', "h\u00e9");
	}

	private static List<Integer> offsets(ElementType<?> type) {
		return Pattern.compile("@(\\d+)|}(\\d+)$")
			.matcher(type.name().replaceAll("(?<!^struct)\\{[^{}]*}\\d+", ""))
			.results()
			.map((match) -> Integer.valueOf((match.group(1) != null) ? match.group(1) : match.group(2)))
			.toList();
	}

	@Test
	void membersBeginWhereCtypesHasThem() {
		this.python.exec(CTYPES);
		assertThat(this.python.eval("offsets(Mixed)")).isEqualTo(offsets(ElementType.ofRecord(Mixed.class)).toString());
		assertThat(this.python.eval("offsets(Native)"))
			.isEqualTo(offsets(ElementType.ofStructure(Native.class)).toString());
		assertThat(this.python.eval("offsets(Packed)"))
			.isEqualTo(offsets(ElementType.ofStructure(Packed.class)).toString());
	}

	@Test
	void membersBeginWhereNumpyHasThem() {
		Assumptions.assumeTrue(this.python.python().has("numpy"), "Skipped: this CPython has no numpy");
		this.python.exec(NUMPY);
		assertThat(this.python.eval("[mixed.fields[name][1] for name in mixed.names] + [mixed.itemsize]"))
			.isEqualTo(offsets(ElementType.ofRecord(Mixed.class)).toString());
	}

	@Test
	void recordMadeHereIsReadAndWrittenThere() {
		SharedValue<Mixed> value = this.manager.value(this.name, ElementType.ofRecord(Mixed.class)).open();
		this.python.exec(CTYPES);
		this.python.exec("m = over('%s', Mixed)", this.name);
		assertThat(this.python.eval("bytes(m) == bytes(ctypes.sizeof(Mixed))")).isEqualTo("True");
		value.set(mixed());
		this.python
			.exec("n = Mixed(True, -5, 200, 0.5, Point(1.5, -2), (1, -2, 3), (Point(3, 4), Point(5, 6)), b'\\xe9', "
					+ "'h\u00e9'.encode())");
		assertThat(this.python.eval("bytes(m) == bytes(n)")).isEqualTo("True");
		this.python.exec("m.origin.y = 9\nm.data[2] = 7\nm.name = b'12345'\nm.small = 255\nm.path[1].x = 8");
		assertThat(value.get()).usingRecursiveComparison()
			.isEqualTo(new Mixed(true, -5, (short) 255, 0.5f, new Point(1.5, 9), new short[] { 1, -2, 7 },
					new Point[] { new Point(3, 4), new Point(8, 6) }, 'é', "12345"));
	}

	@Test
	void wideTextIsAnArrayOfWideCharacters() {
		SharedValue<Titled> value = this.manager.value(this.name, ElementType.ofRecord(Titled.class)).open();
		this.python.exec(CTYPES);
		assertThat(this.python.eval("offsets(Titled)"))
			.isEqualTo(offsets(ElementType.ofRecord(Titled.class)).toString());
		this.python.exec("t = over('%s', Titled)", this.name);
		value.set(new Titled((byte) 1, "h\u00e9\ud83d\ude00", (byte) 2));
		assertThat(this.python.eval("t.number, ascii(t.title), t.last"))
			.isEqualTo("(1, \"'h\\\\xe9\\\\U0001f600'\", 2)");
		this.python.exec("t.title = 'abcd' + chr(0x20ac)");
		assertThat(value.get()).isEqualTo(new Titled((byte) 1, "abcd\u20ac", (byte) 2));
	}

	@Test
	void recordsMadeThereAreReadAndWrittenHere() {
		this.python.exec(CTYPES);
		this.python.exec("shm = make('%s', 3 * ctypes.sizeof(Mixed))\na = (Mixed * 3).from_buffer(shm.buf)", this.name);
		this.python
			.exec("a[1] = Mixed(True, -5, 200, 0.5, Point(1.5, -2), (1, -2, 3), (Point(3, 4), Point(5, 6)), b'\\xe9', "
					+ "'h\u00e9'.encode())");
		SharedArray<Mixed> array = attach(ElementType.ofRecord(Mixed.class));
		assertThat(array.length()).isEqualTo(3);
		assertThat(array.get(1)).usingRecursiveComparison().isEqualTo(mixed());
		array.set(2, mixed());
		assertThat(this.python.eval("bytes(a[1]) == bytes(a[2])")).isEqualTo("True");
		assertThat(this.python.eval("bytes(a[0]) == bytes(ctypes.sizeof(Mixed))")).isEqualTo("True");
	}

	@Test
	void recordsAreElementsOfAStructuredArrayOfNumpy() {
		Assumptions.assumeTrue(this.python.python().has("numpy"), "Skipped: this CPython has no numpy");
		SharedArray<Mixed> array = this.manager.array(this.name, ElementType.ofRecord(Mixed.class)).length(2).open();
		array.set(1, mixed());
		this.python.exec(NUMPY);
		this.python.exec("shm = attach('%s')\na = numpy.ndarray(2, mixed, shm.buf)", this.name);
		assertThat(this.python.eval("[a[1][field].tolist() for field in mixed.names]")).isEqualTo(
				"[True, -5, 200, 0.5, (1.5, -2.0), [1, -2, 3], [(3.0, 4.0), (5.0, 6.0)], b'\\xe9', b'h\\xc3\\xa9']");
		this.python.exec("a['origin']['x'] = 4\na[0] = a[1]\na[0]['count'] = 77");
		assertThat(array.get(1).origin()).isEqualTo(new Point(4, -2));
		assertThat(array.get(0).count()).isEqualTo(77);
		assertThat(array.get(0).name()).isEqualTo("hé");
	}

	@Test
	void structuredArrayOfNumpyIsAnArrayOfRecords() {
		Assumptions.assumeTrue(this.python.python().has("numpy"), "Skipped: this CPython has no numpy");
		this.python.exec(NUMPY);
		this.python.exec("shm = make('%s', 2 * mixed.itemsize)\na = numpy.ndarray(2, mixed, shm.buf)", this.name);
		this.python
			.exec("a[0] = (True, -5, 200, 0.5, (1.5, -2), [1, -2, 3], [(3, 4), (5, 6)], b'\\xe9', b'h\\xc3\\xa9')");
		SharedArray<Mixed> array = attach(ElementType.ofRecord(Mixed.class));
		assertThat(array.get(0)).usingRecursiveComparison().isEqualTo(mixed());
		array.set(1, array.get(0));
		assertThat(this.python.eval("a[0] == a[1]")).contains("True");
	}

	@Test
	void jnaStructureMadeHereIsReadAndWrittenThere() {
		SharedValue<Native> value = this.manager.value(this.name, ElementType.ofStructure(Native.class))
			.initial(structure())
			.open();
		this.python.exec(CTYPES);
		this.python.exec("m = over('%s', Native)", this.name);
		assertThat(
				this.python.eval("m.flag, m.small, m.letter, m.count, m.origin.y, list(m.data), m.path[1].x, m.size"))
			.isEqualTo("(-1, -3, '€', -9223372036854775808, 2.0, [1, -2, 3], 4.0, 77)");
		this.python.exec("m.flag = 0\nm.letter = 'ß'\nm.data[1] = 9\nm.path[0].y = 6\nm.size = -1");
		Native read = value.get();
		assertThat(read.flag).isFalse();
		assertThat(read.letter).isEqualTo('ß');
		assertThat(read.data).containsExactly(1, 9, 3);
		assertThat(read.path[0].y).isEqualTo(6);
		assertThat(read.size.longValue()).isEqualTo(-1);
		assertThat(read.count).isEqualTo(Long.MIN_VALUE);
	}

	@Test
	void structureMadeThereIsAJnaStructureHere() {
		this.python.exec(CTYPES);
		this.python.exec("shm = make('%s', 2 * ctypes.sizeof(Native))\na = (Native * 2).from_buffer(shm.buf)",
				this.name);
		this.python.exec("a[0] = Native(1, -3, '€', 5, Point(1, 2), (1, -2, 3), (Point(), Point(4, 0)), 77)");
		SharedArray<Native> array = attach(ElementType.ofStructure(Native.class));
		assertThat(array.get(0).flag).isTrue();
		assertThat(array.get(0).origin.y).isEqualTo(2);
		array.set(1, structure());
		assertThat(this.python.eval("a[1].flag, a[1].letter, a[1].path[1].x, a[1].size"))
			.isEqualTo("(-1, '€', 4.0, 77)");
	}

	private static Native structure() {
		Native structure = new Native();
		structure.flag = true;
		structure.small = -3;
		structure.letter = '€';
		structure.count = Long.MIN_VALUE;
		structure.origin.y = 2;
		structure.data = new short[] { 1, -2, 3 };
		structure.path[1].x = 4;
		structure.size = new NativeLong(77);
		return structure;
	}

	@Test
	void packedStructureIsThatOfCtypes() {
		SharedArray<Packed> array = this.manager.array(this.name, ElementType.ofStructure(Packed.class))
			.length(2)
			.open();
		Packed packed = new Packed();
		packed.tag = 1;
		packed.count = -2;
		packed.rest = 3;
		array.set(1, packed);
		this.python.exec(CTYPES);
		this.python.exec("a = over('%s', Packed * 2)", this.name);
		assertThat(this.python.eval("a[1].tag, a[1].count, a[1].rest")).isEqualTo("(1, -2, 3)");
		this.python.exec("a[0] = a[1]");
		assertThat(array.get(0).count).isEqualTo(-2);
	}

	@Test
	void structureMadeThereThatIsTooShortIsRefused() {
		this.python.exec("shm = make('%s', 15)", this.name);
		assertThatExceptionOfType(SegmentMismatchException.class)
			.isThrownBy(() -> this.manager.value(this.name, ElementType.ofRecord(Point.class)).locked(false).open())
			.withMessageContaining("at least 16 bytes, found a file of 15 bytes");
	}

	private <T> SharedArray<T> attach(ElementType<T> type) {
		return this.manager.array("there", type).segmentName(this.name).mode(OpenMode.ATTACH).locked(false).open();
	}

	record Point(double x, double y) {
	}

	record Titled(byte number, @Length(5) @CType("wchar") String title, byte last) {
	}

	record Mixed(boolean flag, long count, @CType("uint8") short small, float ratio, Point origin,
			@Length(3) short[] data, @Length(2) Point[] path, char letter, @Length(5) String name) {
	}

	@FieldOrder({ "x", "y" })
	public static class NativePoint extends Structure {

		public double x;

		public double y;

	}

	@FieldOrder({ "flag", "small", "letter", "count", "origin", "data", "path", "size" })
	public static class Native extends Structure {

		public boolean flag;

		public byte small;

		public char letter;

		public long count;

		public NativePoint origin;

		public short[] data = new short[3];

		public NativePoint[] path = { new NativePoint(), new NativePoint() };

		public NativeLong size;

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

}
