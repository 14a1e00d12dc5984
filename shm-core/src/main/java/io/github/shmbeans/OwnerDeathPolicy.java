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

/**
 * What an acquisition does when a holder of the lock died while it held it.
 */
public enum OwnerDeathPolicy {

	/**
	 * Report it with an {@link io.github.shmbeans.error.OwnerDiedException
	 * OwnerDiedException} until somebody has marked the segment consistent.
	 */
	REPORT,

	/** Take over silently; the data may be inconsistent. */
	IGNORE

}
