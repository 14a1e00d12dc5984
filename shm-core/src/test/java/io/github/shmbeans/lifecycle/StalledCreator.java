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

package io.github.shmbeans.lifecycle;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SegmentKind;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.error.SegmentExistsException;
import io.github.shmbeans.internal.control.SegmentSchema;
import io.github.shmbeans.internal.segment.Memory;
import io.github.shmbeans.internal.segment.Segment;
import io.github.shmbeans.internal.segment.SegmentImage;

/**
 * A process that creates a block of 1 MiB and stops half-way, when it has written into it
 * and not given it its name.
 */
public final class StalledCreator {

	private static final int SIZE = 1 << 20;

	private StalledCreator() {
	}

	public static void main(String[] arguments) {
		SegmentSchema schema = new SegmentSchema(SegmentKind.BLOCK, 0, 1, SIZE, SIZE, "block");
		SegmentSpec spec = SegmentSpec.block(arguments[0]).size(SIZE).mode(OpenMode.CREATE).spec().inNamespace("");
		try (Segment segment = Segment.open(spec, new SegmentImage(schema, StalledCreator::stall), "stalled")) {
			System.out.println("created");
		}
		catch (SegmentExistsException ex) {
			System.out.println("taken");
		}
	}

	private static void stall(Memory memory) {
		System.out.println("building");
		try {
			System.in.read();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
