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

import java.time.Instant;

/**
 * A live attachment to a segment, as its process described itself. For people to read:
 * process ids mean nothing across PID namespaces.
 *
 * @param slot the attachment's slot, from 0
 * @param pid the process id in the process's own namespace
 * @param startTime when the process started
 * @param application the application's name, cut to 40 bytes
 * @param waiting how many of its threads wait for the segment's lock
 */
public record Attachment(int slot, long pid, Instant startTime, String application, int waiting) {
}
