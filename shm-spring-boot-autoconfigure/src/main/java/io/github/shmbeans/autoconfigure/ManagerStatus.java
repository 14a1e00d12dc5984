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

package io.github.shmbeans.autoconfigure;

/**
 * The state of the manager server.
 *
 * @param address where it listens
 * @param reachable whether clients can reach it
 * @param connections how many clients are connected now
 * @param segments how many segments it is going to remove
 */
public record ManagerStatus(String address, boolean reachable, int connections, int segments) {
}
