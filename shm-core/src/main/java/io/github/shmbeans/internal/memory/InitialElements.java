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

package io.github.shmbeans.internal.memory;

import java.util.List;
import java.util.function.Consumer;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.Shape;
import io.github.shmbeans.engine.ElementCodec;
import io.github.shmbeans.error.InvalidOptionException;
import io.github.shmbeans.internal.segment.Memory;
import io.github.shmbeans.internal.type.Text;
import org.jspecify.annotations.Nullable;

/**
 * The elements that a new array begins with, and what they say about its length.
 *
 * @param <T> the Java type of the elements
 */
final class InitialElements<T> implements Consumer<Memory> {

	private final ElementType<T> type;

	private final @Nullable List<T> elements;

	private final byte @Nullable [] text;

	private final @Nullable Shape shape;

	InitialElements(SegmentSpec spec, SegmentSpec.Array<T> array) {
		this.type = array.type();
		this.elements = array.initial();
		this.text = (array.text() != null) ? Text.encode(ElementCodec.of(this.type), array.text()) : null;
		this.shape = shape(spec, array.shape());
		if (this.elements != null) {
			this.elements.forEach(ElementCodec.of(this.type)::requireValid);
		}
	}

	private @Nullable Shape shape(SegmentSpec spec, @Nullable Shape declared) {
		if (this.elements != null) {
			return shape(spec, declared, "%s elements", this.elements.size());
		}
		if (this.text != null) {
			return shape(spec, declared, "text of at most %s characters", this.text.length / this.type.size());
		}
		if (declared == null && spec.mayCreate()) {
			throw new InvalidOptionException("length",
					"Expected the number of elements of array '%s', found neither length nor initial data"
						.formatted(spec.key()),
					"Set length, shape or initial; only mode attach and read-only access go without");
		}
		return declared;
	}

	private Shape shape(SegmentSpec spec, @Nullable Shape declared, String expected, long found) {
		if (declared == null) {
			return Shape.of(found);
		}
		if (found > declared.length() || (found < declared.length() && this.text == null)) {
			String option = (declared.dimensions() == 1) ? "length" : "shape";
			throw new InvalidOptionException(
					option, "Expected %s for the initial data of array '%s', found %d"
						.formatted(expected.formatted(declared), spec.key(), found),
					"Make %s and initial agree, or leave one out".formatted(option));
		}
		return declared;
	}

	@Nullable Shape shape() {
		return this.shape;
	}

	@Override
	public void accept(Memory memory) {
		if (this.elements != null) {
			Elements<T> target = new Elements<>(memory, ElementCodec.of(this.type), null);
			for (int i = 0; i < this.elements.size(); i++) {
				target.write(i, this.elements.get(i));
			}
		}
		if (this.text != null) {
			memory.slice(0, this.text.length).put(this.text);
		}
	}

}
