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

package io.github.shmbeans.autoconfigure.endpoint;

import java.util.List;

import io.github.shmbeans.FilesystemStatus;
import io.github.shmbeans.autoconfigure.ManagerStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The open segments and where they are.
 *
 * @param filesystem the shared-memory filesystem
 * @param segments the segments, in the order of their opening
 * @param manager the manager server, or {@code null} if none runs
 */
public record SegmentsDescriptor(FilesystemStatus filesystem, List<SegmentDescriptor> segments,
		@Nullable ManagerStatus manager) implements OperationResponseBody {
}
