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
 * How a segment is opened.
 */
public enum OpenMode {

	/** Attach if it is there and fits, else create it; atomic between processes. */
	CREATE_OR_ATTACH,

	/**
	 * Create it. One that is there is an error, unless all its attachments are dead and
	 * it was to be unlinked by the last of them: then it is replaced.
	 */
	CREATE,

	/** Attach; one that is missing after the attach timeout is an error. */
	ATTACH

}
