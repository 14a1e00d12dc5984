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

/**
 * The byte codec of CPython's {@code multiprocessing.shared_memory.ShareableList} (3.9
 * and later).
 * <p>
 * All words are little-endian and 8 bytes wide, and every region starts on a multiple of
 * 8:
 *
 * <pre>
 * 0                 number of items N
 * 8                 N + 1 offsets of the slots, relative to D; the last is K
 * D = 8 * (N + 2)   K bytes of slots
 * D + K             N formats as the struct module spells them, NUL-padded to 8 bytes
 * D + K + 8 * N     N codes of one byte: 0 int, float, bool; 1 str; 2 bytes; 3 None
 * </pre>
 *
 * A slot never moves or changes its width; its format and code change with the type of
 * the item in it.
 */
@NullMarked
package io.github.shmbeans.internal.list;

import org.jspecify.annotations.NullMarked;
