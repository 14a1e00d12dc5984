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
 * What closing does to the name of a segment.
 */
public enum ShutdownPolicy {

	/**
	 * The last live attachment removes the name. The request is kept in the segment: it
	 * holds whichever attachment is the last, also after the others were killed.
	 */
	UNLINK_IF_LAST,

	/**
	 * Close without asking for removal; another attachment's request still applies.
	 */
	CLOSE,

	/** Close and remove the name at once; others keep their mapping. */
	UNLINK

}
