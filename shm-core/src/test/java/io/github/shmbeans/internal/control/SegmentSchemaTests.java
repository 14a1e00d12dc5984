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

package io.github.shmbeans.internal.control;

import io.github.shmbeans.SegmentKind;
import io.github.shmbeans.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SegmentSchemaTests {

	private final SegmentSchema schema = array(8, "int64");

	@ParameterizedTest
	@CsvSource({ "'', cbf29ce484222325", "a, af63dc4c8601ec8c", "foobar, 85944171f73967e8", "é, 0ac21707b7181e01" })
	void hashIsFnv1aOfTheUtf8Bytes(String text, String hash) {
		assertThat(array(1, text).hash()).isEqualTo(Long.parseUnsignedLong(hash, 16));
	}

	@Test
	void schemaAcceptsItsLikeAndAnyCountIfItLeavesItOpen() {
		assertThat(this.schema.accepts(array(8, "int64"))).isTrue();
		assertThat(this.schema.accepts(array(9, "int64"))).isFalse();
		assertThat(array(SegmentSchema.ANY, "int64").accepts(array(9, "int64"))).isTrue();
	}

	@Test
	void schemaOfSeveralDimensionsAcceptsTheSameShape() {
		SegmentSchema matrix = matrix(2, 4);
		assertThat(matrix.accepts(matrix(2, 4))).isTrue();
		assertThat(matrix.accepts(matrix(4, 2))).isFalse();
		assertThat(matrix.accepts(this.schema)).isFalse();
		assertThat(this.schema.accepts(matrix)).isTrue();
		assertThat(array(SegmentSchema.ANY, "int64").accepts(matrix)).isTrue();
		assertThat(matrix.describe()).isEqualTo("array of 2 × 4 int64");
	}

	@Test
	void schemaRefusesAnotherKindTypeSizeOrLayout() {
		assertThat(this.schema.accepts(array(8, "uint64"))).isFalse();
		assertThat(this.schema.accepts(new SegmentSchema(SegmentKind.VALUE, 7, 8, 8, 64, "int64"))).isFalse();
		assertThat(this.schema.accepts(new SegmentSchema(SegmentKind.ARRAY, 8, 8, 8, 64, "int64"))).isFalse();
		assertThat(this.schema.accepts(new SegmentSchema(SegmentKind.ARRAY, 7, 4, 8, 64, "int64"))).isFalse();
	}

	@Test
	void schemaDescribesItselfForPeople() {
		assertThat(this.schema.describe()).isEqualTo("array of 8 int64");
		assertThat(array(SegmentSchema.ANY, "int64").describe()).isEqualTo("array of any number of int64");
		assertThat(new SegmentSchema(SegmentKind.VALUE, 7, 8, 1, 8, "int64").describe()).isEqualTo("value of int64");
		assertThat(new SegmentSchema(SegmentKind.LIST, 0, 0, 3, 99, "list").describe()).isEqualTo("list of 3 items");
		assertThat(new SegmentSchema(SegmentKind.LIST, 0, 0, SegmentSchema.ANY, 0, "list").describe())
			.isEqualTo("list");
		assertThat(new SegmentSchema(SegmentKind.BLOCK, 0, 1, 5, 5, "bytes").describe()).isEqualTo("block of 5 bytes");
		assertThat(new SegmentSchema(SegmentKind.BLOCK, 0, 1, SegmentSchema.ANY, 0, "bytes").describe())
			.isEqualTo("block of any size");
		assertThat(new SegmentSchema(SegmentKind.LOCK, 0, 0, 0, 0, "process").describe())
			.isEqualTo("lock of kind process");
	}

	@ParameterizedTest
	@CsvSource({ "0, 12288", "1, 16384", "4095, 16384", "4096, 16384", "4097, 20480", "4294967297, 4294983680" })
	void fileIsTheDataPaddedToAPageAndTheControlBlock(long dataLength, long fileSize) {
		assertThat(ControlLayout.fileSize(dataLength)).isEqualTo(fileSize);
	}

	private static SegmentSchema matrix(long rows, long columns) {
		return new SegmentSchema(SegmentKind.ARRAY, 7, 8, 8, 64, "int64", Shape.of(rows, columns));
	}

	private static SegmentSchema array(long count, String text) {
		return new SegmentSchema(SegmentKind.ARRAY, 7, 8, count, 8 * count, text);
	}

}
