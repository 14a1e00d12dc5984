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

package io.github.shmbeans.internal.list;

import org.jspecify.annotations.Nullable;

/**
 * An int, float, bool or None.
 *
 * @param kind the kind
 * @param word the 8 bytes that stand for it
 */
record WordValue(SlotKind kind, long word) implements SlotValue {

	@Override
	public int length() {
		return Long.BYTES;
	}

	@Override
	public long slotWidth() {
		return Long.BYTES;
	}

	@Override
	public void store(SlotMemory memory, int index) {
		memory.storeWord(index, this.kind, this.word);
	}

	@Override
	public @Nullable Object toObject() {
		return this.kind.toObject(this.word);
	}

}
