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

import io.github.shmbeans.error.InvalidOptionException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ShapeTests {

	private final Shape image = Shape.of(480, 640, 3);

	@Test
	void lengthIsTheProductOfTheExtents() {
		assertThat(this.image.length()).isEqualTo(921_600);
		assertThat(Shape.of(7).length()).isEqualTo(7);
		assertThat(Shape.of(2, 0, Long.MAX_VALUE).length()).isZero();
		assertThat(Shape.of(1L << 31, 1L << 31).length()).isEqualTo(1L << 62);
	}

	@Test
	void shapeTellsItsDimensions() {
		assertThat(this.image.dimensions()).isEqualTo(3);
		assertThat(this.image.extent(1)).isEqualTo(640);
		assertThat(this.image.extents()).containsExactly(480L, 640L, 3L);
		assertThat(this.image).hasToString("480 × 640 × 3");
	}

	@Test
	void lastIndexVariesFastest() {
		Shape shape = Shape.of(2, 3, 4);
		long expected = 0;
		for (int i = 0; i < 2; i++) {
			for (int j = 0; j < 3; j++) {
				for (int k = 0; k < 4; k++) {
					assertThat(shape.index(i, j, k)).isEqualTo(expected++);
				}
			}
		}
		assertThat(Shape.of(1L << 31, 1L << 31).index((1L << 31) - 1, (1L << 31) - 1)).isEqualTo((1L << 62) - 1);
	}

	@Test
	void indexOutsideADimensionIsRefused() {
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> this.image.index(0, 640, 0))
			.withMessage("Expected an index of 0 to 639 in dimension 1 of the shape 480 × 640 × 3, found 640");
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> this.image.index(-1, 0, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> this.image.index(1, 2))
			.withMessage("Expected 3 indices for the shape 480 × 640 × 3, found 2. Give one for each dimension");
	}

	@Test
	void shapeThatIsNoneIsRefused() {
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(Shape::of)
			.withMessageStartingWith("Expected a shape of 1 to 15 dimensions, found 0");
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(() -> Shape.of(new long[16]))
			.withMessageContaining("found 16");
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(() -> Shape.of(3, -1))
			.withMessageStartingWith("Expected dimensions of 0 or more, found [3, -1]");
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(() -> Shape.of(1L << 32, 1L << 31))
			.withMessageStartingWith("Expected fewer than 2^63 elements");
	}

	@Test
	void oneDimensionTakesAnyShapeOfAsManyElements() {
		assertThat(Shape.of(921_600).accepts(this.image)).isTrue();
		assertThat(Shape.of(921_601).accepts(this.image)).isFalse();
		assertThat(this.image.accepts(Shape.of(480, 640, 3))).isTrue();
		assertThat(this.image.accepts(Shape.of(640, 480, 3))).isFalse();
		assertThat(this.image.accepts(Shape.of(921_600))).isFalse();
	}

	@Test
	void shapesOfEqualExtentsAreEqual() {
		assertThat(this.image).isEqualTo(Shape.of(480, 640, 3)).hasSameHashCodeAs(Shape.of(480, 640, 3));
		assertThat(this.image).isNotEqualTo(Shape.of(480, 640)).isNotEqualTo("480 × 640 × 3");
	}

	@Test
	void shapeDoesNotFollowTheArrayItWasMadeOf() {
		long[] extents = { 2, 3 };
		Shape shape = Shape.of(extents);
		extents[0] = 100;
		assertThat(shape.extent(0)).isEqualTo(2);
	}

}
