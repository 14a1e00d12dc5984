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

package io.github.shmbeans.autoconfigure.jackson;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.Shape;
import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.SharedValue;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/**
 * Writes what a segment holds. A value, a list and an array of up to {@value #SLICE}
 * elements are read in one locked step; a longer array is read in several, so that the
 * lock is held briefly and memory stays bounded. An array of several dimensions becomes
 * arrays of arrays.
 */
class SharedSegmentSerializer extends ValueSerializer<SharedSegment> {

	static final int SLICE = 65_536;

	@Override
	public void serialize(SharedSegment segment, JsonGenerator generator, SerializationContext context) {
		if (segment instanceof SharedValue<?> value) {
			write(value, generator, context);
		}
		else if (segment instanceof SharedArray<?> array) {
			write(array, generator, context);
		}
		else if (segment instanceof ShareableList list) {
			context.writeValue(generator, list.toArray());
		}
		else {
			context.reportBadDefinition(segment.getClass(),
					"Expected a shared value, array or list to write as JSON, found the %s '%s'. Write what you read from it"
						.formatted(segment.kind().name().toLowerCase(Locale.ROOT), segment.name()));
		}
	}

	private static <T> void write(SharedValue<T> value, JsonGenerator generator, SerializationContext context) {
		context.writeValue(generator, content(value.elementType(), value.get()));
	}

	private static <T> void write(SharedArray<T> array, JsonGenerator generator, SerializationContext context) {
		long length = array.length();
		Iterator<T> elements = LongStream.iterate(0, (from) -> from < length, (from) -> from + SLICE)
			.mapToObj((from) -> array.slice(from, Math.min(length, from + SLICE)))
			.flatMap(List::stream)
			.iterator();
		write(array, (length > 0) ? array.shape() : Shape.of(0), 0, elements, generator, context);
	}

	private static <T> void write(SharedArray<T> array, Shape shape, int dimension, Iterator<T> elements,
			JsonGenerator generator, SerializationContext context) {
		generator.writeStartArray();
		for (long i = 0; i < shape.extent(dimension); i++) {
			if (dimension < shape.dimensions() - 1) {
				write(array, shape, dimension + 1, elements, generator, context);
			}
			else {
				context.writeValue(generator, content(array.elementType(), elements.next()));
			}
		}
		generator.writeEndArray();
	}

	/**
	 * A structure of JNA has more than its members; Jackson knows records.
	 */
	private static <T> Object content(ElementType<T> type, T element) {
		return (type.hasMembers() && !(element instanceof Record)) ? type.members(element) : element;
	}

}
