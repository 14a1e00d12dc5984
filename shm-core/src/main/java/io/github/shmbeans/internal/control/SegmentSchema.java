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

import java.nio.charset.StandardCharsets;

import io.github.shmbeans.SegmentKind;
import io.github.shmbeans.Shape;
import org.jspecify.annotations.Nullable;

/**
 * What the data of a segment is: the identity that other processes check.
 *
 * @param kind what the segment holds
 * @param typeCode the code of the element type, 0 for none
 * @param elementSize the size of an element in bytes
 * @param count the number of elements; {@link #ANY} when attaching to any number
 * @param dataLength the length of the data in bytes, without padding
 * @param text the element type or layout in readable form, at most
 * {@value ControlBlock#SCHEMA_CAPACITY} bytes of UTF-8
 * @param shape the shape of an array; {@code null} for other kinds, and for an array of
 * any length
 */
public record SegmentSchema(SegmentKind kind, int typeCode, long elementSize, long count, long dataLength, String text,
		@Nullable Shape shape) {

	/** A count that is not known before the segment is there. */
	public static final long ANY = -1;

	private static final long FNV_OFFSET = 0xcbf29ce484222325L;

	private static final long FNV_PRIME = 0x100000001b3L;

	/**
	 * A schema of no more than one dimension.
	 * @param kind what the segment holds
	 * @param typeCode the code of the element type, 0 for none
	 * @param elementSize the size of an element in bytes
	 * @param count the number of elements, or {@link #ANY}
	 * @param dataLength the length of the data in bytes
	 * @param text the element type or layout in readable form
	 */
	public SegmentSchema(SegmentKind kind, int typeCode, long elementSize, long count, long dataLength, String text) {
		this(kind, typeCode, elementSize, count, dataLength, text,
				(kind == SegmentKind.ARRAY && count != ANY) ? Shape.of(count) : null);
	}

	/**
	 * The 64-bit FNV-1a hash of the text's UTF-8 bytes. Source: RFC 9923.
	 * @return the hash
	 */
	public long hash() {
		long hash = FNV_OFFSET;
		for (byte b : this.text.getBytes(StandardCharsets.UTF_8)) {
			hash = (hash ^ (b & 0xff)) * FNV_PRIME;
		}
		return hash;
	}

	/**
	 * Whether it is the segment that counts who uses a semaphore.
	 */
	public boolean isSemaphore() {
		return this.kind == SegmentKind.LOCK && this.text.equals("semaphore");
	}

	/**
	 * A description for messages.
	 * @return the description, such as {@code array of 8 int64}
	 */
	public String describe() {
		return switch (this.kind) {
			case VALUE -> "value of " + this.text;
			case ARRAY -> "array of " + ((this.shape != null) ? this.shape : "any number of") + " " + this.text;
			case LIST -> (this.count == ANY) ? "list" : "list of " + this.count + " items";
			case BLOCK -> (this.count == ANY) ? "block of any size" : "block of " + this.dataLength + " bytes";
			case LOCK -> "lock of kind " + this.text;
		};
	}

	/**
	 * Whether a segment of the found schema can be used as this one.
	 * @param found the schema of the segment that is there
	 * @return {@code true} if kind, type and layout are equal, and count and shape fit
	 * unless this one leaves them open
	 */
	public boolean accepts(SegmentSchema found) {
		return this.kind == found.kind && this.typeCode == found.typeCode && this.elementSize == found.elementSize
				&& (this.count == ANY || this.count == found.count)
				&& (this.shape == null || found.shape == null || this.shape.accepts(found.shape))
				&& this.text.equals(found.text);
	}

}
