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

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.github.shmbeans.Attachment;
import io.github.shmbeans.SegmentKind;
import io.github.shmbeans.Shape;
import io.github.shmbeans.error.InvalidOptionException;
import io.github.shmbeans.error.InvalidSegmentException;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the identity of a segment and the texts of its slots. Nothing that it
 * reads is trusted before {@link #schema(long)} has checked it.
 */
public final class ControlBlock {

	/** The longest text of a schema, in bytes of UTF-8. */
	public static final int SCHEMA_CAPACITY = ControlLayout.SCHEMA_CAPACITY;

	/** The code of a kind is its position here, counted from 1. */
	private static final List<SegmentKind> KINDS = List.of(SegmentKind.VALUE, SegmentKind.ARRAY, SegmentKind.LIST,
			SegmentKind.BLOCK, SegmentKind.LOCK);

	private final String name;

	private final ByteBuffer bytes;

	/**
	 * Look at a control block.
	 * @param name the segment name, for messages
	 * @param bytes the block
	 */
	public ControlBlock(String name, ByteBuffer bytes) {
		this.name = name;
		this.bytes = bytes;
	}

	/**
	 * Write the identity into a block of zeros.
	 * @param schema what the data is
	 * @param creator who creates the segment
	 */
	public void write(SegmentSchema schema, ProcessInfo creator) {
		byte[] text = schema.text().getBytes(StandardCharsets.UTF_8);
		if (text.length > SCHEMA_CAPACITY) {
			throw new IllegalArgumentException(
					"Expected a layout whose readable form takes at most %d bytes, found %d. Use fewer or shorter field names"
						.formatted(SCHEMA_CAPACITY, text.length));
		}
		this.bytes.putLong(ControlLayout.MAGIC, ControlLayout.MAGIC_VALUE);
		this.bytes.putShort(ControlLayout.MAJOR, (short) ControlLayout.MAJOR_VALUE);
		this.bytes.putShort(ControlLayout.MINOR, (short) ControlLayout.MINOR_VALUE);
		this.bytes.putInt(ControlLayout.CONTROL_LENGTH, ControlLayout.LENGTH);
		this.bytes.putInt(ControlLayout.KIND, KINDS.indexOf(schema.kind()) + 1);
		this.bytes.putInt(ControlLayout.TYPE_CODE, schema.typeCode());
		this.bytes.putLong(ControlLayout.ELEMENT_SIZE, schema.elementSize());
		this.bytes.putLong(ControlLayout.COUNT, schema.count());
		this.bytes.putLong(ControlLayout.DATA_LENGTH, schema.dataLength());
		this.bytes.putLong(ControlLayout.SCHEMA_HASH, schema.hash());
		this.bytes.putLong(ControlLayout.CREATED_MILLIS, Instant.now().toEpochMilli());
		this.bytes.putLong(ControlLayout.CREATOR_PID, creator.pid());
		putText(ControlLayout.CREATOR_NAME, ControlLayout.CREATOR_NAME_LENGTH, creator.application());
		this.bytes.putInt(ControlLayout.SLOT_COUNT, ControlLayout.SLOTS_VALUE);
		this.bytes.putInt(ControlLayout.SCHEMA_LENGTH, text.length);
		this.bytes.put(ControlLayout.SCHEMA, text);
		if (schema.shape() != null && schema.shape().dimensions() > 1) {
			write(schema.shape());
		}
	}

	private void write(Shape shape) {
		this.bytes.putInt(ControlLayout.DIMENSIONS, shape.dimensions());
		for (int i = 0; i < shape.dimensions(); i++) {
			this.bytes.putLong(ControlLayout.EXTENTS + i * Long.BYTES, shape.extent(i));
		}
	}

	/**
	 * Whether the block begins as one of ours does.
	 * @return {@code true} if so
	 */
	public boolean hasMagic() {
		return this.bytes.getLong(ControlLayout.MAGIC) == ControlLayout.MAGIC_VALUE;
	}

	/**
	 * Check the identity against the size of the file.
	 * @param fileSize the size in bytes
	 * @return what the data is
	 * @throws InvalidSegmentException if the block is damaged or of another version
	 */
	public SegmentSchema schema(long fileSize) {
		int major = this.bytes.getShort(ControlLayout.MAJOR) & 0xffff;
		if (major != ControlLayout.MAJOR_VALUE) {
			throw new InvalidSegmentException(
					"Segment '%s' was expected to have layout version %d, found version %d".formatted(this.name,
							ControlLayout.MAJOR_VALUE, major),
					"Use the same major version of the library in all processes, or remove the file from /dev/shm");
		}
		requireEqual("unknown incompatible features", 0, this.bytes.getInt(ControlLayout.INCOMPATIBLE_FEATURES));
		requireEqual("control block length", ControlLayout.LENGTH, this.bytes.getInt(ControlLayout.CONTROL_LENGTH));
		requireEqual("slot count", ControlLayout.SLOTS_VALUE, this.bytes.getInt(ControlLayout.SLOT_COUNT));
		long dataLength = this.bytes.getLong(ControlLayout.DATA_LENGTH);
		if (dataLength < 0 || dataLength > fileSize) {
			throw invalid("data length", "0 to " + fileSize, dataLength);
		}
		requireEqual("file size", ControlLayout.fileSize(dataLength), fileSize);
		SegmentKind kind = kind();
		long elementSize = this.bytes.getLong(ControlLayout.ELEMENT_SIZE);
		long count = this.bytes.getLong(ControlLayout.COUNT);
		requireCount(kind, elementSize, count, dataLength);
		SegmentSchema schema = new SegmentSchema(kind, this.bytes.getInt(ControlLayout.TYPE_CODE), elementSize, count,
				dataLength, schemaText(), (kind == SegmentKind.ARRAY) ? shape(count) : null);
		requireEqual("schema hash", schema.hash(), this.bytes.getLong(ControlLayout.SCHEMA_HASH));
		return schema;
	}

	private SegmentKind kind() {
		int code = this.bytes.getInt(ControlLayout.KIND);
		if (code < 1 || code > KINDS.size()) {
			throw invalid("kind", "1 to " + KINDS.size(), code);
		}
		return KINDS.get(code - 1);
	}

	private void requireCount(SegmentKind kind, long elementSize, long count, long dataLength) {
		if (kind == SegmentKind.LIST || kind == SegmentKind.LOCK) {
			if (count < 0 || count > dataLength) {
				throw invalid("item count", "0 to " + dataLength, count);
			}
			return;
		}
		boolean sound = (count == 0) ? kind == SegmentKind.ARRAY && elementSize > 0 && dataLength == 0
				: elementSize > 0 && count > 0 && elementSize == dataLength / count && dataLength % count == 0;
		if (!sound) {
			throw invalid("data length", count + " elements of " + elementSize + " bytes", dataLength);
		}
	}

	private Shape shape(long count) {
		int dimensions = this.bytes.getInt(ControlLayout.DIMENSIONS);
		if (dimensions == 0) {
			return Shape.of(count);
		}
		if (dimensions < 2 || dimensions > Shape.MOST_DIMENSIONS) {
			throw invalid("number of dimensions", "0 or 2 to " + Shape.MOST_DIMENSIONS, dimensions);
		}
		long[] extents = new long[dimensions];
		for (int i = 0; i < dimensions; i++) {
			extents[i] = this.bytes.getLong(ControlLayout.EXTENTS + i * Long.BYTES);
		}
		try {
			Shape shape = Shape.of(extents);
			requireEqual("product of the shape", count, shape.length());
			return shape;
		}
		catch (InvalidOptionException ex) {
			throw invalid("shape", "one of " + count + " elements", Arrays.toString(extents));
		}
	}

	private String schemaText() {
		int length = this.bytes.getInt(ControlLayout.SCHEMA_LENGTH);
		if (length < 0 || length > SCHEMA_CAPACITY) {
			throw invalid("schema length", "0 to " + SCHEMA_CAPACITY, length);
		}
		String text = text(ControlLayout.SCHEMA, length);
		if (text == null) {
			throw invalid("schema", "UTF-8", "malformed bytes");
		}
		return text;
	}

	private void requireEqual(String what, long expected, long found) {
		if (expected != found) {
			throw invalid(what, expected, found);
		}
	}

	private InvalidSegmentException invalid(String what, Object expected, Object found) {
		return new InvalidSegmentException(
				"Segment '%s' has a damaged control block: %s was expected to be %s, found %s".formatted(this.name,
						what, expected, found));
	}

	/**
	 * Whether the last attachment is to remove the name, or was to and could not.
	 * @return {@code true} if so
	 */
	public boolean isRemovalRequested() {
		return this.bytes.getInt(ControlLayout.REMOVAL) != ControlLayout.REMOVAL_NONE;
	}

	/**
	 * Whether the last attachment was of a user who may not remove the name.
	 * @return {@code true} if so
	 */
	public boolean isAbandoned() {
		return this.bytes.getInt(ControlLayout.REMOVAL) == ControlLayout.REMOVAL_BY_OWNER;
	}

	/**
	 * Set who is to remove the name.
	 * @param removal one of the {@code REMOVAL_} constants of {@link ControlLayout}
	 */
	public void setRemoval(int removal) {
		this.bytes.putInt(ControlLayout.REMOVAL, removal);
	}

	void describeSlot(int slot, ProcessInfo creator) {
		this.bytes.putLong(ControlLayout.slot(slot, ControlLayout.SLOT_PID), creator.pid());
		this.bytes.putLong(ControlLayout.slot(slot, ControlLayout.SLOT_START_MILLIS),
				creator.startTime().toEpochMilli());
		putText(ControlLayout.slot(slot, ControlLayout.SLOT_NAME), ControlLayout.SLOT_NAME_LENGTH,
				creator.application());
	}

	Attachment attachment(int slot) {
		String application = text(ControlLayout.slot(slot, ControlLayout.SLOT_NAME), ControlLayout.SLOT_NAME_LENGTH);
		return new Attachment(slot, this.bytes.getLong(ControlLayout.slot(slot, ControlLayout.SLOT_PID)),
				Instant.ofEpochMilli(this.bytes.getLong(ControlLayout.slot(slot, ControlLayout.SLOT_START_MILLIS))),
				(application != null) ? application : "?", waiting(slot));
	}

	int waiting(int slot) {
		return Math.max(0, this.bytes.getInt(ControlLayout.slot(slot, ControlLayout.SLOT_WAITING)));
	}

	/**
	 * Write a text, or as many whole characters of it as there is room for.
	 */
	private void putText(int offset, int capacity, String text) {
		byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
		int length = Math.min(encoded.length, capacity);
		while (length < encoded.length && isContinuation(encoded[length])) {
			length--;
		}
		byte[] field = new byte[capacity];
		System.arraycopy(encoded, 0, field, 0, length);
		this.bytes.put(offset, field);
	}

	private static boolean isContinuation(byte encoded) {
		return (encoded & 0xc0) == 0x80;
	}

	private @Nullable String text(int offset, int length) {
		byte[] encoded = new byte[length];
		this.bytes.get(offset, encoded);
		int end = length;
		while (end > 0 && encoded[end - 1] == 0) {
			end--;
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(encoded, 0, end)).toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

}
